"""What an hour of a position is paid, whatever its schedule says: an hour, or a year."""

from fractions import Fraction

from planner.facts.person import WORKING_WEEK
from planner.money.employment import MINUTES_AN_HOUR, Employment
from planner.money.number_format import NumberFormat
from planner.money.pay import WEEKS_A_YEAR, FormulaAmount
from planner.money.rates import Rate, RatePeriod


def hourly(employment: Employment, rate: Rate, saying: NumberFormat) -> FormulaAmount:
    """The rate an hour; where the schedule changes within the year, that of each part by its share.

    A year's pay is divided by the hours paid in a full year; in term time, where the schedule is of
    a whole year's weeks, by the hours of these.
    """
    figures = [(part, _an_hour(part, employment, saying)) for part in rate.parts]
    if len(figures) == 1:
        return figures[0][1]
    value = sum((part.share * figure.value for part, figure in figures), Fraction(0))
    said = " + ".join(f"{saying.number(part.share)} × {figure.said}" for part, figure in figures)
    return FormulaAmount(value, f"({said})")


def _an_hour(part: RatePeriod, employment: Employment, saying: NumberFormat) -> FormulaAmount:
    row, role = part.row, employment.role
    amount, said = Fraction(row.amount), saying.money(row.amount)
    if row.unit == "hour":
        return FormulaAmount(amount, said)
    day = Fraction(role.obligation_minutes, MINUTES_AN_HOUR)
    if role.pay_basis == "term_time":
        week = day * WORKING_WEEK
        weeks = f"({saying.hours(week)} × 365/7)"
        return FormulaAmount(amount / (week * WEEKS_A_YEAR), f"{said} ÷ {weeks}")
    hours = day * employment.paid_days_in_full
    return FormulaAmount(amount / hours, f"{said} ÷ {saying.hours(hours)}")
