"""The sheets `positions`, `cost lines`, `money by fund` and `school budget`.

What is budgeted, and who pays which cent.
"""

from collections.abc import Iterator, Sequence

from planner.access import SeenAccount
from planner.facts.problem import Problem
from planner.funding import Account, FundingReport, SchoolPlan
from planner.money.budgeted import Budgeted
from planner.money.spending import SpendingLine
from planner.plan.positions import decimal_fte
from planner.render.workbook.canvas import MUTED, TITLE, Canvas, Look, Value
from planner.render.workbook.hr_sheets import AMOUNT, FTE, PERCENT
from planner.render.workbook.table import RIGHT, WRAPPED, ReportColumn, total_line, write_table
from planner.words.wording import Words, listed

UNIT = Look(align="right", number="#,##0.00##")
POSITIONS = (
    ReportColumn("position", 12),
    ReportColumn("role", 22),
    ReportColumn("school", 18),
    ReportColumn("staff", 14),
    ReportColumn("fte", 9, FTE),
    ReportColumn("lane", 12),
    ReportColumn("step", 10),
    ReportColumn("funding", 34, WRAPPED),
    ReportColumn("allowances", 22, WRAPPED),
    ReportColumn("allowance_funding", 40, WRAPPED),
    ReportColumn("pay", 13, AMOUNT),
    ReportColumn("allowances amount", 13, AMOUNT),
    ReportColumn("employer costs", 13, AMOUNT),
    ReportColumn("total", 14, AMOUNT),
)
LINES = (
    ReportColumn("Position", 12),
    ReportColumn("Person", 14),
    ReportColumn("Line", 12),
    ReportColumn("Name", 26),
    ReportColumn("Item", 12),
    ReportColumn("Formula", 60, WRAPPED),
    ReportColumn("Amount", 13, AMOUNT),
    ReportColumn("Fund", 16),
    ReportColumn("The fund's part", 13, AMOUNT),
)
FUNDS = (
    ReportColumn("Fund", 18),
    ReportColumn("Program", 18),
    ReportColumn("School", 26),
    ReportColumn("Allocated", 15, AMOUNT),
    ReportColumn("Held back", 13, AMOUNT),
    ReportColumn("Parents", 12, AMOUNT),
    ReportColumn("Filled", 15, AMOUNT),
    ReportColumn("Vacant", 13, AMOUNT),
    ReportColumn("Proposed", 13, AMOUNT),
    ReportColumn("Expenditures", 14, AMOUNT),
    ReportColumn("Planned", 15, AMOUNT),
    ReportColumn("Left", 15, AMOUNT),
    ReportColumn("Spend by", 12),
    ReportColumn("FTE", 9, FTE),
    ReportColumn("Students", 10, RIGHT),
    ReportColumn("Student-minutes a year", 13, RIGHT),
    ReportColumn("Per student", 12, UNIT),
    ReportColumn("Per student-minute", 12, UNIT),
)
PLANNED = 1 + [column.heading for column in FUNDS].index("Planned")
"""The place of that column."""
PAGE = (
    ReportColumn("Position", 12),
    ReportColumn("Job class", 32),
    ReportColumn("Held by", 24),
    ReportColumn("FTE", 13, FTE),
    ReportColumn("Tiers", 13),
    ReportColumn("Activity", 46, WRAPPED),
    ReportColumn("Fund", 18),
    ReportColumn("%", 13, PERCENT),
    ReportColumn("Amount", 14, AMOUNT),
)
ACCOUNTS = (
    ReportColumn("Fund", 12),
    ReportColumn("Program", 32),
    ReportColumn("Spend by", 24),
    ReportColumn("Allocated", 13, AMOUNT),
    ReportColumn("Held back", 13, AMOUNT),
    ReportColumn("Parents", 46, AMOUNT),
    ReportColumn("Expenditures", 18, AMOUNT),
    ReportColumn("Planned", 13, AMOUNT),
    ReportColumn("Left", 14, AMOUNT),
)
BESIDE = (
    ReportColumn("Expenditure", 12),
    ReportColumn("Title", 32, WRAPPED),
    ReportColumn("Kind", 24),
    ReportColumn("Status", 13),
    ReportColumn("School", 13),
    ReportColumn("Formula", 46, WRAPPED),
    ReportColumn("Fund", 18),
    ReportColumn("Amount", 13, AMOUNT),
)
KINDS = {"pay": "pay", "allowance": "allowance", "oncost": "employer cost"}


