"""For each required duty d:  n[d] = owed(d)."""

from planner.rules.required_duties import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each required duty."""
    for service in timetable.services:
        if service.required:
            timetable.posting.equal(
                RULE, (service.id,), timetable.sessions(service), service.sessions
            )
