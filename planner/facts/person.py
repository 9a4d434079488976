"""A person who can be planned, and the shifts that their contract leaves open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from planner.facts.roles import Role
from planner.facts.schools import School
from planner.facts.staff_rows import Staff

WORKING_WEEK = 5


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """A day that a contract allows: where it begins, from when to when, and the minutes of duty in
    it (lunch excluded).
    """

    day: str
    school: str
    start: int
    end: int
    obligation: int

    @property
    def lunch_minutes(self) -> int:
        """Length of its duty-free lunch; 0 where it is too short to have one."""
        return self.end - self.start - self.obligation


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody under contract on the planned day.

    `obligation` is the duty of a whole cycle in minutes, lunch excluded; `shifts` are the days that
    the contract leaves open. A legal plan takes at most one a day and exactly the obligation in
    all. `off_site` are those of the places of work that are no schools. Who `stays` is planned at
    one place a day, whatever the job class allows. `contact_weeks` are the minutes of contact that
    somebody may have in each week of the cycle, where it is less than the job class allows, since
    they have the rest elsewhere.
    """

    id: str
    name: str
    row: Staff
    role: Role
    schools: tuple[str, ...]
    off_site: frozenset[str]
    obligation: int
    shifts: tuple[Shift, ...]
    stays: bool = False
    contact_weeks: tuple[int, ...] = ()

    @property
    def most_days(self) -> int:
        """The most days of the cycle on which they may be at work."""
        return days_at_most(self.row, self.role, len({shift.day for shift in self.shifts}))

    def most_contact(self, week: int) -> int | None:
        """Most minutes of contact in a week of the cycle, by its number; None for no limit."""
        return self.contact_weeks[week] if self.contact_weeks else self.role.max_contact_week

    @property
    def lunch_minutes(self) -> int:
        """Length of the duty-free lunch on a day that has one."""
        return self.role.lunch_minutes

    def lunch_within(self, start: int, end: int) -> int:
        """Length of the duty-free lunch that a day from `start` to `end` has."""
        return self.role.lunch_of_shift(end - start)

    @property
    def hourly(self) -> bool:
        """Whether pay is by the hour."""
        return self.role.pay_basis == "hourly"

    @property
    def moves(self) -> bool:
        """Whether a day may be worked at two places: at two schools, or at a school and off
        site.
        """
        return not self.stays and (self.role.max_sites_per_day > 1 or bool(self.off_site))

    def combines(self, one: str, other: str) -> bool:
        """Whether a day may be worked at both of two places."""
        return one == other or (
            self.moves and len({one, other} - self.off_site) <= self.role.max_sites_per_day
        )

    @property
    def works_full_days(self) -> bool:
        """Whether the contract is worked in full days, of which at most one is shorter."""
        full = self.role.obligation_minutes
        return (
            self.role.part_time == "days"
            and not self.row.shifts
            and any(s.obligation == full for s in self.shifts)
        )

    def employed(self, day: date) -> bool:
        """Whether a date lies between hiring and leaving."""
        return (self.row.hire_date is None or self.row.hire_date <= day) and (
            self.row.end_date is None or day <= self.row.end_date
        )

    def lunch_window(self, shift_start: int, shift_end: int) -> tuple[int, int]:
        """When lunch may be, within a shift."""
        earliest = (
            shift_start if self.role.lunch_from is None else max(shift_start, self.role.lunch_from)
        )
        latest = shift_end if self.role.lunch_to is None else min(shift_end, self.role.lunch_to)
        return earliest, latest

    def busy_on(self, day: str) -> list[tuple[int, int]]:
        """When this person is not to be planned on a day."""
        return [(w.start, w.end) for w in self.row.busy if w.day == day]


def cycle_obligation(row: Staff, role: Role, cycle: tuple[str, ...]) -> int:
    """Minutes of duty in a whole cycle, lunch excluded: exact week minutes, or FTE × a full day ×
    days.
    """
    if row.week_minutes is not None:
        return row.week_minutes * max(1, round(len(cycle) / WORKING_WEEK))
    return round(row.fte * role.obligation_minutes * len(cycle))


def days_at_most(row: Staff, role: Role, open_days: int) -> int:
    """The most days of the cycle on which somebody may be at work, of so many that are open."""
    limit = role.max_days if row.max_days is None else row.max_days
    return open_days if limit is None else min(limit, open_days)


def possible_shifts(
    row: Staff,
    role: Role,
    cycle: tuple[str, ...],
    schools: Mapping[str, School],
    allowed: Iterable[str],
) -> tuple[Shift, ...]:
    """Every day that the contract leaves open at every allowed school, with the lengths that it may
    have.
    """
    days = [day for day in cycle if day in (row.days or cycle)]
    found = []
    if row.shifts:
        for window in row.shifts:
            duty = role.duty_of_shift(window.end - window.start)
            found += [
                Shift(window.day, s, window.start, window.end, duty)
                for s in allowed
                if window.day in days
            ]
        return tuple(sorted(found))
    for day, lengths in _lengths(cycle_obligation(row, role, cycle), role, row, days):
        for school in allowed:
            for duty in lengths:
                length = role.shift_of_duty(duty)
                start = _begins(row, schools[school], day, length)
                if start is not None:
                    found.append(Shift(day, school, start, start + length, duty))
    return tuple(sorted(found))


def _begins(row: Staff, school: School, day: str, length: int) -> int | None:
    """When a shift of some length begins: at its own start, else so that it ends when it must, else
    when the school opens.
    """
    if row.start is not None:
        return row.start
    return opens(school, day) if row.end is None else row.end - length


def _lengths(
    obligation: int, role: Role, row: Staff, days: list[str]
) -> list[tuple[str, list[int]]]:
    """For each day, the minutes of duty that it may have; on how many of them is left open, where
    there are more than may be worked.
    """
    if not days:
        return []
    most = days_at_most(row, role, len(days))
    full, rest = divmod(obligation, role.obligation_minutes)
    if role.part_time == "days" and full + ceil(rest / role.obligation_minutes) <= most:
        return [
            (day, [n for n in (role.obligation_minutes if full else 0, rest) if n]) for day in days
        ]
    even, over = divmod(obligation, most)
    if most < len(days):
        return [(day, [even, *([even + 1] if over else [])]) for day in days]
    return [(day, [even + (index < over)]) for index, day in enumerate(days)]


def opens(school: School, day: str) -> int | None:
    """When a school opens on a day; None where nothing says so."""
    hours = opening(school, day)
    return hours[0] if hours else None


def opening(school: School, day: str) -> tuple[int, int] | None:
    """A school's hours on a day; None where nothing is said of them, or where it is closed that
    day.
    """
    for window in school.hours:
        if window.day == day:
            return window.start, window.end
    if school.hours or school.open is None or school.close is None:
        return None
    return school.open, school.close


def at_one_place(people: Iterable[Person]) -> tuple[Person, ...]:
    """The people as those who stay at one place a day, whatever their job class allows."""
    return tuple(replace(person, stays=True) for person in people)