def write_positions(canvas: Canvas, problem: Problem, budget: Budgeted) -> None:
    """Every position with its money; the columns up to allowance_funding are those of a plan's
    positions.
    """
    write_table(canvas, POSITIONS, position_rows(problem, budget))


def position_rows(problem: Problem, budget: Budgeted) -> list[tuple[Value, ...]]:
    """The rows under POSITIONS."""
    rows: list[tuple[Value, ...]] = []
    for position in budget.positions:
        cost = budget.cost_of.get(position.position)
        amounts = (
            (cost.of("pay"), cost.of("allowance"), cost.of("oncost"), cost.total)
            if cost
            else (None,) * 4
        )
        rows.append(
            (
                position.position,
                position.role,
                ";".join(position.school) or None,
                position.staff,
                decimal_fte(position.fte),
                position.lane or None,
                position.step or None,
                position.funding or None,
                ";".join(position.allowances) or None,
                position.allowance_funding or None,
                *amounts,
            )
        )
    return rows


def write_lines(canvas: Canvas, budget: Budgeted) -> None:
    """Every cost line with its formula, a row for each fund that pays of it; the amount stands in
    the first.
    """
    write_table(canvas, LINES, line_rows(budget))


def line_rows(budget: Budgeted) -> list[tuple[Value, ...]]:
    """The rows under LINES."""
    rows: list[tuple[Value, ...]] = []
    for part_cost in (part for cost in budget.costs.positions for part in cost.parts):
        for line in part_cost.lines:
            for number, (fund, part) in enumerate(line.funds.items()):
                said = (line.formula, line.amount) if number == 0 else (None, None)
                named = (
                    line.position,
                    part_cost.holding.staff,
                    KINDS[line.kind],
                    line.name,
                    line.budget_item or None,
                )
                rows.append((*named, *said, fund or "no fund", part))
    return rows


def write_funds(canvas: Canvas, problem: Problem, found: FundingReport) -> None:
    """Every fund's account and what it delivers; the sums; below, what no fund pays."""
    rows = fund_rows(problem, found)
    last = write_table(canvas, FUNDS, rows)
    if rows:
        total_line(canvas, last + 1, fund_sums(found), [column.look for column in FUNDS])
    if found.unfunded:
        canvas.put(last + 3, 1, "Paid by no fund", MUTED)
        canvas.put(last + 3, PLANNED, found.unfunded, AMOUNT)
    if found.lines:
        top = last + 5
        canvas.put(top, 1, "Expenditures", TITLE)
        write_table(canvas, BESIDE, beside_rows(found.lines), top=top + 1, whole=False)


def fund_sums(found: FundingReport) -> list[Value]:
    """The sums under FUNDS; what students get is not added: one may be served from several
    funds.
    """
    some = found.accounts
    each = (
        [a.allocated for a in some],
        [a.held for a in some],
        [a.parents for a in some],
        [a.filled for a in some],
        [a.vacant for a in some],
        [a.proposed for a in some],
        [a.expenditures for a in some],
        [a.planned for a in some],
        [a.left for a in some],
    )
    return ["All", None, None, *map(sum, each), *[None] * 6]


def fund_rows(problem: Problem, found: FundingReport) -> list[tuple[Value, ...]]:
    """The rows under FUNDS, an account each."""
    spent = {one.id: one for one in found.funds if one.fte or one.cost}
    rows: list[tuple[Value, ...]] = []
    for account in found.accounts:
        one = spent.get(account.fund)
        delivered = one.delivered if one else None
        bought: tuple[Value, ...] = (
            decimal_fte(one.fte) if one else None,
            delivered.students if delivered else None,
            decimal_fte(delivered.minutes) if delivered else None,
            one.per_student if one else None,
            one.per_minute if one else None,
        )
        rows.append((*account_row(problem, account), *bought))
    return rows


