"""Put a bundle into the timetable: sessions that go in and out as one.

A bundle's rows are, for each session that a day may have, the seats of those who take part at the
same time: the adults and attendees of one service, and of all groups that meet together. Services
alone, which are most, have a faster way of their own (`placing.insert`).
"""

import numpy as np

from solver.timetable.construct.arrays import (
    AFTER,
    AT_TIME,
    BEGIN,
    BUNDLE,
    DAY_MINUTES,
    EDGES,
    END,
    FEWEST,
    IS_CONTACT,
    MINUTES,
    MOST_BLOCKS,
    MOST_PEOPLE,
    NO_LIMIT,
    NOTHING,
    ON_DAY,
    ROAMS,
    ROWS,
    SCHOOL,
    SEATS,
    WAITS,
    WANTED,
    Facts,
    Ints,
    State,
)
from solver.timetable.construct.choosing import left_in_week, sort
from solver.timetable.construct.compiling import compiled
from solver.timetable.construct.day import fits
from solver.timetable.construct.placing import (
    NOISE,
    OPENING,
    SNUG,
    is_free,
    may_visit,
    put,
    remove,
    take_out,
)
from solver.timetable.construct.tally import row_of


@compiled
def _may_take(facts: Facts, state: State, row: int, person: int, on: int, start: int) -> bool:
    """Whether somebody may have a seat then, whatever its students and guests do."""
    day, minutes = person * facts.days + on, facts.services[row, MINUTES]
    school, contact = facts.services[row, SCHOOL], facts.services[row, IS_CONTACT]
    return bool(
        state.blocks[day] < MOST_BLOCKS - 1
        and may_visit(facts, state, person, school)
        and not (contact and left_in_week(facts, state, person, on, minutes) == 0)
        and fits(facts, state, day, start, start + minutes, school, contact)
    )


@compiled
def _ended(facts: Facts, state: State, bundle: int, moment: int) -> int:
    """How many sessions for which a duty waits have ended by a minute of the cycle."""
    many, earlier = 0, facts.services[bundle, AFTER]
    for y in range(facts.ended_from[bundle], facts.ended_from[bundle + 1]):
        if facts.ended_at[y] <= moment:
            many += 1
    if earlier >= 0:
        last = facts.services[earlier, BUNDLE] + facts.services[earlier, ROWS]
        for row in range(earlier, last, max(1, facts.services[earlier, SEATS])):
            for on in range(facts.days):
                start = state.starts[row, on]
                end = on * DAY_MINUTES + start + facts.services[row, MINUTES]
                if start >= 0 and end <= moment:
                    many += 1
    return many


@compiled
def _in_order(facts: Facts, state: State, bundle: int, on: int, start: int) -> bool:
    """Whether one more session leaves each of the duty's sessions as many ended before it as the
    rule on order asks for.
    """
    if facts.services[bundle, WAITS] == 0:
        return True
    moment, seats = on * DAY_MINUTES + start, facts.services[bundle, SEATS]
    last, before = bundle + facts.services[bundle, ROWS], 0
    for row in range(bundle, last, seats):
        for day in range(facts.days):
            if state.starts[row, day] >= 0 and day * DAY_MINUTES + state.starts[row, day] < moment:
                before += 1
    if _ended(facts, state, bundle, moment) < before + 1:
        return False
    for row in range(bundle, last, seats):
        for day in range(facts.days):
            then = day * DAY_MINUTES + state.starts[row, day]
            if state.starts[row, day] < 0 or then < moment:
                continue
            earlier = 1
            for other in range(bundle, last, seats):
                for on_day in range(facts.days):
                    begin = state.starts[other, on_day]
                    if begin >= 0 and on_day * DAY_MINUTES + begin <= then:
                        earlier += 1
            if _ended(facts, state, bundle, then) < earlier:
                return False
    return True


@compiled
def _takers(facts: Facts, state: State, bundle: int, ok: Ints, people: Ints) -> bool:
    """Choose one person for each seat: those with fewest to choose from first, each who can come on
    most days together with those who are chosen already.

    Args:
        facts: What does not change.
        state: The timetable so far; the bundle is not in it.
        bundle: Its first row.
        ok: Which of its starts are possible; those that are not for somebody chosen are taken out.
        people: Room for who has each seat.

    Returns:
        Whether each seat has somebody.
    """
    seats = facts.services[bundle, SEATS]
    first, count = facts.start_from[bundle], len(ok)
    turns = facts.services[bundle, ROWS] // seats
    mask, best_mask = np.zeros(count, np.int64), np.zeros(count, np.int64)
    on_day = np.zeros(facts.days, np.int64)
    for seat in range(seats):
        people[seat] = NOTHING
    for _ in range(seats):
        seat, fewest = NOTHING, 1 << 30
        for other in range(seats):
            many = facts.person_from[bundle + other + 1] - facts.person_from[bundle + other]
            if people[other] < 0 and many < fewest:
                seat, fewest = other, many
        row = bundle + seat
        best, best_days = NOTHING, 0.0
        for q in range(facts.person_from[row], facts.person_from[row + 1]):
            person, taken = facts.person_at[q], False
            for other in range(seats):
                taken = taken or people[other] == person
            if taken:
                continue
            for on in range(facts.days):
                on_day[on] = 0
            for x in range(count):
                on, start = facts.starts[first + x, ON_DAY], facts.starts[first + x, AT_TIME]
                mask[x] = ok[x] and _may_take(facts, state, row, person, on, start)
                on_day[on] += mask[x]
            days = 0.5 * np.random.random()
            for on in range(facts.days):
                days += min(turns, on_day[on])
            if days >= 1 and days > best_days:
                best, best_days = person, days
                for x in range(count):
                    best_mask[x] = mask[x]
        if best < 0:
            return False
        people[seat] = best
        # Who is owed fewer sessions than the first need not come to all of them.
        if facts.services[row, WANTED] in (0, facts.services[bundle, WANTED]):
            for x in range(count):
                ok[x] = best_mask[x]
    return True


