"""The sheet `timetable groups`: a small week grid for each group.

Several stand side by side, and each school begins a new page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.facts.problem import Problem
from planner.plan.measures import GroupDose, Measures
from planner.plan.plan import Plan
from planner.render.blocks import TimedBlock, group_name, tone_of
from planner.render.grid_layout import hours_around
from planner.render.workbook.canvas import (
    BOLD,
    LINK,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TITLE,
    Canvas,
    Look,
)
from planner.render.workbook.timetable_people import week_of
from planner.render.workbook.week_grid import STEP, Scale, Strip, draw
from planner.words import palette
from planner.words.wording import Words, clock_range, kind_of_place, listed

SHEET = "timetable groups"
TIME_WIDTH = 27.0
DAY_WIDTH = 53.0
GAP_WIDTH = 12.0
STEP_HEIGHT = 4.5
HEAD_HEIGHTS = (14.25, 11.25, 12)
GAP_HEIGHT = 12.0
TOP = 4
SCHOOL_HEIGHT = 24.0


@dataclass(frozen=True)
class GroupLayout:
    """Columns of the sheet: so many grids side by side, each with a clock, the days and a gap."""

    days: tuple[str, ...]
    across: int
    widths: dict[int, float]

    def first(self, place: int) -> int:
        """The clock's column of a grid."""
        return 1 + place * (len(self.days) + 2)


def layout_of(days: tuple[str, ...]) -> GroupLayout:
    """As many grids side by side as a page is wide."""
    across = max(
        1, int((PAGE_WIDTH + GAP_WIDTH) / (TIME_WIDTH + DAY_WIDTH * len(days) + GAP_WIDTH))
    )
    one = [TIME_WIDTH, *[DAY_WIDTH] * len(days), GAP_WIDTH]
    return GroupLayout(days, across, dict(enumerate(one * across, start=1)))


def write(canvas: Canvas, problem: Problem, plan: Plan, measures: Measures) -> dict[str, int]:
    """Draw the sheet; gives the row at which each group's grid starts."""
    layout = layout_of(problem.cycle)
    for column, width in layout.widths.items():
        canvas.widths(column, width)
    order = {group.id: index for index, group in enumerate(problem.groups)}
    doses = sorted(measures.groups, key=lambda dose: order[dose.service.id])
    by_school = {
        school: [d for d in doses if d.service.school == school] for school in problem.schools
    }
    starts: dict[str, int] = {}
    rows: dict[str, int] = {}
    row = TOP + len(by_school)
    for school, groups in by_school.items():
        canvas.end_page(row)
        starts[school] = row + 1
        row = _school(canvas, layout, problem, plan, school, groups, row + 1, rows)
    _index(canvas, problem, starts)
    return rows


def _school(
    canvas: Canvas,
    layout: GroupLayout,
    problem: Problem,
    plan: Plan,
    school: str,
    groups: Sequence[GroupDose],
    row: int,
    rows: dict[str, int],
) -> int:
    """A school's grids, band by band, a new page whenever the next band would not fit; gives the
    last row.
    """
    canvas.put(row, 1, problem.schools[school].name, TITLE)
    canvas.put(row + 1, 1, f"{week_of(problem)}{_left_out(groups)}", MUTED)
    canvas.heights(row, row, SCHOOL_HEIGHT)
    row, used = row + 3, SCHOOL_HEIGHT + 30
    served = [group for group in groups if not group.left_out]
    for begin in range(0, len(served), layout.across):
        band = served[begin : begin + layout.across]
        blocks = {dose.service.id: _blocks(problem, plan, dose) for dose in band}
        start, end = hours_around(
            (b for days in blocks.values() for day in days.values() for b in day), to=60
        )
        height = sum(HEAD_HEIGHTS) + (end - start) // STEP * STEP_HEIGHT + GAP_HEIGHT
        if used + height > PAGE_HEIGHT:
            canvas.end_page(row - 1)
            used = 0
        used += height
        for offset, points in enumerate(HEAD_HEIGHTS):
            canvas.heights(row + offset, row + offset, points)
        scale = Scale(start, end, row + len(HEAD_HEIGHTS), STEP_HEIGHT, 7)
        for place, dose in enumerate(band):
            rows[dose.service.id] = row
            _grid(
                canvas, layout, problem, dose, blocks[dose.service.id], scale, layout.first(place)
            )
        row = scale.bottom + 2
        canvas.heights(row - 1, row - 1, GAP_HEIGHT)
    return row - 1


def _left_out(groups: Sequence[GroupDose]) -> str:
    names = [group.service.id for group in groups if group.left_out]
    return f" · not served: {listed(names)}" if names else ""


def _blocks(problem: Problem, plan: Plan, dose: GroupDose) -> dict[str, list[TimedBlock]]:
    """A group's sessions by day: when, and by whom."""
    tone = tone_of(dose.service)
    found: dict[str, list[TimedBlock]] = {day: [] for day in problem.cycle}
    for session in plan.sessions_of.get(dose.service.id, []):
        adults = listed([problem.person_of[person].name for person in session.staff])
        hours = clock_range(session.start, session.end)
        found[session.day].append(TimedBlock(session.start, session.end, tone, hours, adults))
    return found


def _grid(
    canvas: Canvas,
    layout: GroupLayout,
    problem: Problem,
    dose: GroupDose,
    blocks: dict[str, list[TimedBlock]],
    scale: Scale,
    clock: int,
) -> None:
    words = Words(problem.data.district.locale)
    days = len(layout.days)
    row = scale.top - len(HEAD_HEIGHTS)
    tone = tone_of(dose.service)
    title = f"{tone.letter} · {group_name(problem, dose.service)}"
    canvas.across(row, clock, clock + days, title, BOLD)
    parts = [
        f"{dose.sessions.delivered} of {words.count(dose.sessions.owed, 'session')}",
        words.count(dose.students, "student"),
        kind_of_place(dose.service.place),
        listed([problem.person_of[person].name for person in dose.adults]),
    ]
    canvas.across(row + 1, clock, clock + days, " · ".join(parts), MUTED.but(size=8))
    for index, day in enumerate(layout.days):
        canvas.put(row + 2, clock + 1 + index, day, Look(size=8, bold=True, below=palette.LINE))
    strips = [Strip(clock + 1 + i, clock + 1 + i, blocks[day]) for i, day in enumerate(layout.days)]
    draw(canvas, scale, clock, strips, layout.widths)


def _index(canvas: Canvas, problem: Problem, starts: dict[str, int]) -> None:
    canvas.put(1, 1, "Groups", TITLE)
    canvas.heights(1, 1, 24)
    canvas.put(
        2,
        1,
        f"{week_of(problem)} · a grid for each group that is served · a school leads to its page",
        MUTED,
    )
    for row, (school, target) in enumerate(starts.items(), start=TOP + 1):
        canvas.link(row, 1, problem.schools[school].name, SHEET, target, LINK)
