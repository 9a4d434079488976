"""Sessions a quarter, month or year: which dates they may have, how many are due in a period.

These are facts of the calendar.
"""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from planner.facts.calendar import Calendar, Period
from planner.facts.person import Person
from planner.facts.service import Service

WEEK = 5
"""Weekdays of a week."""


class Dating:
    """The real dates of services that do not take place every cycle."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._periods: dict[str, tuple[tuple[Period, int], ...]] = {}
        self._open: dict[tuple[str, ...], tuple[tuple[date, int | None], ...]] = {}

    def periods(self, service: Service) -> tuple[tuple[Period, int], ...]:
        """The quarters, months or the one year, with the sessions due in each: fewer where the year
        cuts a month or `from` and `to` clip the period, by its share of school days, rounded down.
        """
        if service.id not in self._periods:
            self._periods[service.id] = tuple(
                (period, self._due(service, period))
                for period in self.calendar.periods(service.per)
            )
        return self._periods[service.id]

    def _due(self, service: Service, period: Period) -> int:
        inside = service.runs(*period)
        cut = self._weekdays_cut(period) if service.per == "month" else 0
        if inside == period and not cut:
            return service.times
        whole = self._school_days(period, service.school) + cut
        return (
            int(service.times * Fraction(self._school_days(inside, service.school), whole))
            if whole
            else 0
        )

    def _weekdays_cut(self, month: Period) -> int:
        """Weekdays of a calendar month that lie outside of the school year."""
        first = month[0].replace(day=1)
        days = [first + timedelta(days=n) for n in range(monthrange(first.year, first.month)[1])]
        return sum(day.weekday() < WEEK and not month[0] <= day <= month[1] for day in days)

    def _school_days(self, period: Period, school: str) -> int:
        cycle = self.calendar.district.cycle
        return sum(
            period[0] <= day <= period[1]
            for name in cycle
            for day in self.calendar.dates_of(name, school)
        )

    def dates(
        self, service: Service, day: str, end: int, staff: tuple[Person, ...] = ()
    ) -> list[date]:
        """The dates on which a session of some day of the cycle that ends then may be given by
        these people; none where none is due in any period.
        """
        # A model asks for every start of every day: what hangs on none of them is kept.
        key = (service.id, day, *(person.id for person in staff))
        if key not in self._open:
            self._open[key] = self._open_dates(service, day, staff)
        return [found for found, closes in self._open[key] if end <= (closes or end)]

    def _open_dates(
        self, service: Service, day: str, staff: tuple[Person, ...]
    ) -> tuple[tuple[date, int | None], ...]:
        """The dates on which these people may give a session at any time, with the minute at which
        the school closes early.
        """
        if not any(due for _, due in self.periods(service)):
            return ()
        first, last = service.runs(
            self.calendar.district.year_start, self.calendar.district.year_end
        )
        return tuple(
            (found, self.calendar.close(found, service.school))
            for found in self.calendar.dates_of(day, service.school)
            if first <= found <= last and all(person.employed(found) for person in staff)
        )
