"""The real calendar: what kind of day each date is at each school, and its day of the cycle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from planner.facts.cycle_names import (
    WEEK,
    WEEK_LENGTH,
    names_by_school_day,
    names_by_week,
    rotation_of,
)
from planner.facts.district import CalendarDay, District

STUDENT_DAY = "student_day"
MINIMUM_DAY = "minimum_day"
PD_DAY = "pd_day"
NON_STUDENT = "non_student"
WEEKEND = "weekend"
STUDENT_KINDS = (STUDENT_DAY, MINIMUM_DAY)
"""Kinds of day on which students come."""

_BUSIEST = (STUDENT_DAY, MINIMUM_DAY, PD_DAY, NON_STUDENT, "bank_holiday", "holiday")
_QUARTERS = 4
_MONTH = 4

Period = tuple[date, date]
"""First and last date."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """The school year, date by date, as the district's row and the rows of the sheet `calendar`
    tell it.

    Of rows that overlap, the later one holds for its schools. A Saturday or Sunday is a weekend
    whatever a row says, and a weekday outside of the year has no students. The district as a whole
    (school blank) has the busiest kind of day that any school has.
    """

    district: District
    rows: tuple[CalendarDay, ...] = ()
    schools: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the dataset says anything of the year's days."""
        return bool(self.rows)

    def kind(self, day: date, school: str = "") -> str:
        """student_day, holiday, bank_holiday, non_student, pd_day, minimum_day (students come then,
        too) or weekend.
        """
        if day.weekday() >= WEEK_LENGTH:
            return WEEKEND
        if not self.district.year_start <= day <= self.district.year_end:
            return NON_STUDENT
        if not school and day in self._named and self.schools:
            return self._busiest[day]
        row = self._row(day, school)
        return row.kind if row else STUDENT_DAY

    def close(self, day: date, school: str) -> int | None:
        """When a school closes early on a minimum day, in minutes after midnight; None on other
        days, or where it is not said.
        """
        row = self._row(day, school)
        return row.close if row and self.kind(day, school) == MINIMUM_DAY else None

    def cycle_day(self, day: date) -> str | None:
        """The name that a date has in the cycle; None on weekends and outside of the year.

        With `rotation` week the cycle is the calendar's weeks, which take turns from the year's
        first, and no holiday shifts them. With school_days it goes through the days on which
        students come somewhere, and other dates have no name in it. Rows with a `cycle_day` say
        from which date on it is counted anew.
        """
        return self._names.get(day)

    def dates_of(
        self, cycle_day: str, school: str = "", kinds: Iterable[str] = STUDENT_KINDS
    ) -> tuple[date, ...]:
        """The year's dates that have this name in the cycle and are of one of these kinds at the
        school, in order.

        A blank name stands for the weekdays that have none: those without students in a cycle that
        rotates, for instance.
        """
        key = (cycle_day, school, tuple(kinds))
        if key not in self._found:
            dates = self._dates_by_name.get(cycle_day, ())
            self._found[key] = tuple(day for day in dates if self.kind(day, school) in key[2])
        return self._found[key]

    def quarters(self) -> tuple[Period, ...]:
        """Four quarters of whole calendar weeks, clipped to the year; the first ones get the weeks
        that are over.
        """
        first, last = self.district.year_start, self.district.year_end
        weeks = (last - self._first_monday).days // 7 + 1
        even, over = divmod(max(weeks, 0), _QUARTERS)
        found: list[Period] = []
        begin = self._first_monday
        for number in range(_QUARTERS):
            end = begin + timedelta(weeks=even + (number < over))
            found.append(
                (max(begin, first) if found else first, min(end - timedelta(days=1), last))
            )
            begin = end
        return tuple((start, end) for start, end in found if start <= end)

    def periods(self, per: str) -> tuple[Period, ...]:
        """The quarters, months, or the one year."""
        return {"quarter": self.quarters, "month": self.months, "year": self.year}[per]()

    def cycles_in(self, per: str) -> int:
        """How many cycles there are in the shortest quarter, in a month (four weeks) or in the
        year, rounded up, at least one.
        """
        weeks = max(1, (self.district.year_end - self._first_monday).days // 7 + 1)
        counted = {"quarter": weeks // _QUARTERS, "month": _MONTH, "year": weeks}[per]
        return max(1, -(-counted * WEEK_LENGTH // len(self.district.cycle)))

    def months(self) -> tuple[Period, ...]:
        """The calendar months, clipped to the year."""
        found: list[Period] = []
        begin = self.district.year_start
        while begin <= self.district.year_end:
            following = date(begin.year + begin.month // 12, begin.month % 12 + 1, 1)
            found.append((begin, min(following - timedelta(days=1), self.district.year_end)))
            begin = following
        return tuple(found)

    def year(self) -> tuple[Period, ...]:
        """The school year as its one period."""
        return ((self.district.year_start, self.district.year_end),)

    # -- how the look-ups are kept -----------------------------------------------------------------

    def _row(self, day: date, school: str) -> CalendarDay | None:
        """The row that holds for a school on a date: the later of those for everybody and those
        that name it.
        """
        common, named = self._common.get(day), self._named.get(day, {}).get(school)
        found = max((place for place in (common, named) if place is not None), default=None)
        return None if found is None else self.rows[found]

    @cached_property
    def _busiest(self) -> dict[date, str]:
        """For each date on which schools may differ the busiest kind."""
        weekdays = (day for day in self._named if day.weekday() < WEEK_LENGTH)
        return {
            day: min({self.kind(day, school) for school in self.schools}, key=_BUSIEST.index)
            for day in weekdays
        }

    @cached_property
    def _common(self) -> dict[date, int]:
        """For each date the last row that holds for all schools."""
        return {
            day: place
            for place, row in enumerate(self.rows)
            if not row.schools
            for day in self._days(row)
        }

    @cached_property
    def _named(self) -> dict[date, dict[str, int]]:
        """For each date and school the last row that names the school."""
        found: dict[date, dict[str, int]] = {}
        for place, row in enumerate(self.rows):
            for day in self._days(row) if row.schools else ():
                found.setdefault(day, {}).update(dict.fromkeys(row.schools, place))
        return found

    def _days(self, row: CalendarDay) -> Iterator[date]:
        """The year's dates of a row."""
        day = max(row.date, self.district.year_start)
        while day <= min(row.to or row.date, self.district.year_end):
            yield day
            day += timedelta(days=1)

    def early_closes(self, cycle_day: str, school: str) -> tuple[tuple[date, int], ...]:
        """The minimum days that have this name in the cycle, each with the time at which the school
        closes.
        """
        if (cycle_day, school) not in self._closings:
            closings = [
                (day, self.close(day, school))
                for day in self.dates_of(cycle_day, school, (MINIMUM_DAY,))
            ]
            self._closings[cycle_day, school] = tuple(
                (day, close) for day, close in closings if close is not None
            )
        return self._closings[cycle_day, school]

    @cached_property
    def weekdays(self) -> tuple[date, ...]:
        """Every Monday to Friday of the year, in order."""
        first = self.district.year_start
        days = (first + timedelta(days=n) for n in range((self.district.year_end - first).days + 1))
        return tuple(day for day in days if day.weekday() < WEEK_LENGTH)

    @cached_property
    def _first_monday(self) -> date:
        """The Monday of the week of the year's first weekday."""
        first = self.district.year_start
        return first + timedelta(
            days=7 - first.weekday() if first.weekday() >= WEEK_LENGTH else -first.weekday()
        )

    @cached_property
    def _names(self) -> dict[date, str]:
        district = self.district
        given = {row.date: row.cycle_day for row in self.rows if row.cycle_day in district.cycle}
        if rotation_of(district.cycle, district.rotation) == WEEK:
            return names_by_week(district.cycle, self.weekdays, self._first_monday, given)
        return names_by_school_day(
            district.cycle,
            self.weekdays,
            lambda day: self.kind(day) in STUDENT_KINDS,
            given,
        )

    @cached_property
    def _dates_by_name(self) -> dict[str, list[date]]:
        found: dict[str, list[date]] = {}
        for day in self.weekdays:
            found.setdefault(self._names.get(day, ""), []).append(day)
        return found

    @cached_property
    def _found(self) -> dict[tuple[str, str, tuple[str, ...]], tuple[date, ...]]:
        return {}

    @cached_property
    def _closings(self) -> dict[tuple[str, str], tuple[tuple[date, int], ...]]:
        return {}
