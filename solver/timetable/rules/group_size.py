"""Serve no group that is larger than its tier may be.

For each group g that is larger:

    (students(g) − max_students) × served[g] ≤ 0
"""

from planner.rules.group_size import RULE
from planner.rules.settings import parameter
from solver.timetable.rules.dosage import count
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each group that is too large."""
    for service in timetable.services:
        most = (
            parameter(timetable.problem, RULE, "max_students", (service.id,))
            if service.group
            else None
        )
        over = 0 if most is None else service.size - most
        if over > 0:
            count(timetable, service)
            timetable.posting.at_most(
                RULE, (service.id,), over * timetable.served[service.id], 0, over
            )
