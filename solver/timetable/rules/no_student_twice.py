"""Let no student be in two sessions at once.

For each set of groups G that share a student, and tick t:

    Σ over g in G of meets[g, s, e] with s ≤ t < e ≤ 1

A group is such a set by itself, which matters only where its sessions may share a day.
"""

from planner.facts.service import Service
from planner.rules.different_days import RULE as DIFFERENT_DAYS
from planner.rules.no_student_twice import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One clique for each set of groups and tick at which a session starts."""
    here = {service.id for service in timetable.services}
    shared: dict[tuple[str, ...], tuple[str, tuple[Service, ...]]] = {}
    for student, groups in timetable.problem.students.items():
        inside = tuple(group for group in groups if group.id in here)
        if len(inside) > 1:
            shared.setdefault(tuple(group.id for group in inside), (student, inside))
    for service in timetable.services:
        if (
            service.group
            and service.sessions > 1
            and (service.times_a_day > 1 or not timetable.is_on(DIFFERENT_DAYS, service.id))
        ):
            shared.setdefault((service.id,), (service.id, (service,)))
    for student, groups in shared.values():
        for day in timetable.problem.cycle:
            _apart(timetable, student, groups, day)


def _apart(timetable: Timetable, student: str, groups: tuple[Service, ...], day: str) -> None:
    sessions = [
        (start, end, g.id) for g in groups for start, end in timetable.times_of[g.id].get(day, ())
    ]
    for tick in sorted({start for start, _, _ in sessions}):
        at_once = [(group, start, end) for start, end, group in sessions if start <= tick < end]
        if len(at_once) > 1 and (len(groups) == 1 or len({group for group, *_ in at_once}) > 1):
            literals = [timetable.meets(group, day, start, end) for group, start, end in at_once]
            timetable.posting.at_most_one(RULE, (student,), literals)
