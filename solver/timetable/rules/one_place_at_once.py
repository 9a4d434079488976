"""For each person p and tick t:  Σ sessions of p that cover t (+ lunch, preparation, travel, by their own rules) ≤ 1.

The cliques are posted once for all that takes a person's time (model.py); here sessions are entered. Busy windows filter.
"""

from planner.rules.one_place_at_once import RULE
from solver.posting import Literal
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Enters every session into the time of those who take part."""
    for (service, person, day, start), literal in timetable.given.items():
        end = start + timetable.service(service).minutes
        timetable.occupy(RULE, person, day, start, end, literal)
        _not_when_busy(timetable, service, person, day, start, end, literal)
    here = {person.id for person in timetable.people}
    for (name, day, start), meeting in timetable.meetings.items():
        service_ = timetable.service(name)
        for person in service_.attendees:
            if person in here:
                end = start + service_.minutes
                timetable.occupy(RULE, person, day, start, end, meeting)
                _not_when_busy(timetable, name, person, day, start, end, meeting)


def _not_when_busy(timetable: Timetable, service: str, person: str, day: str, start: int, end: int, literal: Literal) -> None:
    if any(begin < end and start < finish for begin, finish in timetable.problem.person_of[person].busy_on(day)):
        timetable.posting.never(RULE, (person, day, service), literal)
