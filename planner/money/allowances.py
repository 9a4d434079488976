"""Differentials and allowances of a position, each with its own formula and its own funds."""

from collections.abc import Iterator
from fractions import Fraction

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.facts.roles import Allowance
from planner.facts.staff_rows import Staff
from planner.money.cents import cents, money, weights_of
from planner.money.employment import Employment
from planner.money.lines import UnsharedLine
from planner.money.number_format import NumberFormat
from planner.money.pay import FormulaAmount, extent
from planner.plan.plan import FundedPosition


def allowance_lines(
    problem: Problem,
    employment: Employment,
    pay: UnsharedLine,
    person: Staff | None,
    saying: NumberFormat,
) -> Iterator[UnsharedLine]:
    """A line for each allowance of the position, in its order."""
    position = employment.position
    rows = {row.allowance: row for row in problem.data.allowances}
    for name in position.allowances:
        row = rows[name]
        figure = _figure(row, employment, pay, person, saying)
        yield UnsharedLine(
            position.position,
            "allowance",
            name,
            row.budget_item,
            money(cents(figure.value)),
            figure.said,
            weights_of(allowance_shares(position, name)),
        )


def allowance_shares(position: FundedPosition, allowance: str) -> tuple[Share, ...]:
    """Which funds pay an allowance: its own shares, else those of the position."""
    return (
        tuple(share for share in position.allowance_funding if share.allowance == allowance)
        or position.funding
    )


def _figure(
    row: Allowance,
    employment: Employment,
    pay: UnsharedLine,
    person: Staff | None,
    saying: NumberFormat,
) -> FormulaAmount:
    """Hours are paid hours and a percentage is of the pay line: both follow the position whatever
    `match` says.

    A sum a year or a period is due whole where it is flat, once for a position whoever holds it;
    else for what the position earns of a full-time, full-year one.
    """
    amount = Fraction(row.amount)
    if row.unit == "percent":
        return FormulaAmount(
            amount * Fraction(pay.amount) / 100,
            f"{saying.percent(row.amount)} × {saying.money(pay.amount)}",
        )
    said = saying.money(row.amount)
    if row.unit == "hour":
        return FormulaAmount(
            amount * employment.hours, f"{said} × {saying.hours(employment.hours)}"
        )
    if row.unit == "period":
        amount, said = amount * row.periods, f"{said} × {saying.words.count(row.periods, 'period')}"
    part = extent(employment, person, saying)
    if row.match == "flat" and part.value:
        seat = employment.part_of_seat
        by = f" × {saying.number(seat)} of the position" if seat != 1 else ""
        return FormulaAmount(amount * seat, said + by)
    return FormulaAmount(amount * part.value, f"{said} × {part.said}")
