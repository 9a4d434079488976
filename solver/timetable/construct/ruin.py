"""Ruin and recreate: take out some of what is in the way of something left out, put all back in
another order, keep what is no worse.

A little worse is kept, too, less and less often (annealing), so that it gets out of dead ends.
"""

import numpy as np

from solver.timetable.construct.arrays import (
    AFTER,
    AT_TIME,
    BEGIN,
    BUNDLE,
    END,
    MINUTES,
    NOTHING,
    ON_DAY,
    SEATS,
    SERVICE,
    WAITS,
    WANTED,
    WEIGHT,
    Bools,
    Facts,
    Floats,
    Ints,
    State,
)
from solver.timetable.construct.bundle import insert_bundle, is_in
from solver.timetable.construct.choosing import sort
from solver.timetable.construct.compiling import compiled
from solver.timetable.construct.placing import insert, put, remove

MOST_OUT = 60
"""The most services that are taken out in a round."""
WANTING = 0.85
"""How often a round begins at something that is left out, where there is something."""
FIRST = 0.5
"""How often what a round begins at is put in before the rest."""
ONE_DAY = 0.3
"""How often only one day of somebody is taken out."""
OTHER_DAYS = 0.3
"""How often somebody whose contract leaves a choice of days gets others."""
FURTHER = 0.3
"""How often somebody is chosen who could give something that is taken out."""
SELDOM, ALWAYS = 0.2, 20.0
"""By how much a round counts what a service lacks: this much, and as many times as long as it was
left out until now as others were on the mean, up to so many times. What is always left out is hard
to fit in, and goes in at the cost of what will find another place (the rule of absences of Slack
Induction by String Removals, Christiaens and Vanden Berghe 2020). Without it, the mean of four
planted regions of twelve schools at 95 % load lacks twice as much after half a minute.
"""
SOONER = 0.5
"""How often a round begins at the duty for which the one waits at which it would begin."""
CLEARED = 0.7
"""How often, where a round begins at a bundle, a time is cleared for it: of many people, hardly one
is ever free by chance.
"""


@compiled
def below(many: int) -> int:
    """A whole number from 0 to one less, by chance; alike in compiled and in plain Python."""
    return int(np.random.random() * many)


@compiled
def lacks(facts: Facts, state: State, service: int) -> int:
    """What the sessions of a service that are not given are worth."""
    wanted, weight = facts.services[service, WANTED], facts.services[service, WEIGHT]
    return int((wanted - state.given[service]) * weight)


@compiled
def missing(facts: Facts, state: State) -> int:
    """What all sessions that are not given are worth."""
    total = 0
    for service in range(facts.services.shape[0]):
        total += lacks(facts, state, service)
    return total


@compiled
def hardness(facts: Facts, service: int) -> float:
    """How early a service goes in: what weighs much and has few ways."""
    ways = (facts.start_from[service + 1] - facts.start_from[service]) * (
        facts.person_from[service + 1] - facts.person_from[service]
    )
    many = max(1, facts.services[service, SEATS])
    return float(many * (facts.services[service, WEIGHT] + 0.01) * (1 + 20.0 / (1 + ways / 10)))


@compiled
def _insert(facts: Facts, state: State, service: int) -> None:
    """Put a service or a bundle in; nothing where it is not the bundle's first row."""
    if facts.services[service, SEATS] == 0:
        insert(facts, state, service)
    elif facts.services[service, BUNDLE] == service:
        insert_bundle(facts, state, service)


@compiled
def _add(facts: Facts, service: int, out: Ints, is_out: Bools, count: int) -> int:
    """Write a service among what is taken out, with what goes out along with it, where it finds
    room.

    Returns:
        How many that are now.
    """
    first, last = facts.along_from[service], facts.along_from[service + 1]
    if is_out[service] or count + last - first > len(out):
        return count
    for x in range(first, last):
        row = facts.along_at[x]
        if not is_out[row]:
            out[count] = row
            is_out[row] = True
            count += 1
    return count


