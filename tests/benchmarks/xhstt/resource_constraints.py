"""How far a solution is from each constraint on resources, at each resource."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from math import ceil

from tests.benchmarks.xhstt.archive import Constraint, Limit
from tests.benchmarks.xhstt.board import Board
from tests.benchmarks.xhstt.event_constraints import Deviations, beyond


def avoid_clashes(board: Board, constraint: Constraint) -> Deviations:
    """For each time, in how many more than one part a resource is."""
    for resource in constraint.resources:
        yield resource, [count - 1 for count in board.busy[resource].values() if count > 1]


def avoid_unavailable_times(board: Board, constraint: Constraint) -> Deviations:
    """At how many times a resource is busy that it should not be."""
    for resource in constraint.resources:
        yield resource, [1 for time in board.busy[resource] if time in constraint.times]


def limit_idle_times(board: Board, constraint: Constraint) -> Deviations:
    """By how many the idle times of a resource, all groups of times together, are beyond limits."""
    for resource in constraint.resources:
        idle = sum(_idle(board, resource, limit) for limit in constraint.limits)
        yield resource, [beyond(idle, constraint.least, constraint.most)]


def cluster_busy_times(board: Board, constraint: Constraint) -> Deviations:
    """By how many too few or too many groups of times a resource is busy in."""
    for resource in constraint.resources:
        busy = sum(_busy(board, resource, limit) > 0 for limit in constraint.limits)
        yield resource, [beyond(busy, constraint.least, constraint.most)]


def limit_busy_times(board: Board, constraint: Constraint) -> Deviations:
    """For each group of times that a resource is busy in, by how many times too few or many."""
    for resource in constraint.resources:
        counts = [_busy(board, resource, limit) for limit in constraint.limits]
        yield (
            resource,
            [beyond(count, constraint.least, constraint.most) for count in counts if count],
        )


def limit_workload(board: Board, constraint: Constraint) -> Deviations:
    """By how much the workload of a resource is beyond its limits, rounded up.

    A part bears the share of its place's workload that it has of the event's duration, also while
    it has no time.
    """
    loads: dict[str, Fraction] = defaultdict(Fraction)
    for parts in board.parts.values():
        for part in parts:
            share = Fraction(part.duration, part.event.duration)
            for place, who in zip(part.event.resources, part.who, strict=True):
                if who is not None:
                    loads[who] += share * place.workload
    for resource in constraint.resources:
        short = max(0, ceil(constraint.least - loads[resource]))
        over = 0 if constraint.most is None else max(0, ceil(loads[resource] - constraint.most))
        yield resource, [max(short, over)]


def _busy(board: Board, resource: str, limit: Limit) -> int:
    return sum(time in board.busy[resource] for time in limit.times)


def _idle(board: Board, resource: str, limit: Limit) -> int:
    """Times of a group without anything, between the first and the last with something."""
    places = [place for place, time in enumerate(limit.times) if time in board.busy[resource]]
    return places[-1] - places[0] + 1 - len(places) if places else 0


KINDS: dict[str, Callable[[Board, Constraint], Deviations]] = {
    "AvoidClashes": avoid_clashes,
    "AvoidUnavailableTimes": avoid_unavailable_times,
    "LimitIdleTimes": limit_idle_times,
    "ClusterBusyTimes": cluster_busy_times,
    "LimitBusyTimes": limit_busy_times,
    "LimitWorkload": limit_workload,
}
