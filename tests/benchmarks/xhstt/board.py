"""A solution laid over its instance: every event in parts, each with its times and its people."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from tests.benchmarks.xhstt.archive import Event, EventResource, Instance, Solution, SolutionEvent


@dataclass(frozen=True)
class Part:
    """A part of an event; `start` is the index of its first time, None where it has none.

    `who` has the resource of each of the event's places, None where nobody is assigned.
    """

    event: Event
    duration: int
    start: int | None
    who: tuple[str | None, ...]

    def at(self, role: str) -> list[str | None]:
        """Who is in the places of a role."""
        places: tuple[EventResource, ...] = self.event.resources
        return [who for place, who in zip(places, self.who, strict=True) if place.role == role]


class Board:
    """All parts of a solution, by event and by resource."""

    def __init__(self, instance: Instance, solution: Solution) -> None:
        self.instance = instance
        self.index = {time: place for place, time in enumerate(instance.times)}
        given: dict[str, list[SolutionEvent]] = defaultdict(list)
        for one in solution.events:
            given[one.event].append(one)
        self.parts = {
            event.id: self._parts(event, given[event.id]) for event in instance.events.values()
        }

    @cached_property
    def busy(self) -> dict[str, Counter[str]]:
        """For each resource, how many parts it attends at each time."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in self.instance.resources}
        for parts in self.parts.values():
            for part in parts:
                for resource in part.who:
                    if resource is not None:
                        counts[resource].update(self.times(part))
        return counts

    def times(self, part: Part) -> tuple[str, ...]:
        """The times that a part takes; what would lie after the last one is cut off."""
        if part.start is None:
            return ()
        return self.instance.times[part.start : part.start + part.duration]

    def _parts(self, event: Event, given: list[SolutionEvent]) -> list[Part]:
        """The parts that a solution gives, and one without a time for what it leaves out."""
        rest = event.duration - sum(one.duration for one in given)
        if rest < 0:
            raise ValueError(f"{event.id} is given for longer than it lasts")
        parts = [self._part(event, one) for one in given]
        if rest:
            parts.append(self._part(event, SolutionEvent(event.id, rest, None, {})))
        return parts

    def _part(self, event: Event, given: SolutionEvent) -> Part:
        time = given.time or event.time
        who = tuple(place.resource or given.resources.get(place.role) for place in event.resources)
        if unknown := {name for name in who if name} - set(self.instance.resources):
            raise ValueError(f"{event.id} is given to {', '.join(sorted(unknown))}")
        return Part(event, given.duration, None if time is None else self.index[time], who)
