"""What it costs: the table `cost`, and the head of the summary. What is not known in a plan has no
difference.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from planner.comparison.row import Better, ComparisonRow, ComparisonTable, Kind, each
from planner.document.measure_rows import CostFigures

NOTHING = Decimal("0.00")


def summary(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """The cost of a year in all, and for each student-minute."""
    costs = _costs(table)
    if not any(costs):
        return
    yield table.row(
        "cost",
        "Cost a year",
        "money",
        each(costs, lambda c: c.all),
        better="less",
        known=False,
        always=True,
    )
    units = each(costs, lambda c: c.per_student_minute.all)
    yield table.row(
        "per_student_minute",
        "A student-minute costs",
        "unit_cost",
        units,
        better="less",
        known=False,
        always=True,
    )


def cost(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """By fund what is spent, what is left and what a student-minute costs; by job class and school
    what is spent.
    """
    costs = _costs(table)
    if not any(costs):
        return
    for fund in table.ids(lambda plan: plan.measures.cost.fund_left if plan.measures.cost else ()):
        yield from _fund(table, fund)
    if any("" in c.fund for c in costs if c):
        yield _spent(table, "cost", "a year", ("fund", "", "Paid by no fund"), lambda c: c.fund)
    for role in table.ids(lambda plan: plan.measures.cost.role if plan.measures.cost else ()):
        yield _spent(table, "cost", "a year", ("role", role, table.role(role)), lambda c: c.role)
    for school in table.ids(lambda plan: plan.measures.cost.school if plan.measures.cost else ()):
        label = table.school(school) if school else "At no single school"
        yield _spent(table, "cost", "a year", ("school", school, label), lambda c: c.school)


def _fund(table: ComparisonTable, fund: str) -> Iterator[ComparisonRow]:
    of: tuple[Kind, str, str] = ("fund", fund, table.fund(fund))
    yield _spent(table, "cost", "a year", of, lambda c: c.fund)
    if any(costs and costs.expenditures.get(fund) for costs in _costs(table)):
        yield _spent(table, "expenditures", "beside positions", of, lambda c: c.expenditures)
    left = each(_costs(table), lambda c: c.fund_left.get(fund))
    yield table.row("left", "left", "money", left, of=of, better="more", known=False)
    units = each(_costs(table), lambda c: c.per_student_minute.fund.get(fund))
    yield table.row(
        "per_student_minute",
        "a student-minute",
        "unit_cost",
        units,
        of=of,
        better="less",
        known=False,
    )


def _costs(table: ComparisonTable) -> list[CostFigures | None]:
    return [plan.measures.cost for plan in table.plans]


def _spent(
    table: ComparisonTable,
    measure: str,
    what: str,
    of: tuple[Kind, str, str],
    part: Callable[[CostFigures], Mapping[str, Decimal]],
    better: Better = "",
) -> ComparisonRow:
    """What is spent on one thing: nothing where a plan's costs are known and it is not among
    them.
    """
    values = each(_costs(table), lambda costs: part(costs).get(of[1], NOTHING))
    return table.row(measure, what, "money", values, of=of, better=better, known=False)
