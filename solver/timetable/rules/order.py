"""Let a duty that waits for another begin only after that one has ended.

For each duty d after e, and each day and start τ of d:

    Σ meets[d, σ] over σ ≤ τ  ≤  Σ meets[e, σ] over the σ that end by τ

Both sums are counted on from moment to moment: written out for each of them anew, they were two
fifths of the time that it took to build a school.
"""

from operator import itemgetter

from planner.facts.service import Service
from planner.rules.order import RULE
from solver.posting import Expr, Literal
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
    ended = [((day, end), literal) for day, _, end, literal in _sessions(timetable, earlier)]
    begun = [((day, start), literal) for day, start, _, literal in _sessions(timetable, service)]
    moments = sorted({when for when, _ in begun})
    so_far = _counted(timetable, begun, moments, f"{service.id} begun")
    before = _counted(timetable, ended, moments, f"{earlier.id} ended")
    for sessions, waited_for in zip(so_far, before, strict=True):
        timetable.posting.at_most(RULE, (service.id,), sessions - waited_for, 0)


def _counted(
    timetable: Timetable,
    events: list[tuple[Moment, Literal]],
    moments: list[Moment],
    name: str,
) -> list[Expr]:
    """How many of these events have happened by each moment."""
    counts: list[Expr] = []
    waiting, last = sorted(events, key=itemgetter(0)), 0
    for moment in moments:
        new = []
        while last < len(waiting) and waiting[last][0] <= moment:
            new.append(waiting[last][1])
            last += 1
        before = counts[-1] if counts else 0
        if new:
            count = timetable.model.new_int_var(0, last, f"{name} by {moment}")
            timetable.model.add(count == before + sum(new))
            before = count
        counts.append(before)
    return counts


def _sessions(timetable: Timetable, service: Service) -> list[tuple[int, int, int, Literal]]:
    """A duty's possible sessions: number of the day, start, end."""
    cycle = timetable.problem.cycle
    return [
        (cycle.index(day), start, end, timetable.meets(service.id, day, start, end))
        for day, times in timetable.times_of[service.id].items()
        for start, end in times
    ]
