"""The sheet `money by fund` of a principal: the accounts of the school's funds.

Sums that would tell somebody's pay are left out.
"""

from planner.access import SeenAccount
from planner.facts.problem import Problem
from planner.render.workbook.canvas import MUTED, Canvas
from planner.render.workbook.money_sheets import FUNDS, fund_cells
from planner.render.workbook.table import write_table

SAID = (
    "Fund",
    "Program",
    "School",
    "Allocated",
    "Held back",
    "Parents",
    "Expenditures",
    "Planned",
    "Left",
    "Spend by",
)
ACCOUNTS = tuple(column for column in FUNDS if column.heading in SAID)
"""Without what the fund delivers, which is not worked out of a school alone, and without the parts
of what is planned, of which one might be a single person's pay.
"""
BLANK = (
    "Planned and left are blank where a fund pays fewer than three people, because they would "
    "tell what one of them is paid, "
    "and where pay is not known."
)


def write(canvas: Canvas, problem: Problem, accounts: tuple[SeenAccount, ...]) -> None:
    """Every account in a row; below, why some figures are blank."""
    rows = [
        (
            *fund_cells(problem, one),
            one.expenditures,
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
