"""Tie the adults of each session to it.

A group of one adult has, at each time, at most one; others have all of theirs, or none:

    Σ over p of given[s, p, d, t, e] = adults(s) × meets[s, d, t, e]
"""

from planner.rules.attendance import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Ties the adults of each session to it."""
    for when, ways in timetable.ways_at.items():
        if when not in timetable.meetings:
            timetable.posting.at_most_one(RULE, when[:2], ways)
    for when, meeting in timetable.meetings.items():
        name, ways = when[0], timetable.ways_at.get(when, [])
        timetable.posting.equal(RULE, when[:2], sum(ways), timetable.service(name).adults * meeting)
