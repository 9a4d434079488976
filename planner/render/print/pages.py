"""Print pages for HR, for those who keep the funds, and for a school's plan (SPSA).

They show the figures of the workbook's sheets.
"""

from collections.abc import Sequence
from datetime import date

from planner.facts.district import District
from planner.facts.problem import Problem
from planner.funding import FundingReport, SchoolPlan
from planner.hr import Hr
from planner.hr.findings import HrFinding
from planner.money.head_count import Count
from planner.money.number_format import NumberFormat
from planner.money.spending import SpendingLine
from planner.plan.positions import decimal_fte
from planner.render.print.paper import Paper
from planner.render.print.printed_table import Flow
from planner.render.workbook.beside_tables import SAVINGS, TIME_OFF, saving_rows, time_off_rows
from planner.render.workbook.canvas import Value
from planner.render.workbook.hr_sheets import (
    AMOUNT,
    DIFFERENTIALS,
    EFFORT,
    EFFORT_NOTE,
    FTE,
    NO_DIFFERENTIALS,
    PEOPLE,
    differential_rows,
    effort_rows,
    people_rows,
)
from planner.render.workbook.money_sheets import (
    ACCOUNTS,
    BESIDE,
    FUNDS,
    LINES,
    PAGE,
    account_rows,
    beside_rows,
    fund_rows,
    fund_sums,
    line_rows,
    need_lines,
    page_rows,
)
from planner.render.workbook.table import RIGHT, ReportColumn, without
from planner.words.wording import Words, listed

AMOUNTS = ("Amount",)
"""The columns of single positions that are left out without pay."""
FUNDED = (
    "Funds",
    "Supervisor",
    "Benefits",
    "Credentials that end",
    "Training due",
    "Record for auditors",
)
"""The columns of PEOPLE that stand in a second table: a page is too narrow for all."""
CONTROL = (
    ReportColumn("School, job class or fund", 34),
    *(
        column
        for state in ("Budgeted", "Filled", "Vacant", "Proposed")
        for column in (ReportColumn(state, 10, RIGHT), ReportColumn(f"{state} FTE", 10, FTE))
    ),
    ReportColumn("Amount", 14, AMOUNT),
)
CONTROL_NOTE = (
    "Budgeted are filled and vacant positions; in a plan, those of the plan. Proposed ones that "
    "are not budgeted count at the most that they may be."
)


def hr_pages(found: Hr, *, with_pay: bool, control: bool = True) -> bytes:
    """People and positions: what the rules find, a row a person and position, position control
    (which is the whole district's), differentials, time and effort, cost lines.
    """
    district = found.problem.data.district
    flow = _flow(district, "People and positions")
    flow.page(f"People and positions · {district.name}", "people")
    _remarks(flow, [*found.budget.remarks, *([_currency(district)] if with_pay else [])])
    _findings(flow, found.findings)
    people = people_rows(found, NumberFormat(district))
    hidden = () if with_pay else AMOUNTS
    flow.table(*without(PEOPLE, people, (*FUNDED, *AMOUNTS)), title="Contracts and dates")
    contract = [
        column.heading
        for column in PEOPLE
        if column.heading not in (*FUNDED, *AMOUNTS, "Person", "Position")
    ]
    flow.table(
        *without(PEOPLE, people, (*contract, *hidden)),
        title="Funds, benefits, credentials and training",
    )
    if control and found.problem.data.positions:
        flow.page("Position control", "control")
        flow.note(CONTROL_NOTE)
        flow.space(6)
        flow.table(*without(CONTROL, control_rows(found), hidden))
    flow.page("Differentials and allowances", "differentials")
    differentials = differential_rows(found)
    if differentials:
        flow.table(*without(DIFFERENTIALS, differentials, hidden))
    else:
        flow.note(NO_DIFFERENTIALS)
    flow.page("Planned time and effort", "effort")
    flow.note(EFFORT_NOTE)
    flow.space(6)
    flow.table(EFFORT, effort_rows(found))
    staff = {person.staff for person in found.people}
    # The whole district's lines hold its vacant positions as well, so that they add up to the sums.
    lines = [row for row in line_rows(found.budget) if control or row[1] in staff]
    if with_pay and lines:
        flow.page("Cost lines", "lines")
        flow.table(LINES, lines)
    if with_pay:
        _beside(flow, found.extra_pay, "Paid beside positions")
        _counted_table(flow, found, SAVINGS, saving_rows(found), "Saved by vacancies")
    _counted_table(flow, found, TIME_OFF, time_off_rows(found), "Time off in lieu")
    return flow.paper.finish()


