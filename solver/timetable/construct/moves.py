"""Propose changes of a timetable that hold its minutes: another time, two that change places,
another adult, two groups that change adults.

A change is a list of sessions with where they are and where they go. What is proposed need not be
legal: `polish.attempt` looks.
"""

import numpy as np

from solver.timetable.construct.arrays import (
    AT_TIME,
    BEGIN,
    BUSY,
    END,
    IDLE,
    MINUTES,
    NOTHING,
    ON_DAY,
    SAME_TIME,
    SERVICE,
    WISHED,
    Facts,
    Floats,
    Ints,
    State,
    Tastes,
)
from solver.timetable.construct.compiling import compiled
from solver.timetable.construct.ruin import below
from solver.timetable.construct.tally import row_of, worth_at

MOST_MOVED = 64
"""The most sessions of a change."""
# -- columns of a change
WHAT, FROM_DAY, FROM_PERSON, FROM_START, TO_DAY, TO_PERSON, TO_START = range(7)
MOST_PRICED = 60
"""The most starts that are looked at for a group that gets another adult."""
BLOCKED = 1e9
"""In place of a price: something is in the way."""
FREE, TAKEN = -1, -2
"""Nobody is in the way; what cannot be moved, or more than one session, is."""
TIMES, ADULTS = 0.75, 0.5
"""How often another time is proposed; and else, how often one group gets another adult, and not
two each other's.
"""


@compiled
def _in_the_way(state: State, movable: Ints, day: int, start: int, end: int, mine: int) -> int:
    """The service of the one session of somebody's day that overlaps a time.

    Args:
        state: The timetable so far.
        movable: Which services may be moved.
        day: The person's day.
        start: From when.
        end: To when.
        mine: A service that does not count.

    Returns:
        Its number, FREE or TAKEN.
    """
    found = FREE
    for j in range(state.blocks[day]):
        if state.block[day, j, BEGIN] < end and start < state.block[day, j, END]:
            service = state.block[day, j, SERVICE]
            if service >= 0 and service == mine:
                continue
            if service < 0 or not movable[service] or found != FREE:
                return TAKEN
            found = service
    return found


@compiled
def _note(
    ops: Ints, place: int, state: State, service: int, on: int, to: int, person: int, start: int
) -> None:
    """Write down that a service's session of a day goes elsewhere."""
    ops[place, WHAT] = service
    ops[place, FROM_DAY], ops[place, FROM_PERSON] = on, state.givers[service, on]
    ops[place, FROM_START] = state.starts[service, on]
    ops[place, TO_DAY], ops[place, TO_PERSON], ops[place, TO_START] = to, person, start


@compiled
def _a_day(facts: Facts, state: State, service: int) -> int:
    """One of the days on which a service is given."""
    left = below(state.given[service])
    for on in range(facts.days):
        if state.starts[service, on] >= 0:
            if left == 0:
                return on
            left -= 1
    return NOTHING


@compiled
def _another_time(facts: Facts, state: State, movable: Ints, service: int, ops: Ints) -> int:
    """A session goes to another time; what is in its way goes where it was, or to any time."""
    first = facts.start_from[service]
    row = first + below(facts.start_from[service + 1] - first)
    to, start = facts.starts[row, ON_DAY], facts.starts[row, AT_TIME]
    on = to if state.starts[service, to] >= 0 else _a_day(facts, state, service)
    before = state.starts[service, on]
    if on == to and before == start:
        return 0
    person = state.givers[service, on]
    other = _in_the_way(
        state,
        movable,
        person * facts.days + to,
        start,
        start + facts.services[service, MINUTES],
        service if on == to else NOTHING,
    )
    if other == TAKEN:
        return 0
    _note(ops, 0, state, service, on, to, person, start)
    if other == FREE:
        return 1
    if (on == to or state.starts[other, on] < 0) and row_of(facts, other, on, before) >= 0:
        _note(ops, 1, state, other, to, on, person, before)
        return 2
    first = facts.start_from[other]
    row = first + below(facts.start_from[other + 1] - first)
    then = facts.starts[row, ON_DAY]
    if then != to and state.starts[other, then] >= 0:
        return 0
    _note(ops, 1, state, other, to, then, person, facts.starts[row, AT_TIME])
    return 2


@compiled
def _only_giver(facts: Facts, state: State, service: int) -> int:
    """Who gives all sessions of a service; -1 where several do."""
    found = NOTHING
    for on in range(facts.days):
        person = state.givers[service, on]
        if person >= 0:
            if found >= 0 and person != found:
                return NOTHING
            found = person
    return found


