"""Polish a timetable with its minutes held: changes by chance, kept where they are legal and no
worse, or a little worse less and less often (annealing).
"""

import numpy as np

from solver.timetable.construct.arrays import (
    BALANCE,
    BEGIN,
    END,
    IDLE,
    IS_CONTACT,
    MINUTES,
    MOST_BLOCKS,
    MOST_SCHOOLS,
    NO_LIMIT,
    NOTHING,
    SAME_TIME,
    SCHOOL,
    WISHED,
    Facts,
    Floats,
    Ints,
    State,
    Tally,
    Tastes,
)
from solver.timetable.construct.compiling import compiled
from solver.timetable.construct.day import waits
from solver.timetable.construct.moves import (
    FROM_DAY,
    FROM_PERSON,
    FROM_START,
    MOST_MOVED,
    TO_DAY,
    TO_PERSON,
    TO_START,
    WHAT,
    proposed,
)
from solver.timetable.construct.placing import is_free, may_visit, put, take_out
from solver.timetable.construct.tally import peak, times_of_day, worth_of


@compiled
def _wishes(facts: Facts, tastes: Tastes, ops: Ints, many: int) -> int:
    """What the sessions of a change are worth more where they go."""
    found = 0
    for i in range(many):
        service = ops[i, WHAT]
        found += worth_of(
            facts, tastes, service, ops[i, TO_PERSON], ops[i, TO_DAY], ops[i, TO_START]
        ) - worth_of(
            facts, tastes, service, ops[i, FROM_PERSON], ops[i, FROM_DAY], ops[i, FROM_START]
        )
    return found


@compiled
def _recounted(
    facts: Facts, state: State, tastes: Tastes, tally: Tally, ops: Ints, many: int, gains: Ints
) -> None:
    """Count anew what the groups and schools of a change reach, and what that adds to `gains`."""
    for i in range(many):
        service = ops[i, WHAT]
        changes = times_of_day(facts, state, tastes, service)
        gains[SAME_TIME] += changes - tally.changes[service]
        tally.changes[service] = changes
        school = facts.services[service, SCHOOL]
        if school >= 0 and ops[i, FROM_PERSON] != ops[i, TO_PERSON]:
            share = peak(tastes, tally, school)
            gains[BALANCE] += share - tally.peaks[school]
            tally.peaks[school] = share


@compiled
def _load(facts: Facts, tally: Tally, ops: Ints, many: int, sign: int) -> None:
    """Move the contact of a change from who gave it to who gives it, or back."""
    for i in range(many):
        service = ops[i, WHAT]
        school = facts.services[service, SCHOOL]
        if school >= 0 and facts.services[service, IS_CONTACT]:
            minutes = sign * facts.services[service, MINUTES]
            tally.load[school, ops[i, FROM_PERSON]] -= minutes
            tally.load[school, ops[i, TO_PERSON]] += minutes


@compiled
def _placed(facts: Facts, state: State, ops: Ints, many: int, days: Ints, idle: Ints) -> int:
    """Put in a change's sessions, which are out, as long as each is legal.

    Args:
        facts: What does not change.
        state: The timetable so far.
        ops: The change.
        many: How many sessions it moves.
        days: The people's days that it touches.
        idle: What each of them waits; changed.

    Returns:
        How many were put in.
    """
    for i in range(many):
        service, person, start = ops[i, WHAT], ops[i, TO_PERSON], ops[i, TO_START]
        on, school = ops[i, TO_DAY], facts.services[service, SCHOOL]
        day, end = person * facts.days + on, start + facts.services[service, MINUTES]
        if (
            state.blocks[day] >= MOST_BLOCKS - 1
            or state.starts[service, on] >= 0
            or not is_free(facts, state, service, on, start)
        ):
            return i
        if facts.people[person, MOST_SCHOOLS] < NO_LIMIT and not may_visit(
            facts, state, person, school
        ):
            return i
        for j in range(state.blocks[day]):
            if state.block[day, j, BEGIN] < end and start < state.block[day, j, END]:
                return i
        waiting = waits(facts, state, day, start, end, school, facts.services[service, IS_CONTACT])
        if waiting < 0:
            return i
        put(facts, state, service, day, start)
        for k in range(2 * many):
            if days[k] == day:
                idle[k] = waiting
    return many


