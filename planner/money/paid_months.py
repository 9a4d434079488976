"""The months for which a position is paid, where pay comes in twelve equal instalments.

The year is the twelve months from the one in which the school year begins: who works on its last
day is paid to the end of the twelve, though school is out.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from planner.facts.district import District
from planner.money.employment import MONTHS, Employment, month_number


def months_paid(district: District, held: Sequence[Employment]) -> int:
    """The months in which somebody is paid, over all their positions; one that is worked in part
    counts as a month.
    """
    return len({month for one in held for month in _months(district, one)})


def days_paid(district: District, employment: Employment) -> Iterator[tuple[date, Fraction]]:
    """Every day that is paid for and the part of a month that it is, so that each whole month
    weighs the same.

    A day of the first month before the contract begins, or after the school year ends, is paid for
    where the whole month is.
    """
    first = None if employment.start <= district.year_start else employment.start
    last = None if employment.end >= district.year_end else employment.end
    for month in _months(district, employment):
        year, before = divmod(month - 1, MONTHS)
        days = monthrange(year, before + 1)[1]
        for number in range(1, days + 1):
            day = date(year, before + 1, number)
            if (first is None or first <= day) and (last is None or day <= last):
                yield day, Fraction(1, days)


def _months(district: District, employment: Employment) -> range:
    """The months of an employment, as `month_number` counts them."""
    opening = month_number(district.year_start)
    first = month_number(max(employment.start, district.year_start))
    last = (
        opening + MONTHS - 1
        if employment.end >= district.year_end
        else month_number(employment.end)
    )
    return range(first, last + 1)
