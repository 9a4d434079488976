"""Tie the adults of each session to it.

A group of one adult has, at each day and start, at most one; others have all of theirs, or none:

    Σ over p of given[s, p, d, t] = adults(s) × meets[s, d, t]
"""

from planner.rules.attendance import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Ties the adults of each session to it."""
    for (service, day, start), ways in timetable.ways_at.items():
        if (service, day, start) not in timetable.meetings:
            timetable.posting.at_most_one(RULE, (service, day), ways)
    for (name, day, start), meeting in timetable.meetings.items():
        ways = timetable.ways_at.get((name, day, start), [])
        timetable.posting.equal(
            RULE, (name, day), sum(ways), timetable.service(name).adults * meeting
        )
