"""Let a duty that waits for another begin only after that one has ended.

For each duty d after e, and each day and start τ of d:

    Σ meets[d, σ] over σ ≤ τ  ≤  Σ meets[e, σ] over the σ that end by τ
"""

from planner.facts.service import Service
from planner.rules.order import RULE
from solver.posting import Literal
from solver.timetable.timetable import Timetable

Moment = tuple[int, int]


def build(timetable: Timetable) -> None:
    """One row for each start of a duty that waits for another."""
    here = {service.id: service for service in timetable.services}
    for service in timetable.services:
        earlier = here.get(service.duty.after) if service.duty else None
        if earlier:
            _wait(timetable, service, earlier)


def _wait(timetable: Timetable, service: Service, earlier: Service) -> None:
    ended = [
        ((day, start + earlier.minutes), literal)
        for (day, start), literal in _sessions(timetable, earlier)
    ]
    begun = _sessions(timetable, service)
    for moment in sorted({when for when, _ in begun}):
        so_far = sum(literal for when, literal in begun if when <= moment)
        before = sum(literal for when, literal in ended if when <= moment)
        timetable.posting.at_most(RULE, (service.id,), so_far - before, 0)


def _sessions(timetable: Timetable, service: Service) -> list[tuple[Moment, Literal]]:
    cycle = timetable.problem.cycle
    return [
        ((cycle.index(day), start), timetable.meets(service.id, day, start))
        for day, starts in timetable.starts_of[service.id].items()
        for start in starts
    ]
