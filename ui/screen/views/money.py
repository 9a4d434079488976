"""The money: what each fund has, plans and has left, and what that buys.

Positions and their differentials; a school's page.
"""

from decimal import Decimal

import streamlit as st
from markupsafe import Markup

from planner.access import seen
from planner.access.money_view import FEWEST, SeenAccount
from planner.funding import FundingReport
from planner.funding.report import Spending
from planner.money.number_format import NumberFormat
from planner.render.workbook import hr_sheets, money_sheets
from planner.words.wording import Words
from ui.app.workspace import VisiblePlan
from ui.screen.figures import Metric, figures
from ui.screen.picking import picked_in
from ui.screen.sheet_table import sheet_table
from ui.screen.table import Head, HtmlCell, HtmlRow, table

NOT_TOLD = "–"
UNTOLD = "– stands where what is planned is not known: the dataset has no pay."
UNTOLD_HERE = (
    f"– stands where a fund pays fewer than {FEWEST} people, of whom it would tell "
    "what they earn, or where the dataset has no pay."
)
FEW = ("position", "role", "school", "staff", "fte", "funding", "total")


def show(opened: VisiblePlan) -> None:
    """The page."""
    problem = opened.problem
    if not problem.data.funds and not problem.data.positions:
        st.info(
            "This dataset holds no money: with the sheets programs, funds, positions and pay, "
            "what each fund pays stands here."
        )
        return
    whole = opened.money
    saying = NumberFormat(problem.data.district)
    if whole:
        _totals(opened, whole, saying)
    st.header("Funds, the least left first")
    picked_in(_funds(opened, opened.accounts, saying), "funds")
    if any(one.planned is None for one in opened.accounts):
        st.caption(UNTOLD if opened.viewer.sees_every_school else UNTOLD_HERE)
    if whole:
        _beside(opened, whole)
        _spending(opened, whole, saying)
        _positions(opened, whole)
    if seen(opened.viewer, "sheet:differentials"):
        _differentials(opened)


def _totals(opened: VisiblePlan, found: FundingReport, saying: NumberFormat) -> None:
    delivered = found.total.delivered
    some = [
        Metric(
            "Cost in all",
            saying.money(found.total.cost),
            "a year",
            "All cost lines of all positions, with employer costs.",
        ),
        Metric(
            "Positions",
            opened.words.fte(float(found.total.fte)),
            "FTE",
            "The FTE of all positions together.",
        ),
    ]
    if delivered:
        some.append(
            Metric(
                "Students",
                opened.words.number(delivered.students),
                "served",
                "Each student is counted once.",
            )
        )
        if found.total.per_minute is not None:
            hour = found.total.per_minute * 60
            made = "Cost in all, for each hour in which a student is served over the year."
            some.append(
                Metric(
                    "A student-hour",
                    saying.money(hour.quantize(hour.__class__("0.01"))),
                    "of service",
                    made,
                )
            )
    st.html(str(figures(some)))
    if found.unfunded:
        st.warning(f"{saying.money(found.unfunded)} are paid by no fund.")


def _funds(opened: VisiblePlan, accounts: tuple[SeenAccount, ...], saying: NumberFormat) -> Markup:
    problem = opened.problem
    ordered = sorted(accounts, key=lambda one: (one.left is None, one.left or 0))
    rows: list[HtmlRow] = []
    for one in ordered:
        left = NOT_TOLD if one.left is None else saying.money(one.left)
        over = one.left is not None and one.left < 0
        rows.append(
            [
                HtmlCell(
                    one.fund,
                    hover=f"Program {one.program}",
                    under=problem.schools[one.school].name if one.school else "pooled",
                ),
                HtmlCell(f"{left} overdrawn" if over else left, tone="broken" if over else ""),
                NOT_TOLD if one.planned is None else saying.money(one.planned),
                NOT_TOLD if one.expenditures is None else saying.money(one.expenditures),
                saying.money(one.allocated),
                saying.money(one.held + one.parents),
                saying.day(one.expires) if one.expires else NOT_TOLD,
            ]
        )
    made = (
        "Allocated, less what is held back or kept for parents, less what is planned. – where "
        "it would tell what one person earns."
    )
    heads = (
        Head("Fund"),
        Head("Left", "a year", figures=True, made=made),
        Head(
            "Planned",
            "a year",
            figures=True,
            made="What positions and expenditures cost this fund, to the cent.",
        ),
        Head(
            "Expenditures",
            "of that",
            figures=True,
            made="What it pays beside positions: the sheet expenditures, and paid extra hours.",
        ),
        Head("Allocated", "a year", figures=True, made="The amount in the sheet funds."),
        Head(
            "Held back",
            "with parents' share",
            figures=True,
            made="What the program's rules keep out of the plan.",
        ),
        Head("Spend by"),
    )
    sums = [
        HtmlCell("All together"),
        *(
            HtmlCell(
                NOT_TOLD
                if None in amounts
                else saying.money(sum((one for one in amounts if one is not None), Decimal(0)))
            )
            for amounts in (
                [one.left for one in accounts],
                [one.planned for one in accounts],
                [one.expenditures for one in accounts],
                [one.allocated for one in accounts],
                [one.held + one.parents for one in accounts],
            )
        ),
        HtmlCell(""),
    ]
    return table(
        heads, rows, sums=sums if len(rows) > 1 else (), caption="Funds, the least left first"
    )


