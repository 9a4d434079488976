"""Choose who gives a service on which days, of those who can."""

import numpy as np

from solver.timetable.construct.arrays import (
    MOST_IN_WEEK,
    MOST_PEOPLE,
    NO_LIMIT,
    NOTHING,
    WANTED,
    Facts,
    Floats,
    Ints,
    State,
)
from solver.timetable.construct.compiling import compiled


@compiled
def sort(keys: Floats, order: Ints, count: int) -> None:
    """Write into `order` the places of the first so many keys, the smallest first (heapsort)."""
    for i in range(count):
        order[i] = i
    size, first = count, count // 2
    while size > 1:
        if first > 0:
            first -= 1
        else:
            size -= 1
            order[0], order[size] = order[size], order[0]
        i = first
        while 2 * i + 1 < size:
            j = 2 * i + 1
            if j + 1 < size and keys[order[j]] < keys[order[j + 1]]:
                j += 1
            if keys[order[j]] <= keys[order[i]]:
                break
            order[i], order[j] = order[j], order[i]
            i = j


@compiled
def left_in_week(facts: Facts, state: State, person: int, on: int, minutes: int) -> int:
    """How many more groups of so many minutes somebody may give in the week of a day."""
    most = facts.people[person, MOST_IN_WEEK]
    if most == NO_LIMIT:
        return NO_LIMIT
    for other in range(facts.days):
        if facts.week[other] == facts.week[on]:
            most -= state.contact[person * facts.days + other]
    return int(max(0, most) // minutes)


@compiled
def chosen(facts, service, cost, begins, left):  # type: ignore[no-untyped-def]
    """Who gives the service on each day: the person with most of the days, and where several may
    give it, those who add most to them; nobody more often in a week than is left to them.
    """
    people, days = cost.shape
    wanted, most_people = facts.services[service, WANTED], facts.services[service, MOST_PEOPLE]
    best, best_count, best_price = np.full(days, NOTHING), 0, 1e18
    order = np.empty(days, np.int64)
    for q in range(people):
        able = 0
        for on in range(days):
            if begins[q, on] >= 0:
                able += 1
        if most_people == 1 and min(able, wanted) < best_count:
            continue
        picked, count, price = np.full(days, NOTHING), 0, 0.0
        taken = np.zeros(days, np.int64)
        sort(cost[q], order, days)
        for i in range(days):
            on = order[i]
            if begins[q, on] >= 0 and count < wanted and taken[facts.week[on]] < left[q, on]:
                picked[on] = q
                count += 1
                price += cost[q, on]
                taken[facts.week[on]] += 1
        used = 1
        while count and count < wanted and used < most_people:
            other, gain = NOTHING, 0.0
            for r in range(people):
                more = 0.0
                for on in range(days):
                    if picked[on] == r:
                        more = 0.0
                        break
                    if left[r, on] > 0 and picked[on] < 0 and begins[r, on] >= 0:
                        more += 1 - 1e-3 * cost[r, on]
                if more > gain:
                    other, gain = r, more
            if other < 0:
                break
            for week in range(days):
                taken[week] = 0
            sort(cost[other], order, days)
            for i in range(days):
                on = order[i]
                if (
                    picked[on] < 0
                    and begins[other, on] >= 0
                    and count < wanted
                    and taken[facts.week[on]] < left[other, on]
                ):
                    picked[on] = other
                    count += 1
                    price += cost[other, on] + 1.0
                    taken[facts.week[on]] += 1
            used += 1
        if count > best_count or (count == best_count and count and price < best_price):
            best, best_count, best_price = picked, count, price
    return best
