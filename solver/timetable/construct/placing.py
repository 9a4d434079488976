"""Put services into the timetable, and take them out again."""

import numpy as np

from solver.timetable.construct.arrays import (
    AT,
    AT_TIME,
    BEGIN,
    COUNTS_FOR,
    EDGES,
    END,
    FEWEST,
    IS_CONTACT,
    MINUTES,
    MOST_BLOCKS,
    MOST_CONTACT,
    MOST_IN_WEEK,
    MOST_PEOPLE,
    MOST_SCHOOLS,
    MOVES,
    NO_LIMIT,
    NOTHING,
    OF_CONTACT,
    OFF_SITE,
    ON_DAY,
    ROAMS,
    SCHOOL,
    SERVICE,
    SHIFT_DUTY,
    SHIFT_END,
    SHIFT_SCHOOL,
    SHIFT_START,
    SPACES,
    TAKES_ROOM,
    WANTED,
    Facts,
    State,
)
from solver.timetable.construct.choosing import chosen, left_in_week
from solver.timetable.construct.compiling import compiled
from solver.timetable.construct.day import fits, shift_of, waits_in

SNUG = 0.5
"""What each side of a session is worth that touches other work or an edge of the window. Without it
97 % of twelve schools are served in six seconds, with it all of them in a fifth of one.
"""
NOISE = 0.2
"""How much chance there is in the choice of a start."""
MOVING = -2
"""In place of a shift: somebody may go on to another school."""
OPENING = 3.0
"""What it costs, by chance, to decide where somebody is who may be at several schools."""


@compiled
def take_time(
    state: State, day: int, start: int, end: int, service: int, school: int, contact: int
) -> None:
    """Put a block into a person's day, among the others in their order."""
    j = state.blocks[day]
    while j > 0 and state.block[day, j - 1, BEGIN] > start:
        for what in range(state.block.shape[2]):
            state.block[day, j, what] = state.block[day, j - 1, what]
        j -= 1
    state.block[day, j, BEGIN], state.block[day, j, END] = start, end
    state.block[day, j, SERVICE], state.block[day, j, AT] = service, school
    state.block[day, j, OF_CONTACT] = contact
    state.contact[day] += (end - start) * contact
    state.blocks[day] += 1


