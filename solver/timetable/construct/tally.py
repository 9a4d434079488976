"""Count what a timetable reaches of the goals beside the minutes: their twins on packed tables.

The goals themselves stand in planner.rules.goals and judge the plan in the end; a test holds these
to them on random plans.
"""

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
        return low
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
def worth_of(facts: Facts, tastes: Tastes, service: int, person: int, on: int, start: int) -> int:
    """What a session at a time is worth to its service and to who gives it."""
    found = 0
    row = row_of(facts, service, on, start)
    if row >= 0:
        found = tastes.worth[row]
    profile = tastes.profile_of[person * facts.days + on]
    if profile >= 0:
        end = start + facts.services[service, MINUTES]
        found += tastes.profiles[profile, end] - tastes.profiles[profile, start]
    return found


@compiled
def peak(tastes: Tastes, tally: Tally, school: int) -> int:
    """The largest share of their hours that anybody spends at a school in contact."""
    most = 0
    for person in range(tastes.obligation.shape[0]):
        minutes = tally.load[school, person]
        if minutes > 0:
            most = max(most, -(-WHOLE * minutes // tastes.obligation[person]))
    return most


@compiled
def count(facts: Facts, state: State, tastes: Tastes, tally: Tally) -> None:
    """Count all of it anew, but for the load, which is given."""
    for goal in range(4):
        tally.totals[goal] = 0
    for service in range(facts.services.shape[0]):
        tally.changes[service] = times_of_day(facts, state, tastes, service)
        tally.totals[SAME_TIME] += tally.changes[service]
        for on in range(facts.days):
            if state.starts[service, on] >= 0:
                tally.totals[WISHED] += worth_of(
                    facts, tastes, service, state.givers[service, on], on, state.starts[service, on]
                )
    for day in range(tally.idle.shape[0]):
        tally.idle[day] = waits(facts, state, day, NOTHING, NOTHING, NOTHING, 0)
        tally.totals[IDLE] += max(0, tally.idle[day])
    for school in range(tally.load.shape[0]):
        tally.peaks[school] = peak(tastes, tally, school)
        tally.totals[BALANCE] += tally.peaks[school]
