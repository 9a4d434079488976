"""Count what a timetable reaches of the goals beside the minutes: their twins on packed tables.

The goals themselves stand in planner.rules.goals and judge the plan in the end; a test holds these
to them on random plans.
"""

import numpy as np

from planner.rules.goals.balanced_load import WHOLE
from solver.timetable.construct.arrays import (
    AT_TIME,
    BALANCE,
    IDLE,
    MINUTES,
    NOTHING,
    ON_DAY,
    SAME_TIME,
    WISHED,
    Facts,
    State,
    Tally,
    Tastes,
)
from solver.timetable.construct.compiling import compiled
from solver.timetable.construct.day import waits


@compiled
def row_of(facts: Facts, service: int, on: int, start: int) -> int:
    """The row of `Facts.starts` that is this start of a service; -1 where it may not be then."""
    low, high = facts.start_from[service], facts.start_from[service + 1]
    while low < high:
        middle = (low + high) // 2
        if facts.starts[middle, ON_DAY] < on or (
            facts.starts[middle, ON_DAY] == on and facts.starts[middle, AT_TIME] < start
        ):
            low = middle + 1
        else:
            high = middle
    if (
        low < facts.start_from[service + 1]
        and facts.starts[low, ON_DAY] == on
        and facts.starts[low, AT_TIME] == start
    ):
        return int(low)
    return NOTHING


@compiled
def times_of_day(facts: Facts, state: State, tastes: Tastes, service: int) -> int:
    """The times of day beyond the first at which a group meets."""
    if not tastes.is_group[service]:
        return 0
    found = 0
    for on in range(facts.days):
        start = state.starts[service, on]
        if start >= 0:
            found += 1
            for earlier in range(on):
                if state.starts[service, earlier] == start:
                    found -= 1
                    break
    return max(0, found - 1)


@compiled
def worth_at(facts: Facts, tastes: Tastes, service: int, person: int, row: int) -> int:
    """What a session at a start of `Facts.starts` is worth to its service and to who gives it."""
    found = tastes.worth[row]
    profile = tastes.profile_of[person * facts.days + facts.starts[row, ON_DAY]]
    if profile >= 0:
        start = facts.starts[row, AT_TIME]
        end = start + facts.services[service, MINUTES]
        found += tastes.profiles[profile, end] - tastes.profiles[profile, start]
    return int(found)


@compiled
def worth_of(facts: Facts, tastes: Tastes, service: int, person: int, on: int, start: int) -> int:
    """The same by day and time; nothing where the service may not be then."""
    row = row_of(facts, service, on, start)
    return worth_at(facts, tastes, service, person, row) if row >= 0 else 0


@compiled
def peak(tastes: Tastes, tally: Tally, school: int) -> int:
    """The largest share of their hours that anybody spends at a school in contact."""
    most = 0
    for person in range(tastes.obligation.shape[0]):
        minutes = tally.load[school, person]
        if minutes > 0:
            most = max(most, -(-WHOLE * minutes // tastes.obligation[person]))
    return most


def count(facts: Facts, state: State, tastes: Tastes, tally: Tally) -> None:
    """Count all of it anew, but for the load, which is given."""
    tally.totals[:] = 0
    for service in range(len(facts.services)):
        tally.changes[service] = times_of_day(facts, state, tastes, service)
        for on in range(facts.days):
            if state.starts[service, on] >= 0:
                tally.totals[WISHED] += worth_of(
                    facts, tastes, service, state.givers[service, on], on, state.starts[service, on]
                )
    for day in range(len(tally.idle)):
        tally.idle[day] = waits(facts, state, day, NOTHING, NOTHING, NOTHING, 0)
    for school in range(len(tally.load)):
        tally.peaks[school] = peak(tastes, tally, school)
    tally.totals[SAME_TIME] = tally.changes.sum()
    tally.totals[IDLE] = np.maximum(tally.idle, 0).sum()
    tally.totals[BALANCE] = tally.peaks.sum()