@compiled
def _back(facts: Facts, state: State, ops: Ints, many: int, placed: int) -> None:
    """Put a change's sessions back where they were; some are where they should go, the rest out."""
    for i in range(placed):
        take_out(facts, state, ops[i, WHAT], ops[i, TO_DAY])
    for i in range(many):
        put(
            facts,
            state,
            ops[i, WHAT],
            ops[i, FROM_PERSON] * facts.days + ops[i, FROM_DAY],
            ops[i, FROM_START],
        )


@compiled
def attempt(
    facts: Facts,
    state: State,
    tastes: Tastes,
    tally: Tally,
    weights: Floats,
    ops: Ints,
    many: int,
    temperature: float,
    days: Ints,
    idle: Ints,
    gains: Ints,
) -> bool:
    """Make a change if it is legal and good enough.

    Args:
        facts: What does not change.
        state: The timetable so far.
        tastes: What goals beside the minutes look at.
        tally: What it reaches of them; changed with it.
        weights: What a unit of each goal costs.
        ops: The change.
        many: How many sessions it moves.
        temperature: By how much it may be worse, in cost.
        days: Room for people's days.
        idle: Room for what each of them waits.
        gains: Room for what the change adds to each goal.

    Returns:
        Whether it was made.
    """
    for goal in range(4):
        gains[goal] = 0
    gains[WISHED] = _wishes(facts, tastes, ops, many)
    most = -temperature * np.log(1.0 - np.random.random())
    least = weights[WISHED] * gains[WISHED]
    moves = False
    for i in range(many):
        days[2 * i] = ops[i, FROM_PERSON] * facts.days + ops[i, FROM_DAY]
        days[2 * i + 1] = ops[i, TO_PERSON] * facts.days + ops[i, TO_DAY]
        moves = moves or ops[i, FROM_PERSON] != ops[i, TO_PERSON]
        for k in range(2 * i, 2 * i + 2):
            idle[k] = NOTHING
            if tally.idle[days[k]] < 0:
                return False
            for earlier in range(k):
                if days[earlier] == days[k]:
                    days[k] = NOTHING
                    break
            if days[k] >= 0:
                least -= weights[IDLE] * tally.idle[days[k]]
        least -= weights[SAME_TIME] * tally.changes[ops[i, WHAT]]
    # What no luck with the rest could make good enough needs no look at its days.
    if least > most and not moves:
        return False
    for i in range(many):
        take_out(facts, state, ops[i, WHAT], ops[i, FROM_DAY])
    placed = _placed(facts, state, ops, many, days, idle)
    legal = placed == many
    for k in range(2 * many):
        if legal and days[k] >= 0:
            if idle[k] < 0:
                idle[k] = waits(facts, state, days[k], NOTHING, NOTHING, NOTHING, 0)
                legal = idle[k] >= 0
            gains[IDLE] += idle[k] - tally.idle[days[k]]
    if not legal:
        _back(facts, state, ops, many, placed)
        return False
    _load(facts, tally, ops, many, 1)
    _recounted(facts, state, tastes, tally, ops, many, gains)
    cost = 0.0
    for goal in range(4):
        cost += weights[goal] * gains[goal]
    if cost > most:
        _load(facts, tally, ops, many, -1)
        _back(facts, state, ops, many, many)
        _recounted(facts, state, tastes, tally, ops, many, gains)
        return False
    for k in range(2 * many):
        if days[k] >= 0:
            tally.idle[days[k]] = idle[k]
    for goal in range(4):
        tally.totals[goal] += gains[goal]
    return True


@compiled
def polish(
    facts: Facts,
    state: State,
    tastes: Tastes,
    tally: Tally,
    movable: Ints,
    weights: Floats,
    seed: int,
    rounds: int,
    temperature: float,
) -> int:
    """Try so many changes.

    Args:
        facts: What does not change.
        state: The timetable so far; changed.
        tastes: What goals beside the minutes look at.
        tally: What it reaches of them; changed with it.
        movable: Which services may be moved.
        weights: What a unit of each goal costs.
        seed: Of all chance.
        rounds: How many.
        temperature: By how much a change may be worse, in cost.

    Returns:
        How many were made.
    """
    np.random.seed(seed)
    ops, gains = np.empty((MOST_MOVED, 7), np.int64), np.zeros(4, np.int64)
    days, idle = np.empty(2 * MOST_MOVED, np.int64), np.empty(2 * MOST_MOVED, np.int64)
    made = 0
    for _ in range(rounds):
        many = proposed(facts, state, tastes, weights, movable, temperature, ops)
        if many > 0 and attempt(
            facts,
            state,
            tastes,
            tally,
            weights,
            ops,
            many,
            temperature,
            days,
            idle,
            gains,
        ):
            made += 1
    return made
