"""The tables of what HR counts beside positions: time off in lieu, and what vacancies save."""

from planner.hr import Hr
from planner.render.workbook.canvas import Value
from planner.render.workbook.hr_sheets import AMOUNT
from planner.render.workbook.table import RIGHT, ReportColumn

TIME_OFF = (
    ReportColumn("Staff", 26),
    ReportColumn("Earned, min", 12, RIGHT),
    ReportColumn("Taken, min", 12, RIGHT),
    ReportColumn("Balance, min", 12, RIGHT),
    ReportColumn("Earned in the year, min", 14, RIGHT),
)
SAVINGS = (
    ReportColumn("Position", 14),
    ReportColumn("Vacant since", 14),
    ReportColumn("Saved", 14, AMOUNT),
    ReportColumn("If it stays vacant", 14, AMOUNT),
    ReportColumn("Budgeted", 14, AMOUNT),
)


def time_off_rows(found: Hr) -> list[tuple[Value, ...]]:
    """The rows under TIME_OFF."""
    return [
        (one.staff, one.earned, one.taken, one.balance, one.in_the_year) for one in found.time_off
    ]


def saving_rows(found: Hr) -> list[tuple[Value, ...]]:
    """The rows under SAVINGS."""
    return [
        (one.position, one.since.isoformat(), one.saved, one.in_the_year, one.budgeted)
        for one in found.savings
    ]
