"""visits[p, s] ≥ on[p, σ] for each shift σ at s, and ≥ then[p, d, s];  Σ over s of visits[p, s] ≤ max_sites(p).

A day has one school, or two where the job class allows it (moves.py).
"""

from planner.rules.sites import RULE
from solver.timetable import moves
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each person whose schools are limited."""
    for person in timetable.people:
        most = person.role.max_sites
        schools = sorted({shift.school for shift in person.shifts})
        if most is None or len(schools) <= most:
            continue
        visits = {school: timetable.model.new_bool_var(f"{person.id} visits {school}") for school in schools}
        for day in timetable.problem.cycle:
            for shift, on in timetable.places(person.id, day):
                timetable.model.add_implication(on, visits[shift.school])
            for school, second in moves.seconds(timetable, person.id, day):
                timetable.model.add_implication(second, visits[school])
        timetable.posting.at_most(RULE, (person.id,), sum(visits.values()), most)
