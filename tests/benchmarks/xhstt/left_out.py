"""What an instance asks for and a dataset has no words for."""

from __future__ import annotations

from tests.benchmarks.xhstt.archive import Constraint
from tests.benchmarks.xhstt.conversion import TEACHERS, Conversion


def leave_the_rest(conversion: Conversion) -> None:
    """Note each kind of constraint that no sheet can hold, or only in part."""
    leave, instance = conversion.leave, conversion.instance
    for constraint in instance.constraints:
        kinds = {instance.resources[name].casefold() for name in constraint.resources}
        staff = kinds <= set(TEACHERS)
        match constraint.kind:
            case "AssignResource" if _wants_others(conversion, constraint):
                leave(constraint, "rooms are not chosen")
            case "PreferResources" if _wants_others(conversion, constraint):
                leave(constraint, "rooms are not chosen")
            case "OrderEvents":
                leave(constraint, "one event before another")
            case "ClusterBusyTimes" if constraint.least:
                leave(constraint, "least days of work")
            case "LimitWorkload" if not is_a_week_of_contact(conversion, constraint):
                leave(constraint, "workload of a week")
            case "LimitIdleTimes" if not staff or constraint.least or constraint.most:
                leave(constraint, "gaps of classes, or gaps that are allowed")
            case "LimitBusyTimes" if constraint.least:
                leave(constraint, "least hours of a day")
            case "LimitBusyTimes" if not staff and constraint.most:
                leave(constraint, "most hours of a class")
            case "SpreadEvents":
                _leave_spread(conversion, constraint)


def is_a_week_of_contact(conversion: Conversion, constraint: Constraint) -> bool:
    """Whether a limit of workload is one of the minutes that teachers teach in a week."""
    return (
        constraint.required
        and constraint.least == 0
        and constraint.most is not None
        and all(
            place.workload == event.duration
            for event in conversion.instance.events.values()
            for place in event.resources
            if place.kind.casefold() in TEACHERS
        )
    )


def _leave_spread(conversion: Conversion, constraint: Constraint) -> None:
    """Note which spread is not that of one event over the days."""
    if any(len(events) > 1 for events in constraint.event_groups.values()):
        conversion.leave(constraint, "several events together")
    if any(limit.least for limit in constraint.limits):
        conversion.leave(constraint, "least at some times")


def _wants_others(conversion: Conversion, constraint: Constraint) -> bool:
    """Whether a constraint is about open places of other resources than teachers."""
    return any(
        place.role == constraint.role
        and place.resource is None
        and place.kind.casefold() not in TEACHERS
        for event in constraint.events
        for place in conversion.instance.events[event].resources
    )
