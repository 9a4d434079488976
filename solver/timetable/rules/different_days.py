"""For each service g and day d:  Σ over starts and people of its sessions ≤ 1."""

from planner.rules.different_days import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One clique for each service and day."""
    for service in timetable.services:
        several = service.adults != 1 or bool(service.attendees)
        for day, starts in timetable.starts_of[service.id].items():
            if several:
                literals = [timetable.meets(service.id, day, start) for start in starts]
            else:
                literals = [
                    literal
                    for start in starts
                    for literal in timetable.ways_at[service.id, day, start]
                ]
            timetable.posting.at_most_one(RULE, (service.id, day), literals)