@compiled
def _snugness(facts: Facts, state: State, bundle: int, people: Ints, x: int) -> float:
    """What a start costs: less where the sessions touch other work or an edge of the window."""
    seats = facts.services[bundle, SEATS]
    on, start = facts.starts[x, ON_DAY], facts.starts[x, AT_TIME]
    price = NOISE * np.random.random()
    for seat in range(seats):
        row, day = bundle + seat, people[seat] * facts.days + on
        end = start + facts.services[row, MINUTES]
        before, after = facts.starts[x, EDGES] & 1, facts.starts[x, EDGES] >> 1
        for j in range(state.blocks[day]):
            if state.block[day, j, END] == start:
                before = 1
            if state.block[day, j, BEGIN] == end:
                after = 1
        price -= SNUG * (before + after) / seats
        if (
            state.blocks[day] == 0
            and facts.people[people[seat], ROAMS]
            and facts.services[row, SCHOOL] >= 0
        ):
            price += OPENING * np.random.random() / seats
    return price


@compiled
def _place(
    facts: Facts, state: State, bundle: int, people: Ints, turn: int, on: int, start: int
) -> bool:
    """Put one session in, with everybody who still has to come; or nothing of it."""
    seats = facts.services[bundle, SEATS]
    takes_part, there = True, True
    if not _in_order(facts, state, bundle, on, start):
        return False
    for seat in range(seats):
        row, base = bundle + turn * seats + seat, bundle + seat
        leads = facts.services[base, WANTED] > 0
        if leads:
            takes_part = state.given[base] < facts.services[base, WANTED]
        if not takes_part:
            continue
        there = not leads or (
            row_of(facts, base, on, start) >= 0 and is_free(facts, state, row, on, start)
        )
        person = people[seat]
        if there and not _may_take(facts, state, row, person, on, start):
            person = NOTHING
            # A duty may have other people each time.
            if facts.services[base, MOST_PEOPLE] == NO_LIMIT:
                for q in range(facts.person_from[base], facts.person_from[base + 1]):
                    other = facts.person_at[q]
                    if person < 0 and _may_take(facts, state, row, other, on, start):
                        person = other
            there = person >= 0
        if not there:
            break
        put(facts, state, row, person * facts.days + on, start)
    if not there:
        for seat in range(seats):
            row = bundle + turn * seats + seat
            if state.starts[row, on] >= 0:
                take_out(facts, state, row, on)
    return there


@compiled
def _is_enough(facts: Facts, state: State, bundle: int) -> bool:
    """Whether each service of a bundle has as many sessions as are worth giving."""
    for row in range(bundle, bundle + facts.services[bundle, SEATS]):
        if facts.services[row, WANTED] > 0 and (
            state.given[row] < max(1, facts.services[row, FEWEST])
        ):
            return False
    return True


@compiled
def insert_bundle(facts: Facts, state: State, bundle: int) -> None:
    """Put a bundle in: its cheapest times with the people who can come to most of them.

    Args:
        facts: What does not change.
        state: The timetable so far; the bundle is not in it. Afterwards each of its services has
            no fewer sessions than are worth giving, or none of them has any.
        bundle: Its first row.
    """
    seats = facts.services[bundle, SEATS]
    turns = facts.services[bundle, ROWS] // seats
    first = facts.start_from[bundle]
    count = facts.start_from[bundle + 1] - first
    ok, people = np.zeros(count, np.int64), np.empty(seats, np.int64)
    for x in range(count):
        on, start = facts.starts[first + x, ON_DAY], facts.starts[first + x, AT_TIME]
        ok[x] = _in_order(facts, state, bundle, on, start)
        for row in range(bundle, bundle + seats):
            if facts.services[row, WANTED] == facts.services[bundle, WANTED] and not (
                row_of(facts, row, on, start) >= 0 and is_free(facts, state, row, on, start)
            ):
                ok[x] = 0
                break
    if not _takers(facts, state, bundle, ok, people):
        return
    keys, order = np.empty(count), np.empty(count, np.int64)
    for x in range(count):
        keys[x] = _snugness(facts, state, bundle, people, first + x)
    sort(keys, order, count)
    many_people = facts.services[bundle, MOST_PEOPLE] == NO_LIMIT
    # Who is owed fewer sessions may not come at a time that is good enough once they have theirs.
    for _ in range(2):
        for i in range(count):
            if state.given[bundle] == facts.services[bundle, WANTED]:
                break
            x = order[i]
            if not (ok[x] or many_people):
                continue
            on, start = facts.starts[first + x, ON_DAY], facts.starts[first + x, AT_TIME]
            for turn in range(turns):
                if state.starts[bundle + turn * seats, on] < 0:
                    _place(facts, state, bundle, people, turn, on, start)
                    break
    if not _is_enough(facts, state, bundle):
        for row in range(bundle, bundle + facts.services[bundle, ROWS]):
            remove(facts, state, row)


@compiled
def is_in(facts: Facts, state: State, service: int) -> bool:
    """Whether a row's bundle has a session."""
    bundle, sessions = facts.services[service, BUNDLE], 0
    for row in range(bundle, bundle + facts.services[bundle, ROWS]):
        sessions += state.given[row]
    return bool(sessions > 0)
