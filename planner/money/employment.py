"""The part of the year for which a position is paid: its dates, days and hours, its share of the
year, months of benefit.

Days are counted as `planner.plan.contract_year` counts them: the dates of the kinds that the job
class works, on the calendar of the position's school; without a calendar every weekday. The days of
the contract are whole ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import floor

from planner.facts.district import District
from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.facts.roles import Role
from planner.facts.staff_rows import Staff
from planner.plan.contract_year import kinds_worked
from planner.plan.plan import FundedPosition

MINUTES_AN_HOUR = 60
MONTHS = 12


@dataclass(frozen=True)
class Employment:
    """A position's time in the year. `dates` are those of `year` that lie between its first and
    last day.

    `contract_days` and `paid_days` are of the role, in the period; `hours` are paid ones: FTE ×
    hours a day × paid days.
    """

    position: FundedPosition
    role: Role
    start: date
    end: date
    year: tuple[date, ...]

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The dates worked in the period, in order."""
        return tuple(day for day in self.year if self.start <= day <= self.end)

    def is_in_force(self, day: date) -> bool:
        """Whether a date lies in the period."""
        return self.start <= day <= self.end

    @property
    def contract_days(self) -> int:
        """Contract days in the period."""
        return self._days(self.role.contract_days)

    @property
    def paid_days(self) -> int:
        """Paid days in the period."""
        return self._days(self.paid_days_in_full)

    @property
    def paid_days_in_full(self) -> int:
        """Paid days of the whole year."""
        return self.role.paid_days or self.role.contract_days

    @property
    def hours_of_a_day_worked(self) -> Fraction:
        """A full day where part time is worked in whole days, else FTE × a full day."""
        return self.hours_a_day / self.position.fte if self._fewer_days else self.hours_a_day

    @property
    def contract_days_worked(self) -> int:
        """Contract days in the period; where part time is worked in whole days, × FTE."""
        return self._worked(self.contract_days)

    @property
    def paid_days_worked(self) -> int:
        """Paid days in the period; where part time is worked in whole days, × FTE."""
        return self._worked(self.paid_days)

    @property
    def _fewer_days(self) -> bool:
        return self.role.part_time == "days" and bool(self.position.fte)

    def _worked(self, days: int) -> int:
        return floor(days * self.position.fte + Fraction(1, 2)) if self._fewer_days else days

    @property
    def share(self) -> Fraction:
        """Contract days in the period ÷ contract days of the year."""
        return Fraction(self.contract_days, self.role.contract_days)

    @property
    def hours_a_day(self) -> Fraction:
        """FTE × a full day."""
        return self.position.fte * self.role.obligation_minutes / MINUTES_AN_HOUR

    @property
    def hours(self) -> Fraction:
        """Hours paid in the year."""
        return self.hours_a_day * self.paid_days

    def _days(self, of_the_year: int) -> int:
        return floor(Fraction(of_the_year * len(self.dates), len(self.year)) + Fraction(1, 2))


class Employments:
    """The employment of any position of a problem; the calendar is read once for each kind of
    contract and school.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people: dict[str, Staff] = {person.staff: person for person in problem.data.staff}
        self._rows: dict[str, Position] = {row.position: row for row in problem.data.positions}
        self._years: dict[tuple[tuple[str, ...], str], tuple[date, ...]] = {}

    def of(self, position: FundedPosition) -> Employment:
        """A position's own dates, else its holder's hire and end date, within the school year."""
        district, role = self.problem.data.district, self.problem.roles[position.role]
        row, person = self._rows.get(position.position), self.people.get(position.staff)
        start = (row and row.start) or (person and person.hire_date) or district.year_start
        end = (row and row.end) or (person and person.end_date) or district.year_end
        return Employment(
            position,
            role,
            max(start, district.year_start),
            min(end, district.year_end),
            self._year(kinds_worked(role), self._school(position, person)),
        )

    def _year(self, kinds: tuple[str, ...], school: str) -> tuple[date, ...]:
        """The year's dates of these kinds at the school; every weekday where there is none."""
        if (kinds, school) not in self._years:
            calendar = self.problem.calendar
            found = tuple(day for day in calendar.weekdays if calendar.kind(day, school) in kinds)
            self._years[kinds, school] = (
                found or calendar.weekdays or (self.problem.data.district.year_start,)
            )
        return self._years[kinds, school]

    @staticmethod
    def _school(position: FundedPosition, person: Staff | None) -> str:
        """The school whose calendar holds: the position's, where it has one alone, else its
        holder's; blank: the district's.
        """
        if len(position.school) == 1:
            return position.school[0]
        if person is None:
            return ""
        return person.home_school or (person.schools[0] if len(person.schools) == 1 else "")


def together(held: Sequence[Employment]) -> Employment:
    """A person's time over several positions: of the first of them, from the earliest first day to
    the latest last day.
    """
    first = held[0]
    start, end = min(one.start for one in held), max(one.end for one in held)
    return Employment(first.position, first.role, start, end, first.year)


def months_of_benefit(district: District, start: date, end: date) -> int:
    """Months for which a monthly sum is due, counted."""
    return len(benefit_months(district, start, end))


def benefit_months(district: District, start: date, end: date) -> range:
    """Months for which a monthly sum is due, as `month_number` counts them: from the month after
    hire to the end of the year, or to the month of leaving.

    The year is the twelve months from the one in which the school year begins. Who is there on its
    first day has all of them, and who stays until the school year ends has them until the twelve
    are over.
    """
    opening = month_number(district.year_start)
    first = opening if start <= district.year_start else month_number(start) + 1
    last = opening + MONTHS - 1 if end >= district.year_end else month_number(end)
    return range(first, last + 1)


def month_number(day: date) -> int:
    """A month as a number, one more from month to month."""
    return day.year * MONTHS + day.month


def share_of_year(problem: Problem, position: FundedPosition) -> Fraction:
    """Contract days of a position ÷ those of a whole year."""
    return Employments(problem).of(position).share


def paid_hours(
    problem: Problem, positions: Iterable[FundedPosition], staff: str, *, annualised: bool = False
) -> Fraction:
    """The hours that a person is paid in the year, over all of these positions that they hold;
    `annualised`: as if the year were whole.
    """
    employments = Employments(problem)
    held = [employments.of(position) for position in positions if position.staff == staff]
    return hours_in_all(held, annualised=annualised)


def hours_in_all(held: Sequence[Employment], *, annualised: bool = False) -> Fraction:
    """Paid hours over a person's positions; `annualised`: × the paid days of the year ÷ those from
    the first day to the last, so that positions held in turn count once.
    """
    hours = sum((one.hours for one in held), Fraction(0))
    whole = together(held) if annualised and held else None
    if whole is None or not whole.paid_days:
        return hours
    return hours * whole.paid_days_in_full / whole.paid_days
