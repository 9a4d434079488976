"""A position's pay before it is rounded, by the role's basis: annual, hourly, term time, or a rate
with everything in it.

The basis says what is multiplied. A schedule whose cells are in the other unit is converted by the
hours of the job class: those paid in a full year, or, for term time, those of the whole year's
weeks.
"""

from dataclasses import dataclass
from fractions import Fraction

from planner.facts.person import WORKING_WEEK
from planner.facts.roles import Pay, Role
from planner.facts.staff_rows import Staff
from planner.money.employment import MINUTES_AN_HOUR, Employment, Tenure
from planner.money.number_format import NumberFormat
from planner.money.rates import Rate, RatePeriod

WEEKS_A_YEAR = Fraction(365, 7)


@dataclass(frozen=True)
class FormulaAmount:
    """An exact amount in the district's currency (or a part of 1) and the sum that gives it, in
    words.
    """

    value: Fraction
    said: str


def pay_of(
    employment: Employment, rate: Rate, person: Staff | None, saying: NumberFormat
) -> FormulaAmount:
    """Rate × days × hours where pay is hourly; else amount × what the position earns of a
    full-time, full-year one.
    """
    if employment.role.pay_basis == "hourly":
        per_hour = _over_the_year(rate, employment, "hour", saying)
        return FormulaAmount(
            per_hour.value * employment.hours,
            f"{_time_worked(employment, saying)} × {per_hour.said}",
        )
    per_year = _over_the_year(rate, employment, "year", saying)
    part = extent(employment, person, saying)
    return FormulaAmount(per_year.value * part.value, f"{per_year.said} × {part.said}")


def _time_worked(employment: Employment, saying: NumberFormat) -> str:
    """`195 days × 4.5 h`, or `117 days × 7.5 h` where part time is worked in whole days."""
    hours = saying.hours(employment.hours_of_a_day_worked)
    if employment.hours_of_a_day_worked == employment.hours_a_day:
        return f"{_days(employment.paid_days)} × {hours}"
    return f"{saying.number(employment.paid_days * employment.position.fte)} days × {hours}"


def extent(employment: Employment, person: Staff | None, saying: NumberFormat) -> FormulaAmount:
    """What part of a full-time, full-year amount a position earns: FTE × share of the year, in term
    time × its factor.
    """
    role, fte = employment.role, employment.position.fte
    partly = year_part(employment)
    if role.pay_basis != "term_time":
        return FormulaAmount(fte * employment.share, f"{saying.number(fte)} FTE{partly}")
    term = _term_time(role, person, saying)
    full = Fraction(role.obligation_minutes * WORKING_WEEK, MINUTES_AN_HOUR)
    week = f"{saying.hours(full * fte)} ÷ {saying.hours(full)}"
    return FormulaAmount(fte * term.value * employment.share, f"{week} × {term.said}{partly}")


def year_part(employment: Employment | Tenure) -> str:
    """` × 117/195 days`; nothing for the whole year."""
    return (
        f" × {employment.contract_days}/{_days(employment.role.contract_days)}"
        if employment.share != 1
        else ""
    )


def _term_time(role: Role, person: Staff | None, saying: NumberFormat) -> FormulaAmount:
    """Paid weeks ÷ the weeks of a year: days ÷ (365/7 × 5 − leave − bank holidays), the leave
    earned within (NHS Employers).

    Nobody is paid for more than the year.
    """
    own = person.leave_days if person else None
    leave = (role.leave_days or 0) if own is None else own
    off = Fraction(leave) + Fraction(role.bank_holidays or 0)
    workable = WEEKS_A_YEAR * WORKING_WEEK - off
    if role.contract_days >= workable:
        return FormulaAmount(Fraction(1), "the whole year")
    said = f"{_days(role.contract_days)} ÷ (365/7 × {WORKING_WEEK} − {saying.number(off)})"
    return FormulaAmount(role.contract_days / workable, said)


def _over_the_year(
    rate: Rate, employment: Employment, unit: str, saying: NumberFormat
) -> FormulaAmount:
    """The rate an hour or a year; where the schedule changes, that of each part by its share of the
    dates worked or the months paid.
    """
    figures = [(part, _in_unit(part.row, employment, unit, saying)) for part in rate.parts]
    if len(figures) == 1:
        return figures[0][1]
    value = sum((part.share * figure.value for part, figure in figures), Fraction(0))
    return FormulaAmount(
        value,
        "("
        + " + ".join(f"{_of_all(part, saying)} × {figure.said}" for part, figure in figures)
        + ")",
    )


def _of_all(part: RatePeriod, saying: NumberFormat) -> str:
    """`126/189` dates, or `7/12` months; where months are cut, the share alone."""
    if part.part.denominator == part.whole.denominator == 1:
        return f"{part.part}/{part.whole}"
    return saying.number(part.share)


def _in_unit(row: Pay, employment: Employment, unit: str, saying: NumberFormat) -> FormulaAmount:
    """A cell as a rate an hour or an amount a year."""
    amount, said, role = Fraction(row.amount), saying.money(row.amount), employment.role
    if row.unit == unit:
        return FormulaAmount(amount, said)
    full = Fraction(role.obligation_minutes, MINUTES_AN_HOUR)
    if role.pay_basis == "term_time":
        weeks = f"{saying.hours(full * WORKING_WEEK)} × 365/7"
        return FormulaAmount(amount * full * WORKING_WEEK * WEEKS_A_YEAR, f"({said} × {weeks})")
    hours = full * employment.paid_days_in_full
    if unit == "year":
        return FormulaAmount(amount * hours, f"({said} × {saying.hours(hours)})")
    return FormulaAmount(amount / hours, f"({said} ÷ {saying.hours(hours)})")


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
