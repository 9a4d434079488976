"""Open slots as a planner reads them in a terminal.

A row a school and grade, what is short, and a map of each day.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from planner.facts.problem import Problem
from planner.slots.open_slots import FreeTime, GradeDay, GradeSlots, Opening, OpenSlots
from planner.words.wording import Words, clock_range, listed, period

TICK = 5
"""Minutes a letter of the map."""
HOUR = 60
CLOSED, PULL_OUT, IN_CLASS, TAKEN = "·", "o", "c", "#"
LEGEND = (
    f"  {PULL_OUT} free, pull-out   {IN_CLASS} free, in class   {TAKEN} taken   {CLOSED} "
    f"not usable   (a letter is {TICK} minutes)"
)
WAYS = {"pull_out": "pull-out", "in_class": "in class"}
MOST_ADULTS = 6


def as_text(problem: Problem, slots: OpenSlots, free: FreeTime | None, *, planned: bool) -> str:
    """The table, what is short, and (`free`) the days of each grade with who is free."""
    words = Words(problem.data.district.locale)
    what = f"minutes a {period(problem.cycle)}"
    parts = [
        [f"{problem.name}: open slots, {what}"],
        list(_table(problem, slots.grades, words, planned=planned)),
    ]
    parts.append(list(_notes(problem, slots)))
    for grade in slots.grades if free else ():
        assert free
        parts.append(
            list(_days(problem, grade, list(free.openings(grade)), words, planned=planned))
        )
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _table(
    problem: Problem, grades: Iterable[GradeSlots], words: Words, *, planned: bool
) -> Iterator[str]:
    """Figures at the right, as wide as what they hold."""
    heads = ["School", "Grade", "Usable", "Taken", "Free", "Owed", "Delivered", "Short"]
    rows = [
        [
            problem.schools[g.school].name,
            g.grade,
            *(words.number(n) for n in (g.usable, g.taken, g.free, g.owed, g.delivered)),
            words.number(g.short) if g.short else "–",
        ]
        for g in grades
    ]
    table = [
        [cell for cell, head in zip(row, heads, strict=True) if planned or head not in _OF_A_PLAN]
        for row in [heads, *rows]
    ]
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    for row in table:
        cells = [
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


_OF_A_PLAN = ("Taken", "Free", "Delivered")


def _notes(problem: Problem, slots: OpenSlots) -> Iterator[str]:
    if slots.shortages:
        yield "Short however one schedules"
        for shortage in slots.shortages:
            yield f"  {shortage.sentence}"
    else:
        yield (
            "No grade is short for certain: that a plan serves everybody is possible, not promised."
        )
    shown = {(found.school, found.grade) for found in slots.grades}
    if any(
        len(g.group.grades) > 1 and any((g.school, x) in shown for x in g.group.grades)
        for g in problem.groups
        if g.group
    ):
        yield "A group of several grades is counted in each of them."


def _days(
    problem: Problem, grade: GradeSlots, openings: list[Opening], words: Words, *, planned: bool
) -> Iterator[str]:
    """A grade's map, a line a day, and below it its open stretches; days that are alike are said
    once.
    """
    yield f"Grade {grade.grade} at {problem.schools[grade.school].name}"
    moments = [
        moment for day in grade.days.values() for span in day.usable.spans for moment in span
    ]
    if not moments:
        yield "  Nobody of this grade may be pulled out, or served in class, at any time."
        return
    start, end = min(moments) // HOUR * HOUR, -(-max(moments) // HOUR) * HOUR
    width = max(len(day) for day in grade.days)
    yield (
        f"  {' ' * width}  "
        + "".join(
            f"{hour // HOUR}:00".ljust(HOUR // TICK) for hour in range(start, end, HOUR)
        ).rstrip()
    )
    for day, found in grade.days.items():
        yield f"  {day.ljust(width)}  {_line(found, start, end)}"
    yield LEGEND
    yield ""
    yield f"  Free for 20 minutes or more, and who {'is free' if planned else 'could be there'}"
    told = {
        day: [_opening(problem, o, words) for o in openings if o.day == day] for day in grade.days
    }
    for lines, alike in groupby(told, key=lambda day: told[day]):
        days = list(alike)
        name = days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"
        for place, line in enumerate(lines or ["nothing"]):
            yield f"  {(name if place == 0 else '').ljust(2 * width + 1)}  {line}"


def _line(day: GradeDay, start: int, end: int) -> str:
    """A day as letters; a letter stands for what holds at its first minute."""
    letters = {PULL_OUT: day.free_pull_out, IN_CLASS: day.free_in_class, TAKEN: day.taken}
    return "".join(
        next(
            (letter for letter, spans in letters.items() if any(a <= t < b for a, b in spans)),
            CLOSED,
        )
        for t in range(start, end, TICK)
    )


def _opening(problem: Problem, opening: Opening, words: Words) -> str:
    """`10:00–10:30  pull-out, 2 rooms: INT-1 and ESP-1 (from 10:10)`."""
    rooms = (
        ""
        if opening.rooms is None
        else f", {words.count(opening.rooms, 'room') if opening.rooms else 'no room'}"
    )
    said = [
        problem.person_of[a.staff].name
        + (
            ""
            if (a.start, a.end) == (opening.start, opening.end)
            else f" ({clock_range(a.start, a.end)})"
        )
        for a in opening.adults
    ]
    return (
        f"{clock_range(opening.start, opening.end)}  {WAYS[opening.way]}{rooms}: "
        f"{_few(said) or 'nobody'}"
    )


def _few(names: Sequence[str]) -> str:
    more = [f"{len(names) - MOST_ADULTS} more"] if len(names) > MOST_ADULTS else []
    return listed([*names[:MOST_ADULTS], *more])