@compiled
def _clear(facts: Facts, state: State, bundle: int, out: Ints, is_out: Bools, count: int) -> int:
    """Take out what is in the way of a bundle at one of its times: what its students and guests
    are in, and what one person does for each seat.

    Args:
        facts: What does not change.
        state: The timetable so far.
        bundle: The bundle's first row.
        out: What is taken out.
        is_out: Whether a row is among it.
        count: How many rows are.

    Returns:
        How many rows are now.
    """
    many = facts.start_from[bundle + 1] - facts.start_from[bundle]
    if many == 0:
        return count
    x = facts.start_from[bundle] + below(many)
    on, start = facts.starts[x, ON_DAY], facts.starts[x, AT_TIME]
    for row in range(bundle, bundle + facts.services[bundle, SEATS]):
        end = start + facts.services[row, MINUTES]
        for y in range(facts.apart_from[row], facts.apart_from[row + 1]):
            other = facts.apart_at[y]
            begin = state.starts[other, on]
            if begin >= 0 and begin < end and start < begin + facts.services[other, MINUTES]:
                count = _add(facts, other, out, is_out, count)
        able = facts.person_from[row + 1] - facts.person_from[row]
        if able == 0:
            continue
        day = facts.person_at[facts.person_from[row] + below(able)] * facts.days + on
        for j in range(state.blocks[day]):
            service = state.block[day, j, SERVICE]
            if (
                service >= 0
                and state.block[day, j, BEGIN] < end
                and start < state.block[day, j, END]
            ):
                count = _add(facts, service, out, is_out, count)
    return count


@compiled
def fill(facts: Facts, state: State, seed: int) -> None:
    """Put in what can be put in, the harder first."""
    np.random.seed(seed)
    services = facts.services.shape[0]
    keys, order = np.empty(services), np.empty(services, np.int64)
    for service in range(services):
        keys[service] = -hardness(facts, service) * (0.7 + 0.6 * np.random.random())
        if facts.services[service, WAITS] > 0:
            keys[service] = facts.services[service, WAITS]
    sort(keys, order, services)
    for i in range(services):
        if not is_in(facts, state, order[i]):
            _insert(facts, state, order[i])