def beside_rows(lines: Sequence[SpendingLine]) -> list[tuple[Value, ...]]:
    """The rows under BESIDE: what funds pay beside positions, a row for each fund that pays of a
    line.
    """
    return [
        (
            line.id,
            line.title,
            line.kind.replace("_", " "),
            line.status,
            line.school or None,
            line.formula,
            fund or "no fund",
            amount,
        )
        for line in lines
        for fund, amount in line.funds.items()
    ]


def account_row(problem: Problem, account: Account) -> tuple[Value, ...]:
    """What an account says under the first columns of FUNDS."""
    return (
        *fund_cells(problem, account),
        account.filled,
        account.vacant,
        account.proposed,
        account.expenditures,
        account.planned,
        account.left,
        account.expires.isoformat() if account.expires else None,
    )


def fund_cells(problem: Problem, account: Account | SeenAccount) -> tuple[Value, ...]:
    """What an account says before anything is planned."""
    return (
        account.fund,
        account.program,
        problem.schools[account.school].name if account.school else "pooled",
        account.allocated,
        account.held,
        account.parents,
    )


def write_school_budget(canvas: Canvas, pages: list[SchoolPlan], words: Words) -> None:
    """The pages of the schools, one below the other, each printed on pages of its own."""
    for place, column in enumerate(PAGE, start=1):
        canvas.widths(place, column.width * 5.6)
    row = 1
    for page in pages:
        row = _page(canvas, page, words, row) + 2
        canvas.end_page(row - 1)


def _page(canvas: Canvas, page: SchoolPlan, words: Words, row: int) -> int:
    """A school's page; gives its last row."""
    canvas.put(row, 1, page.name, TITLE)
    canvas.heights(row, row, 26)
    row += 1
    for said in need_lines(page, words):
        canvas.put(row, 1, said)
        row += 1
    row = write_table(canvas, PAGE, page_rows(page), top=row, whole=False)
    if page.vacant:
        row += 1
        canvas.put(row, 1, f"Vacant: {listed(page.vacant)}.", MUTED)
    if page.lines:
        row = write_table(canvas, BESIDE, beside_rows(page.lines), top=row + 2, whole=False)
    accounts = account_rows(page)
    return write_table(canvas, ACCOUNTS, accounts, top=row + 2, whole=False) if accounts else row


def need_lines(page: SchoolPlan, words: Words) -> Iterator[str]:
    """Tier by tier what is needed at a school, and what is served of it."""
    for need in page.needs:
        doses = (
            (need.groups, "groups"),
            (need.students, "students"),
            (need.minutes, "minutes a cycle"),
        )
        served = (
            "; served " + ", ".join(words.number(dose.delivered) for dose, _ in doses)
            if page.timed
            else ""
        )
        yield (
            f"Tier {need.tier}: "
            + ", ".join(f"{words.number(dose.owed)} {what}" for dose, what in doses)
            + served
        )


def page_rows(page: SchoolPlan) -> list[tuple[Value, ...]]:
    """The rows under PAGE: a position and fund each."""
    rows: list[tuple[Value, ...]] = []
    for one in page.positions:
        tiers = listed([str(tier) for tier in one.tiers]) or None
        head = (
            one.position.position,
            one.title,
            one.holder,
            decimal_fte(one.position.fte),
            tiers,
            one.activity or None,
        )
        for number, line in enumerate(one.funding):
            own = head if number == 0 else (None,) * len(head)
            rows.append((*own, line.fund or "no fund", decimal_fte(line.percent), line.amount))
    return rows


def account_rows(page: SchoolPlan) -> list[tuple[Value, ...]]:
    """The rows under ACCOUNTS: the school's own funds, and pooled ones that pay a position here."""
    return [
        (
            a.fund,
            a.program,
            a.expires.isoformat() if a.expires else None,
            a.allocated,
            a.held,
            a.parents,
            a.expenditures,
            a.planned,
            a.left,
        )
        for a in page.accounts
    ]
