"""Put services into the timetable, and take them out again."""

import numpy as np

from solver.timetable.construct.arrays import MOST_BLOCKS, NOTHING, Facts, State
from solver.timetable.construct.compiling import compiled
from solver.timetable.construct.day import fits, is_legal, shift_of

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
def put(facts: Facts, state: State, service: int, day: int, start: int) -> None:
    """Put a session into a person's day."""
    person = day // facts.days
    on = day - person * facts.days
    end, school = start + facts.minutes[service], facts.school[service]
    j = state.blocks[day]
    while j > 0 and state.begin[day, j - 1] > start:
        state.begin[day, j] = state.begin[day, j - 1]
        state.end[day, j] = state.end[day, j - 1]
        state.service[day, j] = state.service[day, j - 1]
        state.at[day, j] = state.at[day, j - 1]
        state.of_contact[day, j] = state.of_contact[day, j - 1]
        j -= 1
    state.begin[day, j], state.end[day, j] = start, end
    state.service[day, j], state.at[day, j] = service, school
    state.of_contact[day, j] = facts.contact[service]
    state.contact[day] += (end - start) * facts.contact[service]
    state.blocks[day] += 1
    state.starts[service, on], state.givers[service, on] = start, person
    state.given[service] += 1
    if school >= 0:
        state.visits[person, school] += 1
        if facts.takes_room[service]:
            for tick in range(start // facts.tick, -(-end // facts.tick)):
                state.rooms[school, on, tick] += 1


@compiled
def take_out(facts: Facts, state: State, service: int, on: int) -> None:
    """Take a service's session of a day out."""
    person, start = state.givers[service, on], state.starts[service, on]
    day, school = person * facts.days + on, facts.school[service]
    j = 0
    while state.begin[day, j] != start or state.service[day, j] != service:
        j += 1
    for i in range(j, state.blocks[day] - 1):
        state.begin[day, i] = state.begin[day, i + 1]
        state.end[day, i] = state.end[day, i + 1]
        state.service[day, i] = state.service[day, i + 1]
        state.at[day, i] = state.at[day, i + 1]
        state.of_contact[day, i] = state.of_contact[day, i + 1]
    state.contact[day] -= facts.minutes[service] * facts.contact[service]
    state.blocks[day] -= 1
    state.starts[service, on] = state.givers[service, on] = NOTHING
    state.given[service] -= 1
    if school >= 0:
        state.visits[person, school] -= 1
        if facts.takes_room[service]:
            end = start + facts.minutes[service]
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
    end, school = start + facts.minutes[service], facts.school[service]
    for x in range(facts.apart_from[service], facts.apart_from[service + 1]):
        other = facts.apart_at[x]
        begin = state.starts[other, on]
        if begin >= 0 and begin < end and start < begin + facts.minutes[other]:
            return False
    if facts.takes_room[service] and school >= 0 and facts.spaces[school] >= 0:
        for tick in range(start // facts.tick, -(-end // facts.tick)):
            if state.rooms[school, on, tick] >= facts.spaces[school]:
                return False
    return True


@compiled
def may_visit(facts: Facts, state: State, person: int, school: int) -> bool:
    """Whether one more school is within what the job class allows in a cycle."""
    if school < 0 or facts.off_site[school] or state.visits[person, school] > 0:
        return True
    visited = 0
    for other in range(facts.spaces.shape[0]):
        if state.visits[person, other] > 0 and not facts.off_site[other]:
            visited += 1
    return bool(visited < facts.most_schools[person])


@compiled
def _open(facts: Facts, state: State, service: int, person: int, on: int) -> int:
    """The shift in which somebody could give a session on a day: -1 where they cannot, whenever it
    is; MOVING where it depends on the time.
    """
    day, school = person * facts.days + on, facts.school[service]
    if state.blocks[day] >= MOST_BLOCKS - 1 or (
        facts.contact[service]
        and state.contact[day] + facts.minutes[service] > facts.most_contact[person]
    ):
        return NOTHING
    if facts.moves[person]:
        return MOVING
    for j in range(state.blocks[day]):
        if state.at[day, j] >= 0 and state.at[day, j] != school:
            return NOTHING
    duty = facts.pattern_duty[facts.pattern_from[person] + state.pattern[person], on]
    for x in range(facts.shift_from[day], facts.shift_from[day + 1]):
        if facts.shift_school[x] == school and facts.shift_duty[x] == duty and duty > 0:
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
    minutes, school = facts.minutes[service], facts.school[service]
    cost = np.full((people, days), 1e9)
    begins = np.full((people, days), NOTHING)
    x_first, x_last = facts.start_from[service], facts.start_from[service + 1]
    free = np.zeros(x_last - x_first, np.bool_)
    for x in range(x_first, x_last):
        free[x - x_first] = is_free(facts, state, service, facts.start_day[x], facts.start_at[x])
    contact = facts.contact[service]
    shifts = np.empty(days, np.int64)
    for q in range(people):
        person = facts.person_at[first + q]
        if facts.most_schools[person] < 1 << 20 and not may_visit(facts, state, person, school):
            continue
        for on in range(days):
            shifts[on] = _open(facts, state, service, person, on)
        for x in range(x_first, x_last):
            on, start = facts.start_day[x], facts.start_at[x]
            shift = shifts[on]
            if shift == NOTHING or not free[x - x_first]:
                continue
            end = start + minutes
            if shift >= 0 and (start < facts.shift_start[shift] or end > facts.shift_end[shift]):
                continue
            day = person * days + on
            before, after = facts.start_edges[x] & 1, facts.start_edges[x] >> 1
            sessions, overlaps = 0, False
            for j in range(state.blocks[day]):
                begin, finish = state.begin[day, j], state.end[day, j]
                if begin < end and start < finish:
                    overlaps = True
                    break
                if state.service[day, j] >= 0:
                    sessions += 1
                if finish == start:
                    before = 1
                if begin == end:
                    after = 1
            if overlaps:
                continue
            price = NOISE * np.random.random() - SNUG * (before + after)
            if sessions == 0 and facts.roams[person]:
                price += OPENING * np.random.random()
            if price >= cost[q, on]:
                continue
            if shift == MOVING:
                shift = shift_of(facts, state, day, start, end, school)
            if shift >= 0 and is_legal(facts, state, day, start, end, school, contact, shift):
                cost[q, on], begins[q, on] = price, start
    chosen = _chosen(facts, service, cost, begins)
    total = 0
    for on in range(days):
        if chosen[on] >= 0:
            total += 1
    if total < facts.fewest[service] or total == 0:
        return 0
    for on in range(days):
        if chosen[on] >= 0:
            person = facts.person_at[first + chosen[on]]
            put(facts, state, service, person * days + on, begins[chosen[on], on])
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
    minutes, school, days = facts.minutes[service], facts.school[service], facts.days
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
        on, start = facts.start_day[x], facts.start_at[x]
        if (
            state.given[service] >= facts.wanted[service]
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
                    or (turn == 1 and givers >= facts.most_people[service])
                    or state.blocks[person * days + on] >= MOST_BLOCKS - 1
                    or not may_visit(facts, state, person, school)
                ):
                    continue
                day = person * days + on
                if fits(facts, state, day, start, start + minutes, school, facts.contact[service]):
                    put(facts, state, service, day, start)
                    added += 1
                    if not gives[q]:
                        gives[q] = True
                        givers += 1
    return added


@compiled
def _chosen(facts, service, cost, begins):  # type: ignore[no-untyped-def]
    """Who gives the service on each day: the person with most of the days, and where several may
    give it, those who add most to them.
    """
    people, days = cost.shape
    wanted, most_people = facts.wanted[service], facts.most_people[service]
    best, best_count, best_price = np.full(days, NOTHING), 0, 1e18
    for q in range(people):
        able = 0
        for on in range(days):
            if begins[q, on] >= 0:
                able += 1
        if most_people == 1 and min(able, wanted) < best_count:
            continue
        picked, count, price = np.full(days, NOTHING), 0, 0.0
        order = np.argsort(cost[q]) if able > wanted else np.arange(days)
        for i in range(days):
            on = order[i]
            if begins[q, on] >= 0 and count < wanted:
                picked[on] = q
                count += 1
                price += cost[q, on]
        used = 1
        while count and count < wanted and used < most_people:
            other, gain = NOTHING, 0.0
            for r in range(people):
                more = 0.0
                for on in range(days):
                    if picked[on] < 0 and begins[r, on] >= 0:
                        more += 1 - 1e-3 * cost[r, on]
                if more > gain:
                    other, gain = r, more
            if other < 0:
                break
            order = np.argsort(cost[other])
            for i in range(days):
                on = order[i]
                if picked[on] < 0 and begins[other, on] >= 0 and count < wanted:
                    picked[on] = other
                    count += 1
                    price += cost[other, on] + 1.0
            used += 1
        if count > best_count or (count == best_count and count and price < best_price):
            best, best_count, best_price = picked, count, price
    return best