def control_rows(found: Hr) -> list[tuple[Value, ...]]:
    """The rows under CONTROL: all positions, then by school, by job class and by fund."""
    data, control = found.problem.data, found.control
    names = {school.school: school.name for school in data.schools} | {
        role.role: role.title for role in data.roles
    }
    said = [("All", control.total)]
    said += [
        (names.get(one.id, "No single school"), one) for one in (*control.schools, *control.roles)
    ]
    said += [(one.id or "No fund", one) for one in control.funds]
    return [
        (
            name,
            *_counted(one.budgeted),
            *_counted(one.filled),
            *_counted(one.vacant),
            *_counted(one.proposed),
            one.budgeted.amount,
        )
        for name, one in said
    ]


def _counted(count: Count) -> tuple[Value, ...]:
    return count.positions, decimal_fte(count.fte)


def fund_pages(problem: Problem, found: FundingReport, *, with_pay: bool) -> bytes:
    """Every fund's account and what it delivers, with the sums, what the rules on funds find, and
    what funds pay beside positions: without pay, no line that tells what somebody is paid.
    """
    district = problem.data.district
    flow = _flow(district, "Money by fund")
    flow.page(f"Money by fund · {district.name}", "funds")
    _remarks(flow, [*found.remarks, _currency(district)])
    _findings(flow, found.findings)
    rows = fund_rows(problem, found)
    flow.table(FUNDS, rows, fund_sums(found) if rows else ())
    if found.unfunded:
        flow.note(f"{NumberFormat(district).money(found.unfunded)} is paid by no fund.", bold=True)
    _beside(flow, [line for line in found.lines if with_pay or not line.tells_pay])
    return flow.paper.finish()


def school_plan_pages(problem: Problem, page: SchoolPlan, *, with_pay: bool) -> bytes:
    """The page of a school's plan: need, positions with activity and funds, and the school's funds.

    Without pay, what positions cost and what funds have left is missing.
    """
    district = problem.data.district
    flow = _flow(district, f"{page.name}: plan of the school's budget")
    flow.page(f"{page.name}: plan of the school's budget", "plan")
    _remarks(flow, [*page.remarks, *([_currency(district)] if with_pay else [])])
    for said in need_lines(page, Words(district.locale)):
        flow.note(said)
    flow.space(8)
    told = "Positions" if page.timed else "Positions (activity: what the job class may do here)"
    flow.table(*without(PAGE, page_rows(page), () if with_pay else AMOUNTS), title=told)
    if page.vacant:
        flow.note(f"Vacant: {listed(page.vacant)}.")
        flow.space(8)
    _beside(flow, [line for line in page.lines if with_pay or not line.tells_pay])
    accounts = account_rows(page)
    if with_pay and accounts:
        flow.table(ACCOUNTS, accounts, title="Funds")
    return flow.paper.finish()


def _counted_table(
    flow: Flow,
    found: Hr,
    columns: tuple[ReportColumn, ...],
    rows: list[tuple[Value, ...]],
    title: str,
) -> None:
    if rows:
        day = _said(found.counted_to, found.problem.data.district)
        flow.space(8)
        flow.table(columns, rows, title=f"{title} up to {day}")


def _beside(flow: Flow, lines: Sequence[SpendingLine], title: str = "Expenditures") -> None:
    if lines:
        flow.space(8)
        flow.table(BESIDE, beside_rows(lines), title=title)


def _flow(district: District, title: str) -> Flow:
    year = f"{_said(district.year_start, district)} to {_said(district.year_end, district)}"
    paper = Paper(
        district.locale,
        f"{title} · {district.name}",
        district.name,
        f"{district.name} · {title} · {year}",
    )
    return Flow(paper, district.locale)


def _said(day: date, district: District) -> str:
    return Words(district.locale).day(day)


def _currency(district: District) -> str:
    return f"Amounts are a year's, in {district.currency}."


def _remarks(flow: Flow, remarks: Sequence[str]) -> None:
    for remark in remarks:
        flow.note(remark)
    if remarks:
        flow.space(6)


def _findings(flow: Flow, findings: Sequence[HrFinding]) -> None:
    """What the rules find, with what to write where; the same words as `planner hr` and `planner
    funds`.
    """
    for one in findings:
        flow.note(f"{one.severity}: {one.message}", bold=one.severity == "broken")
        flow.note(one.remedy + (f" [{one.source}]" if one.source else ""), indent=10)
    if findings:
        flow.space(8)
