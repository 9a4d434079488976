"""A plan of ours as an XHSTT solution."""

from __future__ import annotations

from collections.abc import Iterable

from planner.document.timetable_rows import SessionRow
from tests.benchmarks.xhstt.archive import Solution, SolutionEvent
from tests.benchmarks.xhstt.clock import HOUR, Clock
from tests.benchmarks.xhstt.conversion import Conversion
from tests.benchmarks.xhstt.parts import lengths_of


def answer(conversion: Conversion, sessions: Iterable[SessionRow]) -> Solution:
    """The sessions of a plan as parts of their events.

    What has no session becomes parts without a time, as long as the event allows: the judge would
    take it for one part, and charge its length on top.
    """
    clock = Clock(conversion.instance)
    parts = []
    for row in sessions:
        event = conversion.instance.events[conversion.event_of[row.service]]
        start, end = _minutes(row.start), _minutes(row.end)
        settled = {place.resource for place in event.resources}
        people = [conversion.person_of[who] for who in row.staff if who in conversion.person_of]
        free = iter(name for name in people if name not in settled)
        open_places = (place for place in event.resources if place.resource is None)
        chosen = {
            place.role: name
            for place in open_places
            if place.kind in {conversion.instance.resources[name] for name in people}
            and (name := next(free, None)) is not None
        }
        parts.append(
            SolutionEvent(event.id, (end - start) // HOUR, clock.time(row.day, start), chosen)
        )
    for event in conversion.instance.events.values():
        rest = event.duration - sum(part.duration for part in parts if part.event == event.id)
        _, longest = lengths_of(conversion.instance, event)
        while rest:
            length = min(longest, rest)
            parts.append(SolutionEvent(event.id, length, None, {}))
            rest -= length
    return Solution(conversion.instance.id, "ours", tuple(parts))


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)
