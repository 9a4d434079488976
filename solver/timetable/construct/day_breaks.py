"""Place lunch and preparation in days that are built: lunch where somebody would be idle and
preparation still finds room, else where they leave most of each other.
"""

from planner.facts.person import Person
from planner.plan.plan import Placement
from solver.timetable.construct.arrays import (
    AT,
    BEGIN,
    BUSY,
    END,
    LUNCH,
    LUNCH_FROM,
    LUNCH_TO,
    PREPARES,
    SERVICE,
    SHIFT_END,
    SHIFT_START,
    Facts,
    State,
)
from solver.timetable.construct.day import shift_of
from solver.timetable.construct.gather import Gathered

Spans = list[tuple[int, int]]


def placements(gathered: Gathered, state: State) -> tuple[Placement, ...]:
    """Everybody's days, with lunch and preparation."""
    found = []
    for number, person in enumerate(gathered.people):
        for on, _ in enumerate(gathered.cycle):
            found += _day(gathered, state, person, number * len(gathered.cycle) + on)
    return tuple(sorted(found))


def _day(gathered: Gathered, state: State, person: Person, spot: int) -> list[Placement]:
    facts = gathered.facts
    number = shift_of(facts, state, spot, -1, -1, -1)
    if number < 0:
        return []
    shift = gathered.shifts[number]
    blocks = [
        (
            int(state.block[spot, j, BEGIN]),
            int(state.block[spot, j, END]),
            int(state.block[spot, j, AT]),
        )
        for j in range(state.blocks[spot])
    ]
    leaves, arrives, then = _way(facts, blocks)
    taken = [(begin, end) for begin, end, _ in blocks]
    if then >= 0:
        taken.append((leaves, arrives))
    lunch, preparation = breaks(facts, state, spot, number, sorted(taken))
    whole = Placement(
        person.id,
        shift.day,
        shift.start,
        shift.end,
        shift.school,
        lunch=lunch,
        preparation=preparation,
    )
    if then < 0:
        return [whole]
    lunch_first = lunch is not None and lunch[0] < leaves
    return [
        Placement(
            person.id,
            shift.day,
            shift.start,
            leaves,
            shift.school,
            "am",
            lunch=lunch if lunch_first else None,
            preparation=tuple(block for block in preparation if block[0] < leaves),
        ),
        Placement(
            person.id,
            shift.day,
            leaves,
            shift.end,
            gathered.schools[then],
            "pm",
            lunch=None if lunch_first else lunch,
            preparation=tuple(block for block in preparation if block[0] >= leaves),
        ),
    ]


def _way(facts: Facts, blocks: list[tuple[int, int, int]]) -> tuple[int, int, int]:
    """When somebody leaves for a second school, arrives there, and which that is (-1: none)."""
    at = -1
    for begin, _, school in blocks:
        if school >= 0:
            if at >= 0 and school != at:
                minutes = int(facts.way[at, school])
                leaves = (begin - minutes) // facts.grid * facts.grid
                return leaves, leaves + minutes, school
            at = school
    return -1, -1, -1


def breaks(
    facts: Facts, state: State, spot: int, shift: int, taken: Spans
) -> tuple[tuple[int, int] | None, tuple[tuple[int, int], ...]]:
    """Lunch, and blocks of preparation, of a day beside what is taken."""
    start, end = int(facts.shifts[shift, SHIFT_START]), int(facts.shifts[shift, SHIFT_END])
    minutes, shortest = int(facts.shifts[shift, LUNCH]), facts.shortest
    need = int(facts.people[spot // facts.days, PREPARES] - state.prepared[spot])
    gaps = _gaps(start, end, taken)
    best: tuple[int, int] | None = None
    best_rank = (False, -1)
    first_begin, last_end = _sessions(state, spot)
    soonest, latest = (
        int(facts.shifts[shift, LUNCH_FROM]),
        int(facts.shifts[shift, LUNCH_TO]) - minutes,
    )
    for begin, finish in gaps if minutes else ():
        first, last = max(begin, soonest), min(finish - minutes, latest)
        for at in (first, last, begin + shortest, finish - shortest - minutes):
            if first <= at <= last:
                left = sum(
                    b - a
                    for a, b in _gaps(start, end, sorted([*taken, (at, at + minutes)]))
                    if b - a >= shortest
                )
                waits = first_begin <= begin and finish <= last_end and left >= need
                if (waits, left) > best_rank:
                    best, best_rank = (at, at + minutes), (waits, left)
    if best:
        gaps = _gaps(start, end, sorted([*taken, best]))
    kept: Spans = []
    for begin, finish in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        if need <= 0 or finish - begin < shortest:
            break
        length = min(finish - begin, max(shortest, need))
        if 0 < need - length < shortest and finish - begin > length:
            length = min(finish - begin, need)
        kept.append((begin, begin + length))
        need -= length
    return best, tuple(sorted(kept))


def _sessions(state: State, spot: int) -> tuple[int, int]:
    """When a day's first session begins and its last one ends."""
    sessions = [
        block for block in state.block[spot, : state.blocks[spot]] if block[SERVICE] != BUSY
    ]
    return (
        min((int(block[BEGIN]) for block in sessions), default=0),
        max((int(block[END]) for block in sessions), default=0),
    )


def _gaps(start: int, end: int, taken: Spans) -> Spans:
    found, free_from = [], start
    for begin, finish in [*taken, (end, end)]:
        if min(begin, end) > free_from:
            found.append((free_from, min(begin, end)))
        free_from = max(free_from, finish)
    return found