@compiled
def _all_to(
    facts: Facts,
    state: State,
    tastes: Tastes,
    weights: Floats,
    service: int,
    person: int,
    without: int,
    heat: float,
    ops: Ints,
    place: int,
) -> int:
    """All sessions of a service go to somebody, each at about the cheapest time of its day.

    Args:
        facts: What does not change.
        state: The timetable so far.
        tastes: What goals beside the minutes look at.
        weights: What a unit of each goal costs.
        service: Which goes.
        person: To whom.
        without: A service that they will not give.
        heat: How much chance there is in a price.
        ops: The change so far.
        place: How many sessions it has.

    Returns:
        How many it has now; 0 where no times were found.
    """
    first = facts.start_from[service]
    rows = facts.start_from[service + 1] - first
    best, best_row = np.full(facts.days, BLOCKED), np.full(facts.days, NOTHING)
    for number in range(min(rows, MOST_PRICED)):
        row = first + (number if rows <= MOST_PRICED else below(rows))
        on, start = facts.starts[row, ON_DAY], facts.starts[row, AT_TIME]
        end, day = start + facts.services[service, MINUTES], person * facts.days + on
        # About what it costs: a guess, by the sessions next to it.
        before, after, blocked = NOTHING, NOTHING, False
        for j in range(state.blocks[day]):
            begin, finish = state.block[day, j, BEGIN], state.block[day, j, END]
            other = state.block[day, j, SERVICE]
            if other >= 0 and other in (service, without):
                continue
            blocked = blocked or (begin < end and start < finish)
            if other != BUSY and finish <= start:
                before = finish
            if other != BUSY and begin >= end and after < 0:
                after = begin
        if blocked:
            continue
        price = heat * np.random.random() + weights[WISHED] * worth_at(
            facts, tastes, service, person, row
        )
        if before >= 0 and after >= 0:
            price += weights[IDLE] * (start - end)
        elif before >= 0:
            price += weights[IDLE] * (start - before)
        elif after >= 0:
            price += weights[IDLE] * (after - end)
        price += weights[SAME_TIME]
        for earlier in range(facts.days):
            if state.starts[service, earlier] == start:
                price -= weights[SAME_TIME]
                break
        if price < best[on]:
            best[on], best_row[on] = price, row
    for on in range(facts.days):
        if state.starts[service, on] < 0:
            continue
        to = 0
        for day in range(1, facts.days):
            if best[day] < best[to]:
                to = day
        if best[to] >= BLOCKED:
            return 0
        _note(ops, place, state, service, on, to, person, facts.starts[best_row[to], AT_TIME])
        best[to] = BLOCKED
        place += 1
    return place


@compiled
def _may_give(facts: Facts, service: int, person: int) -> bool:
    """Whether somebody may give a service."""
    for x in range(facts.person_from[service], facts.person_from[service + 1]):
        if facts.person_at[x] == person:
            return True
    return False


@compiled
def proposed(
    facts: Facts,
    state: State,
    tastes: Tastes,
    weights: Floats,
    movable: Ints,
    heat: float,
    ops: Ints,
) -> int:
    """Write a change by chance into `ops`.

    Args:
        facts: What does not change.
        state: The timetable so far.
        tastes: What goals beside the minutes look at.
        weights: What a unit of each goal costs.
        movable: Which services may be moved.
        heat: How much chance there is in a price.
        ops: Room for the change.

    Returns:
        How many sessions it moves; 0 where chance found none.
    """
    service = below(facts.services.shape[0])
    if not movable[service] or state.given[service] == 0:
        return 0
    if np.random.random() < TIMES:
        return _another_time(facts, state, movable, service, ops)
    giver = _only_giver(facts, state, service)
    if giver < 0:
        return 0
    first = facts.person_from[service]
    person = facts.person_at[first + below(facts.person_from[service + 1] - first)]
    other = NOTHING
    if person != giver and np.random.random() >= ADULTS:
        day = person * facts.days + below(facts.days)
        if state.blocks[day] == 0:
            return 0
        other = state.block[day, below(state.blocks[day]), SERVICE]
        if (
            other < 0
            or not movable[other]
            or _only_giver(facts, state, other) != person
            or not _may_give(facts, other, giver)
        ):
            return 0
    place = 0
    for turn in range(2 if other >= 0 else 1):
        place = _all_to(
            facts,
            state,
            tastes,
            weights,
            other if turn else service,
            giver if turn else person,
            service if turn else other,
            heat,
            ops,
            place,
        )
        if place == 0:
            return 0
    return place
