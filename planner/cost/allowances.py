"""Differentials and allowances of a position, each with its own formula and its own funds."""

from collections.abc import Iterator
from fractions import Fraction

from planner.cost.cents import by_fund, cents, money, weights_of
from planner.cost.employment import Employment
from planner.cost.lines import CostLine
from planner.cost.pay import Figure, extent
from planner.cost.saying import Saying
from planner.plan import FundedPosition
from planner.problem.cell import Share
from planner.problem.problem import Problem
from planner.problem.roles import Allowance
from planner.problem.staff import Staff


def allowance_lines(
    problem: Problem, employment: Employment, pay: CostLine, person: Staff | None, saying: Saying
) -> Iterator[CostLine]:
    """A line for each allowance of the position, in its order."""
    position = employment.position
    rows = {row.allowance: row for row in problem.data.allowances}
    for name in position.allowances:
        row = rows[name]
        figure = _figure(row, employment, pay, person, saying)
        amount = cents(figure.value)
        funds = by_fund(amount, weights_of(allowance_shares(position, name)))
        yield CostLine(position.position, "allowance", name, row.budget_item, money(amount), figure.said, funds)


def allowance_shares(position: FundedPosition, allowance: str) -> tuple[Share, ...]:
    """Which funds pay an allowance: its own shares, else those of the position."""
    return tuple(share for share in position.allowance_funding if share.allowance == allowance) or position.funding


def _figure(row: Allowance, employment: Employment, pay: CostLine, person: Staff | None, saying: Saying) -> Figure:
    """Hours are paid hours and a percentage is of the pay line: both follow the position whatever `match` says.

    A sum a year or a period is due whole where it is flat, else for what the position earns of a full-time, full-year one.
    """
    amount = Fraction(row.amount)
    if row.unit == "percent":
        return Figure(amount * Fraction(pay.amount) / 100, f"{saying.percent(row.amount)} × {saying.money(pay.amount)}")
    said = saying.money(row.amount)
    if row.unit == "hour":
        return Figure(amount * employment.hours, f"{said} × {saying.hours(employment.hours)}")
    if row.unit == "period":
        amount, said = amount * row.periods, f"{said} × {saying.words.count(row.periods, 'period')}"
    part = extent(employment, person, saying)
    if row.match == "flat" and part.value:
        return Figure(amount, said)
    return Figure(amount * part.value, f"{said} × {part.said}")
