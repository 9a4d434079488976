"""What somebody's time on a position costs month by month."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.facts.district import District
from planner.money.cents import money, shared_out, to_cents
from planner.money.employment import Employment
from planner.money.lines import ZERO, HoldingCost
from planner.money.paid_months import days_paid
from planner.money.rates import weighs_months


def by_month(
    district: District, employment: Employment, cost: HoldingCost
) -> Mapping[date, Mapping[str, Decimal]]:
    """What each fund pays of somebody's time on a position in each month, by its first day.

    The cost is shared out over the months in which they are paid: by the dates worked or, in term
    time, in equal instalments, as their pay is. The cents of a fund add up to what it pays in the
    year, over the months as over the lines.
    """
    months = months_of(district, employment)
    found: dict[date, dict[str, Decimal]] = {}
    for fund, amount in cost.funds.items():
        cents = shared_out(to_cents(amount), list(months.values()))
        for month, share in zip(months, cents, strict=True):
            paid = found.setdefault(month, {})
            paid[fund] = paid.get(fund, ZERO) + money(share)
    return dict(sorted(found.items()))


def months_of(district: District, employment: Employment) -> Mapping[date, Fraction]:
    """The months of somebody's time, each with its part of what it costs."""
    days = (
        days_paid(district, employment)
        if weighs_months(employment.role)
        else ((day, Fraction(1)) for day in employment.dates)
    )
    months: dict[date, Fraction] = {}
    for day, weight in days:
        first = day.replace(day=1)
        months[first] = months.get(first, Fraction(0)) + weight
    return months or {employment.start.replace(day=1): Fraction(1)}
