"""Find what every plan must hold: the services without which nothing can be said of the rest."""

from collections.abc import Collection, Iterable

from planner.facts.problem import Problem
from planner.facts.service import Service


def needed(
    problem: Problem, services: Iterable[Service], pinned: Collection[str] | None = None
) -> set[str]:
    """Services that are required, pinned (all that are, or these) or preparation, and those that
    come before them.
    """
    if pinned is None:
        pinned = {pin.subject for pin in problem.pins if pin.kind == "session"}
    found: set[str] = set()
    waiting = [
        service
        for service in services
        if service.required or service.planning or service.id in pinned
    ]
    while waiting:
        service = waiting.pop()
        if service.id not in found:
            found.add(service.id)
            earlier = problem.service_of.get(service.duty.after) if service.duty else None
            waiting += [earlier] if earlier else []
    return found
