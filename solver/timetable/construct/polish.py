"""Polish a timetable with its minutes held: changes by chance, kept where they are legal and no
worse, or a little worse less and less often (annealing).

One long function, since the compiler optimises anew, for each that calls it, all that a function
calls.
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
from solver.timetable.construct.choosing import left_in_week
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
def _is_open(facts: Facts, state: State, service: int, person: int, on: int, start: int) -> bool:
    """Whether nothing is in the way of a session, whatever its giver's day is like with it."""
    day, end = person * facts.days + on, start + facts.services[service, MINUTES]
    if state.blocks[day] >= MOST_BLOCKS - 1 or state.starts[service, on] >= 0:
        return False
    for j in range(state.blocks[day]):
        if state.block[day, j, BEGIN] < end and start < state.block[day, j, END]:
            return False
    if facts.people[person, MOST_SCHOOLS] < NO_LIMIT and not may_visit(
        facts, state, person, facts.services[service, SCHOOL]
    ):
        return False
    if facts.services[service, IS_CONTACT]:
        minutes = facts.services[service, MINUTES]
        if left_in_week(facts, state, person, on, minutes) == 0:
            return False
    return is_free(facts, state, service, on, start)


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
    changes, shares = np.empty(MOST_MOVED, np.int64), np.empty(MOST_MOVED, np.int64)
    made = 0
    for _ in range(rounds):
        many = proposed(facts, state, tastes, weights, movable, temperature, ops)
        if many == 0:
            continue
        for goal in range(4):
            gains[goal] = 0
        # -- what it can bring at best: what no luck with the rest makes good enough is left
        most = -temperature * np.log(1.0 - np.random.random())
        least, moves, legal = 0.0, False, True
        for i in range(many):
            service = ops[i, WHAT]
            moves = moves or ops[i, FROM_PERSON] != ops[i, TO_PERSON]
            least -= weights[SAME_TIME] * tally.changes[service]
            for k in range(2):
                # From where, and to where, which are the columns next to each other.
                on, person, start = ops[i, 1 + 3 * k], ops[i, 2 + 3 * k], ops[i, 3 + 3 * k]
                worth = worth_of(facts, tastes, service, person, on, start)
                gains[WISHED] += worth if k else -worth
                day = person * facts.days + on
                for earlier in range(2 * i + k):
                    if days[earlier] == day:
                        day = NOTHING
                        break
                days[2 * i + k] = day
                if day >= 0:
                    legal = legal and tally.idle[day] >= 0
                    least -= weights[IDLE] * tally.idle[day]
        if not legal or (not moves and least + weights[WISHED] * gains[WISHED] > most):
            continue
        # -- make it
        for i in range(many):
            take_out(facts, state, ops[i, WHAT], ops[i, FROM_DAY])
        placed = 0
        while placed < many and _is_open(
            facts,
            state,
            ops[placed, WHAT],
            ops[placed, TO_PERSON],
            ops[placed, TO_DAY],
            ops[placed, TO_START],
        ):
            put(
                facts,
                state,
                ops[placed, WHAT],
                ops[placed, TO_PERSON] * facts.days + ops[placed, TO_DAY],
                ops[placed, TO_START],
            )
            placed += 1
        legal = placed == many
        for k in range(2 * many):
            if legal and days[k] >= 0:
                idle[k] = waits(facts, state, days[k], NOTHING, NOTHING, NOTHING, 0)
                legal = idle[k] >= 0
                gains[IDLE] += idle[k] - tally.idle[days[k]]
        if not legal:
            _back(facts, state, ops, many, placed)
            continue
        # -- what it brings
        for i in range(many):
            service = ops[i, WHAT]
            changes[i] = times_of_day(facts, state, tastes, service)
            first = True
            for earlier in range(i):
                first = first and ops[earlier, WHAT] != service
            if first:
                gains[SAME_TIME] += changes[i] - tally.changes[service]
        if moves:
            _load(facts, tally, ops, many, 1)
            for i in range(many):
                school = facts.services[ops[i, WHAT], SCHOOL]
                first = school >= 0
                for earlier in range(i):
                    first = first and facts.services[ops[earlier, WHAT], SCHOOL] != school
                shares[i] = peak(tastes, tally, school) if first else NOTHING
                if first:
                    gains[BALANCE] += shares[i] - tally.peaks[school]
        cost = 0.0
        for goal in range(4):
            cost += weights[goal] * gains[goal]
        if cost > most:
            if moves:
                _load(facts, tally, ops, many, -1)
            _back(facts, state, ops, many, many)
            continue
        # -- and keep it
        made += 1
        for k in range(2 * many):
            if days[k] >= 0:
                tally.idle[days[k]] = idle[k]
        for i in range(many):
            tally.changes[ops[i, WHAT]] = changes[i]
            if moves and shares[i] >= 0:
                tally.peaks[facts.services[ops[i, WHAT], SCHOOL]] = shares[i]
        for goal in range(4):
            tally.totals[goal] += gains[goal]
    return made
