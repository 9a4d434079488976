"""How far a solution is from each constraint on events, at each event or group of events.

Every function gives points of application with their deviations, as the format's specification
(Kingston: HSEval) defines them. A point with several deviations has them apart, since the old cost
functions SumSteps and SumSquares treat each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.benchmarks.xhstt.archive import Constraint
from tests.benchmarks.xhstt.board import Board, Part

Deviations = Iterator[tuple[str, list[int]]]


def beyond(value: int, least: int, most: int | None) -> int:
    """By how much a value falls short of the least or exceeds the most."""
    return max(0, least - value, 0 if most is None else value - most)


def assign_time(board: Board, constraint: Constraint) -> Deviations:
    """The duration of an event's parts that have no time."""
    for event in constraint.events:
        yield event, [part.duration for part in board.parts[event] if part.start is None]


def assign_resource(board: Board, constraint: Constraint) -> Deviations:
    """The duration of an event's parts in which nobody has the role."""
    for event in constraint.events:
        missing = [
            part.duration
            for part in board.parts[event]
            for who in part.at(constraint.role)
            if who is None
        ]
        yield event, missing


def split_events(board: Board, constraint: Constraint) -> Deviations:
    """Parts that are too short or too long, and by how many they are too few or too many."""
    shortest = constraint.number("MinimumDuration") or 0
    longest = constraint.number("MaximumDuration")
    fewest, most = constraint.number("MinimumAmount") or 0, constraint.number("MaximumAmount")
    for event in constraint.events:
        parts = board.parts[event]
        wrong = sum(beyond(part.duration, shortest, longest) > 0 for part in parts)
        yield event, [wrong, beyond(len(parts), fewest, most)]


def distribute_split_events(board: Board, constraint: Constraint) -> Deviations:
    """By how many an event has too few or too many parts of a duration."""
    duration = constraint.number("Duration")
    for event in constraint.events:
        count = sum(part.duration == duration for part in board.parts[event])
        yield event, [beyond(count, constraint.least, constraint.most)]


def prefer_times(board: Board, constraint: Constraint) -> Deviations:
    """The duration of an event's parts that start at another time; of one duration, if set."""
    duration = constraint.number("Duration")
    for event in constraint.events:
        yield (
            event,
            [
                part.duration
                for part in board.parts[event]
                if duration in (None, part.duration)
                and part.start is not None
                and board.instance.times[part.start] not in constraint.times
            ],
        )


def prefer_resources(board: Board, constraint: Constraint) -> Deviations:
    """The duration of an event's parts in which somebody else has the role."""
    for event in constraint.events:
        others = [
            part.duration
            for part in board.parts[event]
            for who in part.at(constraint.role)
            if who is not None and who not in constraint.preferred
        ]
        yield event, others


def avoid_split_assignments(board: Board, constraint: Constraint) -> Deviations:
    """How many more than one have the role in a group of events."""
    for group, events in constraint.event_groups.items():
        who = {
            name
            for part in _parts(board, events)
            for name in part.at(constraint.role)
            if name is not None
        }
        yield group, [max(0, len(who) - 1)]


def spread_events(board: Board, constraint: Constraint) -> Deviations:
    """For each group of times, by how many too few or too many parts start in it."""
    for group, events in constraint.event_groups.items():
        starts = [
            board.instance.times[part.start]
            for part in _parts(board, events)
            if part.start is not None
        ]
        yield (
            group,
            [
                beyond(sum(start in limit.times for start in starts), limit.least, limit.most)
                for limit in constraint.limits
            ],
        )


def link_events(board: Board, constraint: Constraint) -> Deviations:
    """At how many times some events of a group take place, and not all."""
    for group, events in constraint.event_groups.items():
        taken = [
            {time for part in board.parts[event] for time in board.times(part)} for event in events
        ]
        every = set.union(*taken) if taken else set()
        yield group, [sum(not all(time in one for one in taken) for time in every)]


def order_events(board: Board, constraint: Constraint) -> Deviations:
    """By how many times a second event comes too soon after a first one, or too late."""
    for pair in constraint.pairs:
        first, second = board.parts[pair.first], board.parts[pair.second]
        ends = [part.start + part.duration for part in first if part.start is not None]
        starts = [part.start for part in second if part.start is not None]
        point = f"{pair.first} {pair.second}"
        # Nothing can be said of a pair while a part of either has no time.
        if len(ends) < len(first) or len(starts) < len(second):
            yield point, [0]
        else:
            yield point, [beyond(min(starts) - max(ends), pair.least, pair.most)]


def _parts(board: Board, events: tuple[str, ...]) -> Iterator[Part]:
    return (part for event in events for part in board.parts[event])


KINDS: dict[str, Callable[[Board, Constraint], Deviations]] = {
    "AssignTime": assign_time,
    "AssignResource": assign_resource,
    "SplitEvents": split_events,
    "DistributeSplitEvents": distribute_split_events,
    "PreferTimes": prefer_times,
    "PreferResources": prefer_resources,
    "AvoidSplitAssignments": avoid_split_assignments,
    "SpreadEvents": spread_events,
    "LinkEvents": link_events,
    "OrderEvents": order_events,
}