@compiled
def improve(
    facts: Facts,
    state: State,
    best_starts: Ints,
    best_givers: Ints,
    best_pattern: Ints,
    absent: Floats,
    best: int,
    seed: int,
    rounds: int,
    warm: float,
    cool: float,
) -> int:
    """So many rounds of ruin and recreate.

    Args:
        facts: What does not change.
        state: The timetable so far; changed.
        best_starts: The best timetable's starts; changed where a better one is found.
        best_givers: Who gives them.
        best_pattern: Everybody's pattern of days in it.
        absent: In how many rounds each service was left out until now; counted further.
        best: What is missing in it, by weight.
        seed: Of all chance.
        rounds: How many.
        warm: By how much a round may be worse at first (a temperature, in weight).
        cool: And at the end.

    Returns:
        What is missing in the best timetable.
    """
    np.random.seed(seed)
    services, days = facts.services.shape[0], facts.days
    people = facts.people.shape[0]
    lacking = missing(facts, state)
    room = 4 * MOST_OUT + 2 * facts.most_along
    out = np.empty(room, np.int64)
    is_out = np.zeros(services, np.bool_)
    old_starts = np.empty((room, days), np.int64)
    old_givers = np.empty((room, days), np.int64)
    keys, order = np.empty(room), np.empty(room, np.int64)
    wanting = np.empty(services, np.int64)
    asked = np.zeros(people, np.bool_)
    near = np.empty(8, np.int64)
    mean = 0.0
    ever = 0
    for service in range(services):
        if absent[service] > 0:
            mean += absent[service]
            ever += 1
    mean = mean / ever if ever else 1.0
    for number in range(rounds):
        if best <= 0:
            break
        temperature = warm * (cool / warm) ** (number / rounds)
        many = 0
        for service in range(services):
            if (
                state.given[service] < facts.services[service, WANTED]
                and facts.person_from[service + 1] > facts.person_from[service]
                and facts.start_from[service + 1] > facts.start_from[service]
            ):
                wanting[many] = service
                absent[service] += 1
                many += 1
        begins = many and np.random.random() < WANTING
        wanted = wanting[below(many)] if begins else below(services)
        if facts.services[wanted, AFTER] >= 0 and np.random.random() < SOONER:
            wanted = facts.services[wanted, AFTER]
        first = facts.person_from[wanted]
        able = facts.person_from[wanted + 1] - first
        if able == 0:
            continue
        # -- what goes out
        count = _add(facts, wanted, out, is_out, 0)
        found = 0
        share = 0.25 * 2 ** below(3)
        turned, old_pattern = NOTHING, 0
        for _ in range(1 + below(3)):
            # One who could give what a round begins at, or one who could give what the first of
            # them gives: work may have to go on from school to school.
            base = out[below(count)] if np.random.random() < FURTHER else wanted
            if base == wanted and facts.services[wanted, SEATS] > 1:
                base = facts.services[wanted, BUNDLE] + below(facts.services[wanted, SEATS])
            choices = facts.person_from[base + 1] - facts.person_from[base]
            if choices == 0:
                continue
            person = facts.person_at[facts.person_from[base] + below(choices)]
            if asked[person]:
                continue
            asked[person] = True
            near[found] = person
            found += 1
            choice = facts.pattern_from[person + 1] - facts.pattern_from[person]
            whole = cleared = turned < 0 and choice > 1 and np.random.random() < OTHER_DAYS
            only = below(days) if np.random.random() < ONE_DAY and not whole else -1
            for on in range(days):
                if only >= 0 and on != only:
                    continue
                day = person * days + on
                for j in range(state.blocks[day]):
                    service = state.block[day, j, SERVICE]
                    if (
                        service >= 0
                        and not is_out[service]
                        and count < (4 * MOST_OUT if whole else MOST_OUT)
                        and (whole or np.random.random() < share)
                    ):
                        count = _add(facts, service, out, is_out, count)
                    if service >= 0 and not is_out[service]:
                        cleared = False
            if cleared:
                turned, old_pattern = person, state.pattern[person]
        for z in range(found):
            asked[near[z]] = False
        if facts.services[wanted, SEATS] > 0 and np.random.random() < CLEARED:
            for _ in range(1 + below(3)):
                if count < MOST_OUT:
                    bundle = facts.services[wanted, BUNDLE]
                    count = _clear(facts, state, bundle, out, is_out, count)
        before, harm = 0, 0.0
        for i in range(count):
            service = out[i]
            lacked = (facts.services[service, WANTED] - state.given[service]) * facts.services[
                service, WEIGHT
            ]
            before += lacked
            harm -= lacked * (SELDOM + min(ALWAYS, absent[service] / mean))
            for on in range(days):
                old_starts[i, on] = state.starts[service, on]
                old_givers[i, on] = state.givers[service, on]
            remove(facts, state, service)
        if turned >= 0:
            state.pattern[turned] = below(
                facts.pattern_from[turned + 1] - facts.pattern_from[turned]
            )
        # -- and in again
        early = np.random.random() < FIRST
        for i in range(count):
            keys[i] = -hardness(facts, out[i]) * (0.5 + np.random.random())
            if facts.services[out[i], WAITS] > 0:
                keys[i] = facts.services[out[i], WAITS]
        if early and (
            facts.services[out[0], AFTER] < 0 or not is_out[facts.services[out[0], AFTER]]
        ):
            keys[0] = -1e18
        after = 0
        sort(keys, order, count)
        for i in range(count):
            _insert(facts, state, out[order[i]])
        for i in range(count):
            service = out[i]
            lacked = (facts.services[service, WANTED] - state.given[service]) * facts.services[
                service, WEIGHT
            ]
            after += lacked
            harm += lacked * (SELDOM + min(ALWAYS, absent[service] / mean))
        worse = after - before
        if harm <= 0 or np.random.random() < np.exp(-harm / temperature):
            lacking += worse
            if lacking < best:
                best = lacking
                # One by one, here and above: to assign or sort whole arrays takes the compiler
                # ten seconds, for what it would say were their shapes unlike.
                for person in range(people):
                    best_pattern[person] = state.pattern[person]
                for service in range(services):
                    for on in range(days):
                        best_starts[service, on] = state.starts[service, on]
                        best_givers[service, on] = state.givers[service, on]
        else:
            for i in range(count):
                remove(facts, state, out[i])
            if turned >= 0:
                state.pattern[turned] = old_pattern
            for i in range(count):
                service = out[i]
                for on in range(days):
                    if old_starts[i, on] >= 0:
                        put(facts, state, service, old_givers[i, on] * days + on, old_starts[i, on])
        for i in range(count):
            is_out[out[i]] = False
    return best
