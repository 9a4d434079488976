"""The sheets `sessions` and `placements`: the plan itself, row by row.

They may be edited by hand and read back.
"""

from collections.abc import Sequence
from datetime import time

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from planner.document.plan_rows import HALVES, PLACEMENTS, SESSIONS
from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.render.workbook.canvas import PLAIN, Canvas, Look, Value
from planner.render.workbook.table import ReportColumn, write_table

TIME = Look(align="right", number="hh:mm")
WIDTHS = {
    "service": 26,
    "staff": 22,
    "preparation": 28,
    "place": 16,
    "dates": 24,
    "school": 14,
    "position": 14,
}
TIMES = ("start", "end", "shift_start", "shift_end", "lunch_start", "lunch_end")
LONGEST_LIST = 255
SPARE_ROWS = 200
"""Rows below the last one in which days may still be chosen from the list."""


def write_sessions(canvas: Canvas, problem: Problem, plan: Plan) -> None:
    """Every session, by school, day and time."""
    last = write_table(canvas, _columns(SESSIONS), session_rows(problem, plan))
    _choose(canvas, SESSIONS.index("day"), problem.cycle, last)
    _choose(canvas, SESSIONS.index("kind"), ("group", "duty"), last)


def write_placements(canvas: Canvas, problem: Problem, plan: Plan) -> None:
    """Everybody's days, by person and day."""
    last = write_table(canvas, _columns(PLACEMENTS), placement_rows(problem, plan))
    _choose(canvas, PLACEMENTS.index("day"), problem.cycle, last)
    _choose(canvas, PLACEMENTS.index("half"), HALVES, last)


def session_rows(problem: Problem, plan: Plan) -> list[tuple[Value, ...]]:
    """Every session under the columns of SESSIONS, by school, day and time."""
    order = {day: index for index, day in enumerate(problem.cycle)}
    ordered = sorted(
        plan.sessions, key=lambda s: (s.school, order[s.day], s.start, s.service, s.staff)
    )
    return [_session(session) for session in ordered]


def placement_rows(problem: Problem, plan: Plan) -> list[tuple[Value, ...]]:
    """Everybody's days under the columns of PLACEMENTS, by person and day."""
    order = {day: index for index, day in enumerate(problem.cycle)}
    return [
        _placement(placement)
        for placement in sorted(plan.placements, key=lambda p: (p.staff, order[p.day], p.start))
    ]


def _columns(names: Sequence[str]) -> list[ReportColumn]:
    return [
        ReportColumn(name, WIDTHS.get(name, 11), TIME if name in TIMES else PLAIN) for name in names
    ]


def _session(session: Session) -> tuple[Value, ...]:
    return (
        session.service,
        session.kind,
        session.school or None,
        ";".join(sorted(session.staff)) or None,
        session.day,
        _time(session.start),
        _time(session.end),
        session.place or None,
        "; ".join(date.isoformat() for date in sorted(session.dates)) or None,
    )


def _placement(placement: Placement) -> tuple[Value, ...]:
    lunch = placement.lunch or (None, None)
    return (
        placement.staff,
        placement.position or None,
        placement.day,
        placement.half,
        placement.school,
        _time(placement.start),
        _time(placement.end),
        _time(lunch[0]),
        _time(lunch[1]),
        "; ".join(f"{clock(start)}-{clock(end)}" for start, end in sorted(placement.preparation))
        or None,
    )


def _time(minutes: int | None) -> Value:
    """A clock time as a spreadsheet's own; midnight at the end of a day, which it does not know, as
    text.
    """
    if minutes is None:
        return None
    return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else clock(minutes)


def _choose(canvas: Canvas, index: int, choices: Sequence[str], last: int) -> None:
    """Let a column's cells be chosen from a list, where the list is short enough for a
    spreadsheet.
    """
    listed = ",".join(choices)
    if len(listed) > LONGEST_LIST - 2 or any("," in choice or '"' in choice for choice in choices):
        return
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.error = f"One of {', '.join(choices)}."
    letter = get_column_letter(index + 1)
    rule.add(f"{letter}2:{letter}{last + SPARE_ROWS}")
    canvas.sheet.add_data_validation(rule)
