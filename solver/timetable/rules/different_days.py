"""For each service g and day d:  Σ over starts and people of its sessions ≤ times_a_day(g)."""

from planner.rules.different_days import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each service and day; a clique where a day has one session."""
    for service in timetable.services:
        several = service.adults != 1 or bool(service.attendees)
        for day, times in timetable.times_of[service.id].items():
            if several:
                literals = [timetable.meets(service.id, day, *time) for time in times]
            else:
                literals = [
                    literal
                    for time in times
                    for literal in timetable.ways_at[service.id, day, *time]
                ]
            most = service.times_a_day
            if most == 1:
                timetable.posting.at_most_one(RULE, (service.id, day), literals)
            elif len(literals) > most:
                timetable.posting.at_most(RULE, (service.id, day), sum(literals), most)
