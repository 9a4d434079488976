"""For each session of a supervised p at s in [t, e) without a certificated teacher at s:
given[g, p, d, t] → one of on[c, σ], c certificated, σ at s on d with σ.start ≤ t and e ≤ σ.end.

delivers[p, s, d] ≥ given[g, p, d, t];  Σ delivers[p, s, d] over a role ≤ max_supervised × (teachers + Σ on[c, σ] at s on d).
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from planner.problem.person import Shift
from planner.rules.supervision import RULE
from solver.posting import Literal
from solver.timetable.timetable import Timetable

NEEDS_SITE = ("on_site", "same_block")


def build(timetable: Timetable) -> None:
    """A supervisor for each session, and enough of them each day."""
    delivering: defaultdict[tuple[str, str, str], defaultdict[str, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
    for (name, person, day, start), literal in timetable.given.items():
        service, role = timetable.service(name), timetable.problem.person_of[person].role
        if not service.contact or role.supervised not in NEEDS_SITE:
            continue
        delivering[service.school, day, role.role][person].append(literal)
        if not _teachers(timetable, service.school):
            there = _certificated(timetable, service.school, day)
            covering = [on for shift, on in there if shift.start <= start and start + service.minutes <= shift.end]
            timetable.posting.at_least_one_if(RULE, (person, day), covering, literal)
    for (school, day, role_id), people in delivering.items():
        _enough(timetable, school, day, role_id, people)


def _teachers(timetable: Timetable, school: str) -> int:
    return sum(1 for teacher in timetable.problem.teachers_at.get(school, ()) if teacher.certificated)


def _certificated(timetable: Timetable, school: str, day: str) -> list[tuple[Shift, Literal]]:
    people = [person for person in timetable.people if person.role.certificated]
    return [place for person in people for place in timetable.places(person.id, day, school)]


def _enough(timetable: Timetable, school: str, day: str, role: str, people: dict[str, list[cp_model.IntVar]]) -> None:
    most = timetable.problem.roles[role].max_supervised
    teachers = _teachers(timetable, school)
    if most is None or len(people) <= most * teachers:
        return
    delivers = []
    for person, literals in people.items():
        delivers.append(timetable.model.new_bool_var(f"{person} delivers at {school} on {day}"))
        for literal in literals:
            timetable.model.add_implication(literal, delivers[-1])
    there = sum(on for _, on in _certificated(timetable, school, day))
    timetable.posting.at_most(RULE, (school, day, role), sum(delivers), most * (teachers + there))
