"""The sheet `money by fund` of a principal: the accounts of the school's funds.

Sums that would tell somebody's pay are left out.
"""

from planner.access import SeenAccount
from planner.facts.problem import Problem
from planner.render.workbook.canvas import MUTED, Canvas
from planner.render.workbook.money_sheets import FUNDS, account_row
from planner.render.workbook.table import write_table

ACCOUNTS = FUNDS[:9]
"""Without what the fund delivers, which is not worked out of a school alone."""
BLANK = (
    "Planned and left are blank where a fund pays fewer than three people, because they would "
    "tell what one of them is paid, "
    "and where pay is not known."
)


def write(canvas: Canvas, problem: Problem, accounts: tuple[SeenAccount, ...]) -> None:
    """Every account in a row; below, why some figures are blank."""
    rows = [account_row(problem, one) for one in accounts]
    last = write_table(canvas, ACCOUNTS, rows)
    if any(one.left is None for one in accounts):
        canvas.put(last + 2, 1, BLANK, MUTED)
    if not rows:
        canvas.put(last + 1, 1, "No fund belongs to these schools alone.", MUTED)
