"""The sheets `open slots` and `who is free`.

Each school's week with a column for each grade, what is short, and who could help.
"""

from dataclasses import dataclass

from planner.facts.problem import MIDNIGHT, Problem
from planner.plan.plan import Plan
from planner.render.blocks import TimedBlock
from planner.render.grid_layout import hours_around
from planner.render.workbook.canvas import (
    BOLD,
    HEADING,
    LINK,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TITLE,
    Canvas,
    Look,
)
from planner.render.workbook.table import RIGHT, WRAPPED, ReportColumn, write_table
from planner.render.workbook.timetable_people import legend, week_of
from planner.render.workbook.week_grid import STEP, Scale, Strip, draw, step_height
from planner.slots.intervals import Span, joined, without
from planner.slots.open_slots import FreeTime, GradeDay, GradeSlots, OpenSlots
from planner.words import palette
from planner.words.wording import clock_range, clock_time, listed

SHEET = "open slots"
TIME_WIDTH = 34.0
GAP, DAY_GAP = 2.0, 9.0
"""The gaps behind a grade's column and behind a day, in points."""
FEWEST_GRADES = 3
"""Columns a day, at the least: fewer would be too wide."""
DAYS_A_PAGE = 5
HEAD_HEIGHTS = (24, 15, 8, 16, 14)
FOOT_HEIGHTS = (8, 17)
INDEX_TOP = 4
INDEX_PAGE = 40
HEADS = (
    "School",
    "Grade",
    "Usable, min",
    "Taken, min",
    "Free, min",
    "Owed, min",
    "Delivered, min",
    "Short, min",
)
SHARES = (14, 6, 7, 7, 7, 7, 8, 7)
"""How the table's columns share out the sheet's, in parts of 63."""
LINE_LETTERS = 165
FREE = (
    ReportColumn("School", 26),
    ReportColumn("Grade", 7),
    ReportColumn("Day", 7),
    ReportColumn("From", 8, Look(align="right")),
    ReportColumn("To", 8, Look(align="right")),
    ReportColumn("Minutes", 9, RIGHT),
    ReportColumn("How", 10),
    ReportColumn("Rooms free", 8, RIGHT),
    ReportColumn("Who is free", 80, WRAPPED),
)
WAYS = {"pull_out": "pull-out", "in_class": "in class"}


@dataclass(frozen=True)
class OpenSlotsLayout:
    """The columns of the sheet: each day has one for each of so many grades, each with a gap behind
    it.
    """

    days: int
    grades: int

    def column(self, day: int, grade: int) -> int:
        """The column of a day's grade."""
        return 2 + 2 * (day * self.grades + grade)

    @property
    def last(self) -> int:
        """The last column with something in it."""
        return self.column(self.days - 1, self.grades - 1)

    @property
    def widths(self) -> dict[int, float]:
        """How wide each column is, in points: together, as wide as the page."""
        seats = self.days * self.grades
        each = (PAGE_WIDTH - TIME_WIDTH - seats * GAP - self.days * (DAY_GAP - GAP)) / seats
        found = {1: TIME_WIDTH}
        for day in range(self.days):
            for grade in range(self.grades):
                column = self.column(day, grade)
                found |= {column: each, column + 1: DAY_GAP if grade == self.grades - 1 else GAP}
        return found


def write(canvas: Canvas, problem: Problem, slots: OpenSlots) -> None:
    """Draw the sheet `open slots`: the table with what is short, then a page for each school (and
    each week of a cycle).
    """
    by_school = {
        school: [found for found in slots.grades if found.school == school]
        for school in problem.schools
    }
    most = max([FEWEST_GRADES, *(len(grades) for grades in by_school.values())])
    layout = OpenSlotsLayout(min(DAYS_A_PAGE, len(problem.cycle)), most)
    widths = layout.widths
    for column, width in widths.items():
        canvas.widths(column, width)
    top = INDEX_TOP + 2 + max(1, len(slots.shortages))
    row = top + len(slots.grades)
    for index in range(INDEX_PAGE, row - 1, INDEX_PAGE):
        canvas.end_page(index)
    starts: dict[str, int] = {}
    for school, grades in by_school.items():
        for first in range(0, len(problem.cycle) if grades else 0, DAYS_A_PAGE):
            canvas.end_page(row)
            starts.setdefault(school, row + 1)
            row = _draw_page(
                canvas, problem, layout, grades, problem.cycle[first : first + DAYS_A_PAGE], row + 1
            )
    _index(canvas, problem, slots, starts, layout.last - 1, top)
    canvas.sheet.freeze_panes = "B1"


def write_free(canvas: Canvas, problem: Problem, plan: Plan, slots: OpenSlots) -> None:
    """The sheet `who is free`: the open stretches of 20 minutes or more in which an adult is free
    who could serve somebody.
    """
    free = FreeTime(problem, plan)
    rows = []
    for grade in slots.grades:
        for o in free.openings(grade):
            if not o.adults:
                continue
            said = [
                problem.person_of[a.staff].name
                + (
                    ""
                    if (a.start, a.end) == (o.start, o.end)
                    else f" ({clock_range(a.start, a.end)})"
                )
                for a in o.adults
            ]
            school = problem.schools[o.school].name
            rows.append(
                (
                    school,
                    o.grade,
                    o.day,
                    clock_time(o.start),
                    clock_time(o.end),
                    o.minutes,
                    WAYS[o.way],
                    o.rooms,
                    listed(said) or "–",
                )
            )
    last = write_table(canvas, FREE, rows)
    if not rows:
        canvas.put(
            last + 1,
            1,
            "Nobody who may serve a grade is free while nobody of it is served, for 20 minutes on "
            "end.",
            MUTED,
        )


