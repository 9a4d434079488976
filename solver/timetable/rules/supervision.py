"""Let who works under supervision deliver only while the supervision is there.

For each session of a supervised p at s in [t, e), unless a certificated teacher will do:

    given[g, p, d, t, e] → one of
        on_site:     on[c, σ], c certificated, σ at s on d with σ.start ≤ t and e ≤ σ.end
        same_block:  given[h, c, d, τ, ε] at s with τ < e and t < ε
        named:       on[c, σ] of the one who is named

    delivers[p, s, d] ≥ given[g, p, d, t, e]
    Σ delivers[p, s, d] over a role ≤ max_supervised × (teachers + Σ on[c, σ] at s on d),
        or, of those who name the same supervisor, ≤ max_supervised
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from planner.facts.person import Person
from planner.facts.service import Service
from planner.rules.supervision import NEEDED, RULE
from solver.posting import Guard, Literal
from solver.timetable.timetable import Timetable
from solver.timetable.two_school_days import is_there, seconds

Delivering = defaultdict[Guard, defaultdict[str, list[cp_model.IntVar]]]


def build(timetable: Timetable) -> None:
    """A supervisor for each session, and enough of them each day."""
    delivering: Delivering = defaultdict(lambda: defaultdict(list))
    busy: dict[tuple[str, str], list[tuple[int, int, Literal]]] = {}
    for (name, who, day, start, end), literal in timetable.given.items():
        service, person = timetable.service(name), timetable.problem.person_of[who]
        if not service.contact or person.role.supervised not in NEEDED:
            continue
        if person.role.supervised == "named":
            delivering[person.row.supervisor, day, person.role.role][who].append(literal)
        else:
            delivering[service.school, day, person.role.role][who].append(literal)
        if not _teachers(timetable, service, person):
            there = _there(timetable, service, person, (day, start, end), busy)
            timetable.posting.at_least_one_if(RULE, (who, day), there, literal)
    for where, people in delivering.items():
        _enough(timetable, where, people)


def _teachers(timetable: Timetable, service: Service, person: Person) -> int:
    """Certificated teachers of the school who are supervision enough by themselves."""
    kind, grades = person.role.supervised, set(service.group.grades) if service.group else set()
    return sum(
        teacher.certificated
        and (kind != "named" or teacher.teacher == person.row.supervisor)
        and (kind != "same_block" or not teacher.grades or bool(grades & set(teacher.grades)))
        for teacher in timetable.problem.teachers_at.get(service.school, ())
    )


def _there(
    timetable: Timetable,
    service: Service,
    person: Person,
    when: tuple[str, int, int],
    busy: dict[tuple[str, str], list[tuple[int, int, Literal]]],
) -> list[Literal]:
    """What puts a certificated adult where the job class wants one, during the session."""
    day, start, end = when
    if person.role.supervised == "same_block":
        if (service.school, day) not in busy:
            busy[service.school, day] = _served(timetable, service.school, day)
        return [
            literal
            for begin, finish, literal in busy[service.school, day]
            if begin < end and start < finish
        ]
    adults = [other for other in timetable.people if other.role.certificated]
    if person.role.supervised == "named":
        adults = [other for other in adults if other.id == person.row.supervisor]
    found: list[Literal] = []
    for adult in adults:
        if (adult.id, day) in timetable.moves:
            there = timetable.model.new_bool_var(
                f"{adult.id} supervises {person.id} on {day} at {start}"
            )
            is_there(timetable, RULE, (adult.id, day), (start, end), service.school, there)
            found.append(there)
        else:
            places = timetable.places(adult.id, day, service.school)
            found += [on for shift, on in places if shift.start <= start and end <= shift.end]
    return found


def _served(timetable: Timetable, school: str, day: str) -> list[tuple[int, int, Literal]]:
    """The groups that certificated adults serve at a school on a day, in every cycle."""
    certificated = {person.id for person in timetable.people if person.role.certificated}
    found: list[tuple[int, int, Literal]] = []
    for (name, who, on_day, start, end), literal in timetable.given.items():
        service = timetable.service(name)
        if (
            on_day == day
            and who in certificated
            and service.school == school
            and service.contact
            and not service.dated
        ):
            found.append((start, end, literal))
    return found


def _certificated(timetable: Timetable, school: str, day: str) -> list[Literal]:
    """That some certificated adult is at a school on a day, at first or then."""
    people = [person.id for person in timetable.people if person.role.certificated]
    first = [on for person in people for _, on in timetable.places(person, day, school)]
    return first + [
        literal for person in people for _, literal in seconds(timetable, person, day, school)
    ]


def _enough(timetable: Timetable, where: Guard, people: dict[str, list[cp_model.IntVar]]) -> None:
    at, day, role = where
    most = timetable.problem.roles[role].max_supervised
    named = timetable.problem.roles[role].supervised == "named"
    teachers = sum(teacher.certificated for teacher in timetable.problem.teachers_at.get(at, ()))
    if most is None or (named and not at) or len(people) <= most * (1 if named else teachers):
        return
    delivers = []
    for person, literals in people.items():
        delivers.append(timetable.model.new_bool_var(f"{person} delivers at {at} on {day}"))
        for literal in literals:
            timetable.model.add_implication(literal, delivers[-1])
    there = 1 if named else teachers + sum(_certificated(timetable, at, day))
    timetable.posting.at_most(RULE, where, sum(delivers), most * there)
