"""What a position costs month by month."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from planner.facts.problem import Problem
from planner.money.cents import money, shared_out, to_cents
from planner.money.employment import Employment, Employments, month_number
from planner.money.lines import ZERO, PositionCost
from planner.money.paid_months import days_paid
from planner.money.rates import weighs_months


def by_month(problem: Problem, cost: PositionCost) -> Mapping[int, Mapping[str, Decimal]]:
    """What each fund pays of a position in each month, counted as `month_number` does.

    Everybody's time on it is shared out over the months in which they are paid: by the dates worked
    or, in term time, in equal instalments, as their pay is. The cents of a fund add up to what it
    pays in the year, over the months as over the lines.
    """
    found: dict[int, dict[str, Decimal]] = {}
    held = Employments(problem).held(cost.position)
    for employment, part in zip(held, cost.parts, strict=True):
        months = months_of(problem, employment)
        for fund, amount in part.funds.items():
            cents = shared_out(to_cents(amount), list(months.values()))
            for month, share in zip(months, cents, strict=True):
                paid = found.setdefault(month, {})
                paid[fund] = paid.get(fund, ZERO) + money(share)
    return dict(sorted(found.items()))


def months_of(problem: Problem, employment: Employment) -> Mapping[int, Fraction]:
    """The months of somebody's time, each with its part of what it costs."""
    days: Sequence[tuple[int, Fraction]] = (
        [
            (month_number(day), weight)
            for day, weight in days_paid(problem.data.district, employment)
        ]
        if weighs_months(employment.role)
        else [(month_number(day), Fraction(1)) for day in employment.dates]
    )
    months: dict[int, Fraction] = {}
    for month, weight in days:
        months[month] = months.get(month, Fraction(0)) + weight
    return months or {month_number(employment.start): Fraction(1)}