def _blocks(day: GradeDay) -> list[TimedBlock]:
    """What is taken, what is free, and the rest of the day as a pale ground."""
    found = [_free(span, palette.OPEN) for span in day.free_pull_out]
    found += [_free(span, palette.OPEN_IN_CLASS) for span in day.free_in_class]
    for start, end in joined(day.taken):
        at_once = len({s.service for s in day.sessions if s.start < end and start < s.end})
        text = f"{at_once} group{'s' if at_once > 1 else ''}"
        found.append(
            TimedBlock(
                start, end, palette.SERVED, text, "", f"# {at_once}", "", palette.SERVED.letter
            )
        )
    closed = without([(0, MIDNIGHT)], [(block.start, block.end) for block in found])
    return found + [TimedBlock(start, end, palette.CLOSED) for start, end in closed]


def _free(span: Span, tone: palette.Tone) -> TimedBlock:
    minutes = span[1] - span[0]
    return TimedBlock(
        *span, tone, f"free {minutes} min", "", f"{tone.letter} {minutes}", "", tone.letter
    )


def _draw_page(
    canvas: Canvas,
    problem: Problem,
    layout: OpenSlotsLayout,
    grades: list[GradeSlots],
    days: tuple[str, ...],
    row: int,
) -> int:
    """Head, grid and legend of a school's week; gives the last row."""
    for offset, height in enumerate(HEAD_HEIGHTS):
        canvas.heights(row + offset, row + offset, height)
    weeks = f" · {days[0]}–{days[-1]}" if len(days) < len(problem.cycle) else ""
    canvas.put(row, 2, problem.schools[grades[0].school].name + weeks, TITLE)
    canvas.link(row, layout.last, "all schools", SHEET, 1, LINK.but(align="right"))
    canvas.put(
        row + 1,
        2,
        f"Open slots · {week_of(problem)} · a column for each grade · free: minutes, taken: groups",
        MUTED,
    )
    strips = []
    for place, day in enumerate(days):
        first, last = layout.column(place, 0), layout.column(place, len(grades) - 1)
        canvas.across(row + 3, first, last, day, BOLD.but(size=11, below=palette.MUTED))
        for number, found in enumerate(grades):
            column = layout.column(place, number)
            canvas.put(row + 4, column, found.grade, MUTED.but(size=8, below=palette.LINE))
            strips.append(Strip(column, column, _blocks(found.days[day])))
    start, end = hours_around(
        block for strip in strips for block in strip.blocks if block.tone is not palette.CLOSED
    )
    step = step_height((end - start) // STEP, PAGE_HEIGHT - sum(HEAD_HEIGHTS) - sum(FOOT_HEIGHTS))
    scale = Scale(start, end, row + len(HEAD_HEIGHTS), step, 7)
    draw(canvas, scale, 1, strips, layout.widths, lines=60)
    foot = scale.bottom + 1
    for offset, height in enumerate(FOOT_HEIGHTS):
        canvas.heights(foot + offset, foot + offset, height)
    each = (layout.last - 1) // len(palette.SLOTS)
    legend(
        canvas,
        foot + 1,
        [(2 + i * each, 1 + (i + 1) * each) for i in range(len(palette.SLOTS))],
        tones=palette.SLOTS,
    )
    return foot + 1


def _index(
    canvas: Canvas,
    problem: Problem,
    slots: OpenSlots,
    starts: dict[str, int],
    columns: int,
    top: int,
) -> None:
    """What is short however one schedules, and a row a school and grade from `top` on."""
    canvas.put(1, 2, "Open slots", TITLE)
    canvas.heights(1, 1, 24)
    note = (
        "minutes in which somebody of a grade may be served · a group of several grades "
        "counts in each"
    )
    canvas.put(2, 2, f"{week_of(problem)} · {note} · a name leads to the page", MUTED)
    canvas.put(4, 2, "Short however one schedules", BOLD)
    told = [shortage.sentence for shortage in slots.shortages]
    for line, sentence in enumerate(told or ["No grade is short for certain."], start=5):
        canvas.across(line, 2, 1 + columns, sentence, Look(wrap=True) if told else MUTED)
        canvas.heights(line, line, 13.5 * (1 + len(sentence) // LINE_LETTERS))
    places = _index_places(columns)
    for place, head in zip(places, HEADS, strict=True):
        canvas.across(
            top, *place, head, HEADING.but(size=9, align="right" if place in places[2:] else "")
        )
    for row, found in enumerate(slots.grades, start=top + 1):
        canvas.link(
            row, places[0][0], problem.schools[found.school].name, SHEET, starts[found.school]
        )
        canvas.across(row, *places[1], found.grade)
        for place, figure in zip(places[2:], _figures(found), strict=True):
            canvas.across(
                row,
                *place,
                figure or "–",
                Look(align="right", number="#,##0", bold=place == places[-1] and figure > 0),
            )


def _figures(found: GradeSlots) -> tuple[int, ...]:
    return found.usable, found.taken, found.free, found.owed, found.delivered, found.short


def _index_places(columns: int) -> list[tuple[int, int]]:
    """The table's columns, laid over those of the sheet."""
    places, first, total = [], 2, 0
    for share in SHARES:
        total += share
        last = 1 + columns * total // sum(SHARES)
        places.append((first, last))
        first = last + 1
    return places
