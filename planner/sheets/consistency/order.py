"""Dates and clock times that come in the wrong order."""

from collections.abc import Iterator

from planner.facts.assignments import Assignment
from planner.facts.cell_formats import clock
from planner.facts.decisions import RuleRow
from planner.facts.district import CalendarDay, District
from planner.facts.expenditures import Expenditure
from planner.facts.funds import Fund, Position
from planner.facts.group_rows import Group
from planner.facts.roles import Pay, Role
from planner.facts.row import SheetRow
from planner.facts.schools import Block, School
from planner.facts.sheets import heading
from planner.facts.staff_rows import Offering, Staff, Training
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

DATES: tuple[tuple[type[SheetRow], str, str], ...] = (
    (District, "year_start", "year_end"),
    (CalendarDay, "date", "to"),
    (Pay, "from_", "to"),
    (Staff, "hire_date", "end_date"),
    (Fund, "starts", "expires"),
    (Position, "start", "end"),
    (Assignment, "from_", "to"),
    (Expenditure, "from_", "to"),
    (Group, "from_", "to"),
    (Training, "hired_from", "hired_to"),
    (RuleRow, "from_", "to"),
)
CLOCK_TIMES: tuple[tuple[type[SheetRow], str, str], ...] = (
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