@compiled
def put(facts: Facts, state: State, service: int, day: int, start: int) -> None:
    """Put a session into a person's day."""
    person = day // facts.days
    on = day - person * facts.days
    end, school = start + facts.services[service, MINUTES], facts.services[service, SCHOOL]
    take_time(state, day, start, end, service, school, facts.services[service, IS_CONTACT])
    state.starts[service, on], state.givers[service, on] = start, person
    state.given[facts.services[service, COUNTS_FOR]] += 1
    if school >= 0:
        state.visits[person, school] += 1
        if facts.services[service, TAKES_ROOM]:
            for tick in range(start // facts.tick, -(-end // facts.tick)):
                state.rooms[school, on, tick] += 1


@compiled
def take_out(facts: Facts, state: State, service: int, on: int) -> None:
    """Take a service's session of a day out."""
    person, start = state.givers[service, on], state.starts[service, on]
    day, school = person * facts.days + on, facts.services[service, SCHOOL]
    j = 0
    while state.block[day, j, BEGIN] != start or state.block[day, j, SERVICE] != service:
        j += 1
    for i in range(j, state.blocks[day] - 1):
        for what in range(state.block.shape[2]):
            state.block[day, i, what] = state.block[day, i + 1, what]
    state.contact[day] -= facts.services[service, MINUTES] * facts.services[service, IS_CONTACT]
    state.blocks[day] -= 1
    state.starts[service, on] = state.givers[service, on] = NOTHING
    state.given[facts.services[service, COUNTS_FOR]] -= 1
    if school >= 0:
        state.visits[person, school] -= 1
        if facts.services[service, TAKES_ROOM]:
            end = start + facts.services[service, MINUTES]
            for tick in range(start // facts.tick, -(-end // facts.tick)):
                state.rooms[school, on, tick] -= 1


@compiled
def remove(facts: Facts, state: State, service: int) -> None:
    """Take all sessions of a service out."""
    for on in range(facts.days):
        if state.starts[service, on] >= 0:
            take_out(facts, state, service, on)


@compiled
def is_free(facts: Facts, state: State, service: int, on: int, start: int) -> bool:
    """Whether students, guests and rooms are free for a session, whoever gives it."""
    end, school = start + facts.services[service, MINUTES], facts.services[service, SCHOOL]
    for x in range(facts.apart_from[service], facts.apart_from[service + 1]):
        other = facts.apart_at[x]
        begin = state.starts[other, on]
        if begin >= 0 and begin < end and start < begin + facts.services[other, MINUTES]:
            return False
    if facts.services[service, TAKES_ROOM] and school >= 0 and facts.schools[school, SPACES] >= 0:
        for tick in range(start // facts.tick, -(-end // facts.tick)):
            if state.rooms[school, on, tick] >= facts.schools[school, SPACES]:
                return False
    return True


@compiled
def may_visit(facts: Facts, state: State, person: int, school: int) -> bool:
    """Whether one more school is within what the job class allows in a cycle."""
    if school < 0 or facts.schools[school, OFF_SITE] or state.visits[person, school] > 0:
        return True
    visited = 0
    for other in range(facts.schools.shape[0]):
        if state.visits[person, other] > 0 and not facts.schools[other, OFF_SITE]:
            visited += 1
    return bool(visited < facts.people[person, MOST_SCHOOLS])


@compiled
def _open(facts: Facts, state: State, service: int, person: int, on: int) -> int:
    """The shift in which somebody could give a session on a day: -1 where they cannot, whenever it
    is; MOVING where it depends on the time.
    """
    day, school = person * facts.days + on, facts.services[service, SCHOOL]
    if state.blocks[day] >= MOST_BLOCKS - 1 or (
        facts.services[service, IS_CONTACT]
        and state.contact[day] + facts.services[service, MINUTES]
        > facts.people[person, MOST_CONTACT]
    ):
        return NOTHING
    if facts.people[person, MOVES]:
        return MOVING
    for j in range(state.blocks[day]):
        if state.block[day, j, AT] >= 0 and state.block[day, j, AT] != school:
            return NOTHING
    duty = facts.pattern_duty[facts.pattern_from[person] + state.pattern[person], on]
    for x in range(facts.shift_from[day], facts.shift_from[day + 1]):
        if (
            facts.shifts[x, SHIFT_SCHOOL] == school
            and facts.shifts[x, SHIFT_DUTY] == duty
            and duty > 0
        ):
            return x
    return NOTHING


@compiled
def insert(facts: Facts, state: State, service: int) -> int:
    """Put a service in: its cheapest days with one adult, or with as few as it may have.

    Args:
        facts: What does not change.
        state: The timetable so far; the service is not in it.
        service: Which.

    Returns:
        How many sessions it has now: none, or no fewer than are worth giving.
    """
    first, last = facts.person_from[service], facts.person_from[service + 1]
    people, days = last - first, facts.days
    minutes, school = facts.services[service, MINUTES], facts.services[service, SCHOOL]
    cost = np.full((people, days), 1e9)
    begins = np.full((people, days), NOTHING)
    x_first, x_last = facts.start_from[service], facts.start_from[service + 1]
    free = np.zeros(x_last - x_first, np.bool_)
    for x in range(x_first, x_last):
        free[x - x_first] = is_free(
            facts, state, service, facts.starts[x, ON_DAY], facts.starts[x, AT_TIME]
        )
    contact = facts.services[service, IS_CONTACT]
    shifts = np.empty(days, np.int64)
    left = np.full((people, days), NO_LIMIT)
    for q in range(people):
        person = facts.person_at[first + q]
        if contact and facts.people[person, MOST_IN_WEEK] < NO_LIMIT:
            for on in range(days):
                left[q, on] = left_in_week(facts, state, person, on, minutes)
        if facts.people[person, MOST_SCHOOLS] < NO_LIMIT and not may_visit(
            facts, state, person, school
        ):
            continue
        for on in range(days):
            shifts[on] = _open(facts, state, service, person, on)
        for x in range(x_first, x_last):
            on, start = facts.starts[x, ON_DAY], facts.starts[x, AT_TIME]
            shift = shifts[on]
            if shift == NOTHING or not free[x - x_first]:
                continue
            end = start + minutes
            if shift >= 0 and (
                start < facts.shifts[shift, SHIFT_START] or end > facts.shifts[shift, SHIFT_END]
            ):
                continue
            day = person * days + on
            before, after = facts.starts[x, EDGES] & 1, facts.starts[x, EDGES] >> 1
            sessions, overlaps = 0, False
            for j in range(state.blocks[day]):
                begin, finish = state.block[day, j, BEGIN], state.block[day, j, END]
                if begin < end and start < finish:
                    overlaps = True
                    break
                if state.block[day, j, SERVICE] >= 0:
                    sessions += 1
                if finish == start:
                    before = 1
                if begin == end:
                    after = 1
            if overlaps:
                continue
            price = NOISE * np.random.random() - SNUG * (before + after)
            if sessions == 0 and facts.people[person, ROAMS]:
                price += OPENING * np.random.random()
            if price >= cost[q, on]:
                continue
            if shift == MOVING:
                shift = shift_of(facts, state, day, start, end, school)
            if shift >= 0 and waits_in(facts, state, day, start, end, school, contact, shift) >= 0:
                cost[q, on], begins[q, on] = price, start
    picked = chosen(facts, service, cost, begins, left)
    total = 0
    for on in range(days):
        if picked[on] >= 0:
            total += 1
    if total < facts.services[service, FEWEST] or total == 0:
        return 0
    for on in range(days):
        if picked[on] >= 0:
            person = facts.person_at[first + picked[on]]
            put(facts, state, service, person * days + on, begins[picked[on], on])
    return total


@compiled
def extend(facts: Facts, state: State, service: int) -> int:
    """Give a service more sessions, where it has some: by who gives it already, and by others as
    long as it may have more people.

    Args:
        facts: What does not change.
        state: The timetable so far.
        service: Which.

    Returns:
        How many sessions were added.
    """
    first, last = facts.person_from[service], facts.person_from[service + 1]
    minutes, school, days = (
        facts.services[service, MINUTES],
        facts.services[service, SCHOOL],
        facts.days,
    )
    gives = np.zeros(last - first, np.bool_)
    givers = 0
    for q in range(last - first):
        for on in range(days):
            if state.starts[service, on] >= 0 and (
                state.givers[service, on] == facts.person_at[first + q]
            ):
                if not gives[q]:
                    givers += 1
                gives[q] = True
    added = 0
    for x in range(facts.start_from[service], facts.start_from[service + 1]):
        on, start = facts.starts[x, ON_DAY], facts.starts[x, AT_TIME]
        if (
            state.given[service] >= facts.services[service, WANTED]
            or state.starts[service, on] >= 0
            or not is_free(facts, state, service, on, start)
        ):
            continue
        for turn in range(2):
            for q in range(last - first):
                person = facts.person_at[first + q]
                if (
                    state.starts[service, on] >= 0
                    or gives[q] == (turn == 1)
                    or (turn == 1 and givers >= facts.services[service, MOST_PEOPLE])
                    or state.blocks[person * days + on] >= MOST_BLOCKS - 1
                    or not may_visit(facts, state, person, school)
                    or (
                        facts.services[service, IS_CONTACT]
                        and left_in_week(facts, state, person, on, minutes) == 0
                    )
                ):
                    continue
                day = person * days + on
                if fits(
                    facts,
                    state,
                    day,
                    start,
                    start + minutes,
                    school,
                    facts.services[service, IS_CONTACT],
                ):
                    put(facts, state, service, day, start)
                    added += 1
                    if not gives[q]:
                        gives[q] = True
                        givers += 1
    return added
