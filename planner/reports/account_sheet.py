"""The sheet `money by fund` of a principal: the accounts of the school's funds, without sums that would tell somebody's pay."""

from planner.access import SeenAccount
from planner.problem.problem import Problem
from planner.reports.canvas import MUTED, Canvas, Value
from planner.reports.hr_sheets import AMOUNT
from planner.reports.table import Column, write_table

ACCOUNTS = (
    Column("Fund", 18),
    Column("Program", 18),
    Column("School", 26),
    Column("Allocated", 15, AMOUNT),
    Column("Held back", 13, AMOUNT),
    Column("Parents", 12, AMOUNT),
    Column("Planned", 15, AMOUNT),
    Column("Left", 15, AMOUNT),
    Column("Spend by", 12),
)
BLANK = (
    "Planned and left are blank where a fund pays fewer than three people, because they would tell what one of them is paid, "
    "and where pay is not known."
)


def write(canvas: Canvas, problem: Problem, accounts: tuple[SeenAccount, ...]) -> None:
    """Every account in a row; below, why some figures are blank."""
    rows: list[tuple[Value, ...]] = [
        (
            one.fund,
            one.program,
            problem.schools[one.school].name if one.school else "pooled",
            one.allocated,
            one.held,
            one.parents,
            one.planned,
            one.left,
            one.expires.isoformat() if one.expires else None,
        )
        for one in accounts
    ]
    last = write_table(canvas, ACCOUNTS, rows)
    if any(one.left is None for one in accounts):
        canvas.put(last + 2, 1, BLANK, MUTED)
    if not rows:
        canvas.put(last + 1, 1, "No fund belongs to these schools alone.", MUTED)
