"""The sheet `timetable people`: an index, then each person's week on a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.measures import Measures, PersonWeek, person_fte
from planner.plan.plan import Plan
from planner.render.blocks import person_blocks
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
from planner.render.workbook.week_grid import Scale, Strip, draw, step_height
from planner.words import palette
from planner.words.palette import Tone
from planner.words.wording import Words, clock_range, period

SHEET = "timetable people"
TIME_WIDTH = 34.0
LETTER_WIDTH = 13.0
GAP_WIDTH = 5.0
PARTS = 5
"""Columns a day: text and letter, twice, so that two blocks at once can stand side by side; and a
gap.
"""
HEAD_ROWS = 5
HEAD_HEIGHTS = (24, 15, 8, 16, 14)
FOOT_HEIGHTS = (8, 17, 17)
INDEX_TOP = 4
INDEX_PAGE = 40


@dataclass(frozen=True)
class PersonLayout:
    """The columns of the sheet."""

    days: tuple[str, ...]
    widths: dict[int, float]

    def day(self, index: int) -> tuple[int, int]:
        """The first and last column of a day."""
        return 2 + index * PARTS, (index + 1) * PARTS

    def half(self, index: int) -> tuple[int, int]:
        """The first and last column of half a day; days that are not there are counted on."""
        first = 2 + index // 2 * PARTS + index % 2 * 2
        return first, first + 1

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.days) * PARTS


def layout_of(days: tuple[str, ...]) -> PersonLayout:
    """Columns for so many days, as wide as the page allows."""
    text = max(12.0, ((PAGE_WIDTH - TIME_WIDTH) / len(days) - GAP_WIDTH) / 2 - LETTER_WIDTH)
    a_day = (text, LETTER_WIDTH, text, LETTER_WIDTH, GAP_WIDTH)
    return PersonLayout(days, dict(enumerate((TIME_WIDTH, *a_day * len(days)), start=1)))


def write(canvas: Canvas, problem: Problem, plan: Plan, measures: Measures) -> dict[str, int]:
    """Draw the sheet; gives the row at which each person's page starts."""
    layout = layout_of(problem.cycle)
    for column, width in layout.widths.items():
        canvas.widths(column, width)
    weeks = {
        person.id: {day: person_blocks(problem, plan, person.id, day) for day in problem.cycle}
        for person in problem.people
    }
    hours = {
        person: hours_around(b for blocks in week.values() for b in blocks)
        for person, week in weeks.items()
    }
    longest = max(((end - start) // 5 for start, end in hours.values()), default=1)
    step = step_height(longest, PAGE_HEIGHT - sum(HEAD_HEIGHTS) - sum(FOOT_HEIGHTS))
    row = INDEX_TOP + 1 + len(problem.people)
    for index in range(INDEX_PAGE, row - 1, INDEX_PAGE):
        canvas.end_page(index)
    pages: dict[str, int] = {}
    for person in problem.people:
        canvas.end_page(row)
        pages[person.id] = row + 1
        start, end = hours[person.id]
        scale = Scale(start, end, row + 1 + HEAD_ROWS, step)
        _head(canvas, layout, problem, plan, person, row + 1)
        strips = [
            Strip(*layout.day(i), weeks[person.id][day], letters=True)
            for i, day in enumerate(problem.cycle)
        ]
        draw(canvas, scale, 1, strips, layout.widths)
        row = _foot(canvas, layout, problem, measures.people[person.id], scale.bottom + 1)
    _index(canvas, layout, problem, measures, pages)
    canvas.sheet.freeze_panes = "B1"
    return pages


def _head(
    canvas: Canvas, layout: PersonLayout, problem: Problem, plan: Plan, person: Person, row: int
) -> None:
    """The person's name and contract, and each day's school and shift."""
    for offset, height in enumerate(HEAD_HEIGHTS):
        canvas.heights(row + offset, row + offset, height)
    canvas.across(row, 2, layout.last - PARTS, person.name, TITLE)
    canvas.link(row, layout.last - 1, "all people", SHEET, 1, LINK.but(align="right"))
    canvas.across(row + 1, 2, layout.last, contract_line(problem, person), MUTED)
    for index, day in enumerate(problem.cycle):
        first, last = layout.day(index)
        canvas.across(row + 3, first, last, day, BOLD.but(size=11))
        canvas.across(
            row + 4,
            first,
            last,
            where(problem, plan, person.id, day),
            MUTED.but(size=9, below=palette.LINE),
        )


def where(problem: Problem, plan: Plan, person: str, day: str) -> str:
    """`Elm → Oak · 7:45–16:15`; `elsewhere` where somebody is (also) at a school of which nothing
    may be said.
    """
    placed, elsewhere = plan.placed.get((person, day), []), (person, day) in plan.elsewhere
    if not placed:
        return "elsewhere" if elsewhere else "not at work"
    schools = [problem.schools[placement.school].name for placement in placed]
    route = " → ".join(
        school for index, school in enumerate(schools) if index == 0 or schools[index - 1] != school
    )
    said = f"{route} · {clock_range(placed[0].start, max(p.end for p in placed))}"
    return f"{said}, also elsewhere" if elsewhere else said


def week_of(problem: Problem) -> str:
    """`week of October 6`."""
    district = problem.data.district
    return f"{period(problem.cycle)} of {Words(district.locale).day_of_month(district.day_planned)}"


def contract_line(problem: Problem, person: Person) -> str:
    """`0.875 FTE · MTSS ESP · Elm · week of October 6`."""
    home = (
        problem.schools[person.row.home_school].name
        if person.row.home_school in problem.schools
        else ""
    )
    fte = Words(problem.data.district.locale).fte(person_fte(problem, person.id))
    return " · ".join(
        part for part in (f"{fte} FTE", person.role.title, home, week_of(problem)) if part
    )


def _foot(
    canvas: Canvas, layout: PersonLayout, problem: Problem, week: PersonWeek, row: int
) -> int:
    """The legend and the week's sums; gives the last row."""
    for offset, height in enumerate(FOOT_HEIGHTS):
        canvas.heights(row + offset, row + offset, height)
    legend(canvas, row + 1, [layout.day(i) for i in range(len(layout.days))])
    canvas.across(row + 2, 2, layout.last, week_sums(problem, week), BOLD.but(middle=True))
    return row + 2


def week_sums(problem: Problem, week: PersonWeek) -> str:
    """`Contact 15 h 30 · preparation 5 h 00 · free 2 h 00 · 65 % of 1,800 min is contact`."""
    words = Words(problem.data.district.locale)
    total = week.total
    parts = [("preparation", total.preparation), ("duties", total.duties), ("travel", total.travel)]
    some = [("Contact", total.contact), *[part for part in parts if part[1]], ("free", total.free)]
    said = " · ".join(f"{name} {words.minutes(value)}" for name, value in some)
    share = f"{words.percent(week.utilisation)} of {words.minutes(week.obligation)} is contact"
    return f"{said} · {share}"


def legend(
    canvas: Canvas,
    row: int,
    places: Sequence[tuple[int, int]],
    size: float = 9,
    tones: Sequence[Tone] = palette.LEGEND,
) -> None:
    """The meaning of the colours, one in each place."""
    for tone, (first, last) in zip(tones, places, strict=False):
        text = f"{tone.letter}  {tone.name}".strip()
        ground = Look(size=size, ground=tone.ground, striped=tone.striped, middle=True, indent=1)
        canvas.across(row, first, last, text, ground)
        canvas.put(row, first, None, ground.but(bar=tone.bar))


def _index(
    canvas: Canvas,
    layout: PersonLayout,
    problem: Problem,
    measures: Measures,
    pages: dict[str, int],
) -> None:
    """Everybody with their sums, each name a link."""
    words = Words(problem.data.district.locale)
    canvas.put(1, 2, "People", TITLE)
    canvas.heights(1, 1, 24)
    canvas.put(
        2,
        2,
        f"{words.count(len(pages), 'person', 'people')} · {week_of(problem)} · a name leads to "
        "the page",
        MUTED,
    )
    places = _index_places(layout)
    heads = ("Person", "Job class", "School", "FTE", "Contact, h", "Preparation, h", "Free, h")
    for place, head in zip(places, heads, strict=True):
        canvas.across(
            INDEX_TOP,
            *place,
            head,
            HEADING.but(size=9, align="right" if place in places[3:] else ""),
        )
    canvas.heights(INDEX_TOP, INDEX_TOP, 18)
    for row, person in enumerate(problem.people, start=INDEX_TOP + 1):
        total = measures.people[person.id].total
        canvas.link(row, places[0][0], person.name, SHEET, pages[person.id])
        canvas.merge(row, places[0][0], row, places[0][1])
        canvas.across(row, *places[1], person.role.title)
        canvas.across(
            row,
            *places[2],
            problem.schools[person.row.home_school].name if person.row.home_school else "",
        )
        canvas.across(
            row, *places[3], round(float(person_fte(problem, person.id)), 3), Look(align="right")
        )
        for place, minutes in zip(
            places[4:], (total.contact, total.preparation, total.free), strict=True
        ):
            canvas.across(row, *place, minutes / 60, Look(align="right", number="#,##0.0"))


def _index_places(layout: PersonLayout) -> list[tuple[int, int]]:
    """The columns of the index, laid over the halves of the days."""
    factor = max(1, len(layout.days) // 5)
    places, half = [], 0
    for width in (2, 2, 2, 1, 1, 1, 1):
        last = half + width * factor - 1
        places.append((layout.half(half)[0], layout.half(last)[1]))
        half = last + 1
    return places
