"""Let nobody work at more schools a day or a cycle than the job class allows.

    visits[p, s] ≥ on[p, σ] for each shift σ at s, and ≥ then[p, d, s]
    Σ over s of visits[p, s] ≤ max_sites(p)
    Each day: Σ on[p, σ] + Σ then[p, d, s] ≤ max_sites_per_day(p)

s and the places of σ are schools alone, and no places off site.

A day has one place, or two where the job class allows two schools or one of them is off site
(two_school_days.py).
"""

from planner.facts.person import Person
from planner.rules.sites import RULE
from solver.posting import Literal
from solver.timetable import two_school_days
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """A row for each person whose schools are limited, and one for each day on which they could be
    at more than allowed.
    """
    for person in timetable.people:
        _in_a_cycle(timetable, person)
        for day in timetable.problem.cycle:
            schools = _schools(timetable, person, day)
            if (person.id, day) in timetable.moves and len(
                {school for school, _ in schools}
            ) > person.role.max_sites_per_day:
                total = sum(literal for _, literal in schools)
                timetable.posting.at_most(
                    RULE, (person.id, day), total, person.role.max_sites_per_day
                )


def _in_a_cycle(timetable: Timetable, person: Person) -> None:
    most = person.role.max_sites
    schools = sorted({shift.school for shift in person.shifts} - person.off_site)
    if most is None or len(schools) <= most:
        return
    visits = {
        school: timetable.model.new_bool_var(f"{person.id} visits {school}") for school in schools
    }
    for day in timetable.problem.cycle:
        for school, literal in _schools(timetable, person, day):
            timetable.model.add_implication(literal, visits[school])
    timetable.posting.at_most(RULE, (person.id,), sum(visits.values()), most)


def _schools(timetable: Timetable, person: Person, day: str) -> list[tuple[str, Literal]]:
    """The schools where a day may begin, and to which it may go on."""
    begins = [(shift.school, on) for shift, on in timetable.places(person.id, day)]
    return [
        (s, literal)
        for s, literal in (*begins, *two_school_days.seconds(timetable, person.id, day))
        if s not in person.off_site
    ]