def _spending(opened: VisiblePlan, found: FundingReport, saying: NumberFormat) -> None:
    titles = {role: row.title for role, row in opened.problem.roles.items()}
    schools = {school: opened.school(school) for school in opened.problem.schools}
    kinds = (
        ("Job class", found.roles, titles),
        ("School", found.schools, schools),
        ("Program", found.programs, dict[str, str]()),
    )
    for tab, (kind, some, names) in zip(
        st.tabs([f"By {kind.lower()}" for kind, _, _ in kinds]), kinds, strict=True
    ):
        with tab:
            rows = [_spent(one, names.get(one.id, one.id), opened.words, saying) for one in some]
            heads = (
                Head(kind),
                Head("FTE", figures=True),
                Head("Cost", "a year", figures=True, made="What positions cost."),
                Head(
                    "Expenditures",
                    "a year",
                    figures=True,
                    made="What is paid beside positions.",
                ),
                Head("Students", figures=True),
                Head("Per student", figures=True),
            )
            st.html(
                str(
                    table(
                        heads,
                        rows,
                        caption=f"What is spent, and what it delivers, by {kind.lower()}",
                    )
                )
            )


def _spent(one: Spending, name: str, words: Words, saying: NumberFormat) -> list[HtmlCell | str]:
    delivered = one.delivered
    students = NOT_TOLD if delivered is None else words.number(delivered.students)
    each = NOT_TOLD if one.per_student is None else saying.money(one.per_student)
    return [
        name or "of no single school, or of no fund",
        words.fte(float(one.fte)),
        saying.money(one.cost),
        saying.money(one.expenditures),
        students,
        each,
    ]


def _beside(opened: VisiblePlan, found: FundingReport) -> None:
    """What funds pay beside positions: of pay, what may be seen of it."""
    rows = money_sheets.beside_rows(found.lines)
    if not rows:
        return
    st.header("Expenditures")
    shown = [column.heading for column in money_sheets.BESIDE]
    st.html(
        str(
            sheet_table(
                money_sheets.BESIDE, rows, opened.problem, caption="Expenditures", shown=shown
            )
        )
    )


def _positions(opened: VisiblePlan, found: FundingReport) -> None:
    st.header("Positions")
    paid = bool(seen(opened.viewer, "plan:positions[].total"))
    rows = money_sheets.position_rows(opened.problem, found.budget)
    every = st.toggle("All columns", key="all_positions")
    columns = [column.heading for column in money_sheets.POSITIONS]
    hidden = () if paid else ("lane", "step", "pay", "allowances amount", "employer costs", "total")
    shown = [name for name in (columns if every else FEW) if name not in hidden]
    st.html(
        str(
            sheet_table(
                money_sheets.POSITIONS, rows, opened.problem, caption="Positions", shown=shown
            )
        )
    )


def _differentials(opened: VisiblePlan) -> None:
    st.header("Differentials and allowances")
    rows = hr_sheets.differential_rows(opened.hr)
    if not rows:
        st.info(hr_sheets.NO_DIFFERENTIALS)
        return
    paid = bool(seen(opened.viewer, "plan:positions[].total"))
    shown = [
        column.heading for column in hr_sheets.DIFFERENTIALS if paid or column.heading != "Amount"
    ]
    st.html(
        str(
            sheet_table(
                hr_sheets.DIFFERENTIALS, rows, opened.problem, caption="Differentials", shown=shown
            )
        )
    )
