"""Make a timetable that keeps to the best week without clock times.

The capacity, which knows what a day can hold, settles who serves which group on which day; the
model then finds the hours. Two steps, because each is easy alone: the capacity has a variable for a
session's day and none for its hour, and once days and people stand, each person's day is a small
problem of its own.

Where a day holds what its capacity says (in the plain schools that were measured it nearly always
does), this is the best timetable, and proved to be: schools at 90 % load that a general search
filled in a minute, or never, are whole in a second.
"""

from collections import Counter
from collections.abc import Sequence

from planner.rules.goals.goal import Goal
from solver.posting import Expr, fix
from solver.timetable.capacity import slot_of
from solver.timetable.incumbent import Incumbent

CLIMBING = 0.75
"""The share of the time for the week; what is left is for the hours."""


def follow(search: Incumbent, goals: Sequence[Goal], objective: Expr, seconds: float) -> bool:
    """Make a timetable of the best week for the goals, in their order.

    Args:
        search: Where the timetable is kept; it is left as it was where nothing better is found.
        goals: The goals that the week is climbed by, the first matters most.
        objective: What the hours are chosen by, where not all of the week finds its hours.
        seconds: Most time for both, by the search's clock.

    Returns:
        Whether that is the best there can be: every goal reached what the week proved of it.
    """
    until = search.clock() + seconds
    if not search.week.solution:
        # The week's search begins with what the best plan so far gives, and not with nothing.
        search.week.begin(_given(search))
    if not search.week.climb(CLIMBING * seconds, goals):
        return False
    take_hours(search, objective, until - search.clock())
    return all(
        search.value_of(search.expression(goal)) == search.week.climbed[goal.key][1]
        for goal in goals
    )


def take_hours(search: Incumbent, objective: Expr, seconds: float) -> None:
    """Find the hours for as much as possible of the last week; `search.fits` says whether that is
    all of it.

    The week forbids what it did not choose, and demands nothing. Were its choice demanded, one
    session that finds no hour would leave the whole week without a timetable.
    """
    assert search.solution is not None
    week = search.week.solution
    chosen = {key for key, literal in search.capacity.gives.items() if week[literal.index]}
    # What must be (pins, required duties) was given its hours by the first plan. It stays open: the
    # week may have put it on days on which it finds none.
    must_be = {
        way[0] for way, literal in search.timetable.given.items() if search.started[literal.index]
    }
    model = search.timetable.model.clone()
    for way, literal in search.timetable.given.items():
        if (
            slot_of(way) not in chosen
            and way[0] not in must_be
            and search.timetable.service(way[0]).group
        ):
            fix(model, literal.index, 0)
    model.maximize(objective)
    search.solve(model, seconds, least=search.value_of(objective))
    given = Counter(
        slot_of(way)
        for way, literal in search.timetable.given.items()
        if search.solution[literal.index]
    )
    search.fits = all(
        week[search.capacity.gives[key].index] <= given[key]
        for key in chosen
        if search.timetable.service(key[0]).group and key[1]
    )


def _given(search: Incumbent) -> dict[int, int]:
    """Who gives what on which day in the best timetable so far, by the capacity's variables."""
    assert search.solution is not None
    given = Counter(
        slot_of(way)
        for way, literal in search.timetable.given.items()
        if search.solution[literal.index]
    )
    return {literal.index: given[key] for key, literal in search.capacity.gives.items() if key[1]}
