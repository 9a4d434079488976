"""On how many days a teacher works: a soft wish of the instance, a contract in the dataset.

A contract of so many full days is the only limit of days that a dataset has, and it is a hard one.
So it never says fewer days than the lessons need, even where the instance wishes for fewer; what it
costs beyond is left to the judge.
"""

from __future__ import annotations

from math import ceil

from tests.benchmarks.xhstt.archive import Event, Instance
from tests.benchmarks.xhstt.conversion import TEACHERS, Conversion
from tests.benchmarks.xhstt.parts import lengths_of, most_a_day


def days_of_work(conversion: Conversion, soft_too: bool) -> dict[str, int]:
    """The days of the contract of each teacher whose days are limited, in a required constraint or
    (`soft_too`) in any.
    """
    instance = conversion.instance
    week = {frozenset(times) for times in instance.days.values()}
    found: dict[str, int] = {}
    for constraint in instance.constraints:
        if constraint.kind != "ClusterBusyTimes":
            continue
        teachers = [
            name for name in constraint.resources if instance.resources[name].casefold() in TEACHERS
        ]
        by_day = {frozenset(limit.times) for limit in constraint.limits} == week
        if not by_day or len(teachers) < len(constraint.resources):
            conversion.leave(constraint, "other than days of teachers")
            continue
        if not constraint.required and not soft_too:
            conversion.leave(constraint, "days of work")
            continue
        if not constraint.required:
            conversion.leave(constraint, "days of work are a hard limit")
        for name in teachers if constraint.most is not None else ():
            days = max(constraint.most, needed(instance, name))
            if days > constraint.most:
                conversion.leave(constraint, "as many days as lessons need")
            if days < len(week):
                found[name] = min(days, found.get(name, days))
    return found


def needed(instance: Instance, name: str) -> int:
    """The fewest days that hold a teacher's lessons."""
    events = [
        event
        for event in instance.events.values()
        if any(place.resource == name for place in event.resources)
    ]
    hours = sum(event.duration for event in events)
    longest_day = max(map(len, instance.days.values()))
    return max([ceil(hours / longest_day), *(_days_of(instance, event) for event in events)])


def _days_of(instance: Instance, event: Event) -> int:
    a_day = most_a_day(instance, event)
    return 1 if a_day is None else ceil(event.duration / (a_day * lengths_of(instance, event)[1]))
