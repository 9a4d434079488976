"""The real dates of a year: which cycle day each one is, what happens on it at a school, and the
periods it is cut into.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from tests.oracle_cells import Row, cell, chosen, day_of, minute_of

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Entry:
    """A row of `calendar`; no schools means all."""

    first: date
    last: date
    kind: str
    close: int | None
    schools: frozenset[str]
    cycle_day: str = ""


@dataclass(frozen=True)
class Period:
    """A quarter, a month or the year: as it is in the year, and its full length."""

    first: date
    last: date
    full: tuple[date, date]


@dataclass(frozen=True)
class Calendar:
    """The district's year.

    Read: with rotation week a cycle day is its weekday (by its name, or else by its place) in the
    first, second … week of the cycle; weeks are counted from the one in which the year starts,
    Monday to Sunday, holidays or not. With school_days the first date with students is the first
    day of the cycle, the next one the next. A `cycle_day` of the calendar is that day, and later
    dates count on from it. Read: of several rows about a date the later one holds. Read: a minimum day is
    a student day that closes early.
    """

    cycle: tuple[str, ...]
    first: date
    last: date
    entries: tuple[Entry, ...]
    schools: tuple[str, ...]
    rotation: str = ""

    @cached_property
    def places(self) -> dict[tuple[int, int], str]:
        """The cycle day of each week of the cycle and weekday."""
        if not all(name[:3] in WEEKDAYS for name in self.cycle):
            return {divmod(number, 5): name for number, name in enumerate(self.cycle)}
        found: dict[tuple[int, int], str] = {}
        for name in self.cycle:
            weekday = WEEKDAYS.index(name[:3])
            found[sum(place[1] == weekday for place in found), weekday] = name
        return found

    @cached_property
    def said(self) -> dict[date, str]:
        """The dates of which the calendar says the cycle day."""
        return {row.first: row.cycle_day for row in self.entries if row.cycle_day}

    @cached_property
    def by_weeks(self) -> bool:
        """Whether the cycle goes with the weeks."""
        named = all(name[:3] in WEEKDAYS for name in self.cycle)
        return self.rotation == "week" or (not self.rotation and named)

    def cycle_day(self, when: date) -> str | None:
        """The cycle day of a date; None where the cycle has none."""
        if when.weekday() > 4:
            return None
        return self.by_week(when) if self.by_weeks else self.by_count.get(when)

    def by_week(self, when: date) -> str | None:
        """The cycle day of a weekday, counted from the last date that says which week it is of."""
        if when in self.said:
            return self.said[when]
        weeks = max(week for week, _ in self.places) + 1
        start, first = monday(self.first), 0
        for there in sorted(day for day in self.said if day < when):
            week = [at for at, name in self.places.items() if name == self.said[there]][0]
            if week[1] == there.weekday():
                start, first = monday(there), week[0]
        return self.places.get((((when - start).days // 7 + first) % weeks, when.weekday()))

    @cached_property
    def by_count(self) -> dict[date, str]:
        """The cycle days of the dates with students, one after the other."""
        found: dict[date, str] = {}
        following = 0
        for when in days_between(self.first, self.last):
            if when.weekday() < 5 and self.has_students(when, ""):
                at = self.cycle.index(self.said[when]) if when in self.said else following
                found[when], following = self.cycle[at], (at + 1) % len(self.cycle)
        return found

    @cached_property
    def dates(self) -> dict[str, list[date]]:
        """The dates of the year of each cycle day."""
        found: dict[str, list[date]] = defaultdict(list)
        for when in days_between(self.first, self.last):
            found[self.cycle_day(when) or ""].append(when)
        return found

    def rows_on(self, when: date, school: str) -> list[Entry]:
        """The calendar's rows about a date at a school."""
        return [
            row
            for row in self.entries
            if row.first <= when <= row.last and (not row.schools or school in row.schools)
        ]

    def kind(self, when: date, school: str) -> str:
        """What a date is at a school."""
        rows = self.rows_on(when, school)
        return rows[-1].kind if rows else "student_day"

    def has_students(self, when: date, school: str) -> bool:
        """Read: work without a school needs students at some school."""
        places = [school] if school else self.schools
        return any(self.kind(when, place) in ("student_day", "minimum_day") for place in places)

    def closes(self, when: date, school: str) -> int | None:
        """When a minimum day closes a school; None where it does not."""
        rows = self.rows_on(when, school)
        return rows[-1].close if rows and rows[-1].kind == "minimum_day" else None

    # -- periods

    def cycles(self, weeks: int) -> int:
        """Cycles in so many weeks, rounded up, at least one."""
        return max(1, -(-Fraction(weeks) // (Fraction(len(self.cycle), 5))))

    @cached_property
    def quarter_weeks(self) -> list[int]:
        """Weeks of the four quarters, the first ones get the odd weeks."""
        weeks = ((self.last - monday(self.first)).days // 7) + 1
        return [weeks // 4 + (number < weeks % 4) for number in range(4)]

    def slots(self, count: int, per: str) -> int:
        """Slots of a cycle that `count` sessions a quarter, month or year reserve."""
        weeks = {"quarter": min(self.quarter_weeks), "month": 4, "year": sum(self.quarter_weeks)}[
            per
        ]
        return -(-count // self.cycles(weeks))

    def periods(self, per: str) -> list[Period]:
        """The quarters, months or the one year. Read: a quarter ends with the year, and is full all
        the same.
        """
        if per == "year":
            return [Period(self.first, self.last, (self.first, self.last))]
        if per == "month":
            return [self.inside(*month) for month in months(self.first, self.last)]
        ends = list(accumulate(self.quarter_weeks, initial=0))
        starts = [monday(self.first) + timedelta(weeks=weeks) for weeks in ends]
        cut = [
            self.inside(start, end - timedelta(days=1))
            for start, end in zip(starts, starts[1:], strict=False)
        ]
        return [Period(period.first, period.last, (period.first, period.last)) for period in cut]

    def inside(self, first: date, last: date) -> Period:
        """A period as far as it lies in the year."""
        return Period(max(first, self.first), min(last, self.last), (first, last))

    def school_days(self, first: date, last: date, school: str) -> int:
        """Dates with students."""
        return sum(
            bool(self.cycle_day(when)) and self.has_students(when, school)
            for when in days_between(first, last)
        )


def monday(when: date) -> date:
    """The Monday of a date's week."""
    return when - timedelta(days=when.weekday())


def days_between(first: date, last: date) -> list[date]:
    """All dates from the first to the last; none where the last comes before."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def months(first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of each calendar month from one date to another."""
    found = []
    start = first.replace(day=1)
    while start <= last:
        following = (start + timedelta(days=31)).replace(day=1)
        found.append((start, following - timedelta(days=1)))
        start = following
    return found


def entry_of(row: Row) -> Entry:
    """One row of `calendar`."""
    first = date.fromisoformat(row["date"])
    return Entry(
        first,
        day_of(row, "to") or first,
        row["kind"],
        minute_of(row, "close"),
        chosen(cell(row, "schools")),
        cell(row, "cycle_day"),
    )
