"""Into what parts an event may be split, and how many of them a day may hold."""

from __future__ import annotations

from tests.benchmarks.xhstt.archive import Event, Instance


def lengths_of(instance: Instance, event: Event) -> tuple[int, int]:
    """The shortest and the longest part that an event may be split into."""
    shortest, longest = 1, event.duration
    for constraint in instance.constraints:
        if constraint.kind == "SplitEvents" and event.id in constraint.events:
            shortest = max(shortest, constraint.number("MinimumDuration") or 1)
            longest = min(longest, constraint.number("MaximumDuration") or longest)
            fewest = constraint.number("MinimumAmount") or 0
            if fewest == constraint.number("MaximumAmount") == event.duration:
                longest = 1
    return shortest, longest


def most_a_day(instance: Instance, event: Event) -> int | None:
    """How many parts of an event a day holds at most, where it is the same for every day."""
    days = {frozenset(times) for times in instance.days.values()}
    limits = [
        {limit.most for limit in constraint.limits}
        for constraint in instance.constraints
        if constraint.kind == "SpreadEvents"
        and (event.id,) in constraint.event_groups.values()
        and {frozenset(limit.times) for limit in constraint.limits} == days
    ]
    return min(
        (most for found in limits for most in found if len(found) == 1 and most), default=None
    )
