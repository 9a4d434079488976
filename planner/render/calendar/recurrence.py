"""Say dates as calendars do: every so many weeks, without some.

Where no rule is shorter, each date stands by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd

WEEK = 7


@dataclass(frozen=True)
class Series:
    """`count` dates from the first on, `weeks` apart, less those `left_out`; the first is never
    left out.
    """

    first: date
    weeks: int = 0
    count: int = 1
    left_out: tuple[date, ...] = ()


def series_of(dates: Sequence[date]) -> tuple[Series, ...]:
    """The shortest way of saying some dates, which must be in order: one series, or each date by
    itself.

    Dates that follow no week (a cycle of six days, twice a quarter) are said one by one. A list of
    dates in one event (RDATE) would be shorter; calendars in wide use pass over it, and sessions
    would be missing there without a word.
    """
    if len(dates) < 2:
        return tuple(Series(day) for day in dates)
    weeks, odd = divmod(gcd(*((day - dates[0]).days for day in dates)), WEEK)
    if not odd:
        every = tuple(_every(dates[0], dates[-1], weeks))
        left_out = tuple(sorted(set(every) - set(dates)))
        if len(left_out) <= len(dates):
            return (Series(dates[0], weeks, len(every), left_out),)
    return tuple(Series(day) for day in dates)


def _every(first: date, last: date, weeks: int) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(weeks=weeks)
