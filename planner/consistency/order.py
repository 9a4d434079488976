"""Dates and clock times that come in the wrong order."""

from collections.abc import Iterator

from planner.consistency.sheets import Sheets
from planner.errors import Fault
from planner.problem.cells import clock
from planner.problem.decisions import RuleRow
from planner.problem.district import CalendarDay, District
from planner.problem.funds import Position
from planner.problem.roles import Pay, Role
from planner.problem.row import Row
from planner.problem.schools import Block, School
from planner.problem.services import Group
from planner.problem.sheets import heading
from planner.problem.staff import Offering, Staff, Training

DATES: tuple[tuple[type[Row], str, str], ...] = (
    (District, "year_start", "year_end"),
    (CalendarDay, "date", "to"),
    (Pay, "from_", "to"),
    (Staff, "hire_date", "end_date"),
    (Position, "start", "end"),
    (Group, "from_", "to"),
    (Training, "hired_from", "hired_to"),
    (RuleRow, "from_", "to"),
)
CLOCK_TIMES: tuple[tuple[type[Row], str, str], ...] = (
    (Role, "lunch_from", "lunch_to"),
    (School, "open", "close"),
    (Block, "start", "end"),
    (Staff, "start", "end"),
    (Offering, "start", "end"),
)


def find_dates_in_wrong_order(sheets: Sheets) -> Iterator[Fault]:
    """A last date before the first; the same day is fine."""
    for model, first, last in DATES:
        for row in sheets.of(model):
            start, end = getattr(row, first), getattr(row, last)
            if start and end and end < start:
                yield sheets.fault(row, last, f"is before {heading(first)} ({start.isoformat()}).")


def find_clock_times_in_wrong_order(sheets: Sheets) -> Iterator[Fault]:
    """A stretch of the day that ends when it starts, or before."""
    for model, first, last in CLOCK_TIMES:
        for row in sheets.of(model):
            start, end = getattr(row, first), getattr(row, last)
            if start is not None and end is not None and end <= start:
                yield sheets.fault(row, last, f"is not after {heading(first)} ({clock(start)}).")
