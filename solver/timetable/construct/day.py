"""Whether one more session fits into somebody's day: shift, contact, pauses, lunch, preparation.

It walks through the day's blocks once, with the new one among them, and counts idle minutes as it
goes. What it says is what the checker would say of lunch, preparation, pauses, contact and ways
between schools, and what the goal would say of idle time; tests have both judge the plans of random
districts.
"""

from solver.timetable.construct.arrays import (
    AT,
    BEGIN,
    BUSY,
    END,
    LUNCH,
    LUNCH_FROM,
    LUNCH_TO,
    MAY_WAIT,
    MOST_CONTACT,
    MOST_ON_END,
    MOST_WORK,
    MOST_WORK_ON_END,
    MOVES,
    NOTHING,
    OF_CONTACT,
    PAUSE,
    PREPARES,
    REST,
    SERVICE,
    SHIFT_DUTY,
    SHIFT_END,
    SHIFT_SCHOOL,
    SHIFT_START,
    Facts,
    State,
)
from solver.timetable.construct.compiling import compiled

NO_LUNCH = -(1 << 20)
"""In place of what a lunch leaves of preparation: there is none."""


@compiled
def fits(
    facts: Facts, state: State, day: int, start: int, end: int, school: int, contact: int
) -> bool:
    """Whether the day is legal with one more session (or as it is, where start is -1).

    Args:
        facts: What does not change.
        state: The timetable so far.
        day: A person's day.
        start: When the session begins.
        end: When it ends.
        school: Where it is; -1 for nowhere in particular, -2 for anywhere inside the shift.
        contact: Whether its minutes are contact.

    Returns:
        Whether nothing overlaps, it lies in a shift, ways between schools are short enough, and
        lunch, preparation, pauses and limits of contact still hold.
    """
    count = state.blocks[day]
    if start >= 0:
        for j in range(count):
            if state.block[day, j, BEGIN] < end and start < state.block[day, j, END]:
                return False
    return waits(facts, state, day, start, end, school, contact) >= 0


@compiled
def waits(
    facts: Facts, state: State, day: int, start: int, end: int, school: int, contact: int
) -> int:
    """The idle minutes that a day has with one more session (or as it is, where start is -1).

    Returns:
        Minutes beyond the preparation that is due, with lunch where it leaves the fewest; -1 where
        the day would not be legal. Whether the session overlaps others is not looked at.
    """
    shift = shift_of(facts, state, day, start, end, school)
    if shift < 0:
        return NOTHING
    return waits_in(facts, state, day, start, end, school, contact, shift)


@compiled
def shift_of(facts: Facts, state: State, day: int, start: int, end: int, school: int) -> int:
    """The shift that the day has with one more session: it begins at the first session's school.

    Returns:
        Its number; -1 where there is none, or the work lies outside of it.
    """
    count = state.blocks[day]
    first, first_at, first_start, last_end = NOTHING, 1 << 30, 1 << 30, 0
    if school != NOTHING:
        first_start, last_end = start, end
        if school >= 0:
            first, first_at = school, start
    for j in range(count):
        where = state.block[day, j, AT]
        if where != NOTHING:
            begin = state.block[day, j, BEGIN]
            if begin < first_start:
                first_start = begin
            if where >= 0 and begin < first_at:
                first, first_at = where, begin
            if state.block[day, j, END] > last_end:
                last_end = state.block[day, j, END]
    person = day // facts.days
    duty = facts.pattern_duty[
        facts.pattern_from[person] + state.pattern[person], day - person * facts.days
    ]
    if duty == 0:
        return NOTHING
    for x in range(facts.shift_from[day], facts.shift_from[day + 1]):
        if (
            facts.shifts[x, SHIFT_DUTY] == duty
            and (first == NOTHING or facts.shifts[x, SHIFT_SCHOOL] == first)
            and facts.shifts[x, SHIFT_START] <= first_start
            and last_end <= facts.shifts[x, SHIFT_END]
        ):
            return x
    return NOTHING


@compiled
def waits_in(
    facts: Facts,
    state: State,
    day: int,
    start: int,
    end: int,
    school: int,
    contact: int,
    shift: int,
) -> int:
    """The same as `waits` in a shift that is known."""
    person = day // facts.days
    count = state.blocks[day]
    shift_start, shift_end = facts.shifts[shift, SHIFT_START], facts.shifts[shift, SHIFT_END]
    lunch = facts.shifts[shift, LUNCH]
    lunch_from, lunch_to = facts.shifts[shift, LUNCH_FROM], facts.shifts[shift, LUNCH_TO]
    shortest = facts.shortest
    total, work = 0, 0
    place = count
    if start >= 0:
        place = 0
        while place < count and state.block[day, place, BEGIN] < start:
            place += 1
    many = count + (1 if start >= 0 else 0)
    free_from = shift_start
    prepared, gain, has_lunch = state.prepared[day], 0, lunch == 0
    # Between sessions: minutes and lunch up to the last of them, and what lies after it so far.
    free, free_after, until = 0, 0, NOTHING
    gain_between, gain_after = NO_LUNCH, NO_LUNCH
    at, changes = NOTHING, 0
    stretch, stretch_end = NOTHING, 0
    working, working_end = NOTHING, 0
    for j in range(many + 1):
        if j == many:
            begin, finish, where, is_contact, is_work = shift_end, shift_end, NOTHING, 0, False
        elif start >= 0 and j == place:
            begin, finish, where, is_contact, is_work = start, end, school, contact, True
        else:
            i = j if j < place or start < 0 else j - 1
            begin, finish, where = (
                state.block[day, i, BEGIN],
                state.block[day, i, END],
                state.block[day, i, AT],
            )
            is_contact = state.block[day, i, OF_CONTACT]
            is_work = state.block[day, i, SERVICE] != BUSY
        # -- the way from another school
        arrives, way = begin, 0
        if where >= 0:
            if at >= 0 and where != at:
                changes += 1
                minutes = facts.way[at, where]
                if changes > 1 or facts.people[person, MOVES] == 0 or minutes < 0:
                    return NOTHING
                leaves = (begin - minutes) // facts.grid * facts.grid
                if leaves < free_from:
                    return NOTHING
                if minutes > 0:
                    work += minutes
                    arrives, way = leaves, minutes
            at = where
        # -- contact and work on end
        if is_contact:
            total += finish - begin
            if stretch < 0 or begin - stretch_end >= facts.people[person, PAUSE]:
                stretch = begin
            stretch_end = max(stretch_end, finish)
            if stretch_end - stretch > facts.people[person, MOST_ON_END]:
                return NOTHING
        if j < many and is_work:
            work += finish - begin
            if working < 0 or begin - working_end >= facts.people[person, REST]:
                working = begin
            working_end = max(working_end, finish)
            if working_end - working > facts.people[person, MOST_WORK_ON_END]:
                return NOTHING
        # -- what the gap before it holds
        gap_end = min(arrives, shift_end)
        if gap_end > free_from:
            gap = gap_end - free_from
            alone = gap if gap >= shortest else 0
            prepared += alone
            if lunch > 0:
                soonest, latest = max(free_from, lunch_from), min(gap_end, lunch_to) - lunch
                if soonest <= latest:
                    for choice in range(4):
                        if choice == 0:
                            at_lunch = soonest
                        elif choice == 1:
                            at_lunch = latest
                        elif choice == 2:
                            at_lunch = free_from + shortest
                        else:
                            at_lunch = gap_end - shortest - lunch
                        if at_lunch < soonest or at_lunch > latest:
                            continue
                        left, right = at_lunch - free_from, gap_end - at_lunch - lunch
                        kept = (left if left >= shortest else 0) + (
                            right if right >= shortest else 0
                        )
                        if not has_lunch or kept - alone > gain:
                            gain = kept - alone
                            has_lunch = True
                        if until >= 0:
                            gain_after = max(gain_after, kept - alone)
        free_from = max(free_from, finish)
        # -- what somebody waits from the first session to the last
        if until >= 0:
            free_after += max(0, begin - until - way)
            until = max(until, finish)
        if j < many and is_work:
            free, free_after = free + free_after, 0
            gain_between = max(gain_between, gain_after)
            until = max(until, finish)
    if total > facts.people[person, MOST_CONTACT] or work > facts.shifts[shift, MOST_WORK]:
        return NOTHING
    if not has_lunch or prepared + gain < facts.people[person, PREPARES]:
        return NOTHING
    if gain_between > NO_LUNCH and prepared + gain_between >= facts.people[person, PREPARES]:
        free -= lunch
    return int(max(0, free - facts.people[person, MAY_WAIT]))
