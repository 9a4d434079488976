"""The part of the year for which a position is paid: its dates, days and hours, its share of the
year, months of benefit.

Days are counted as `planner.plan.contract_year` counts them: the dates of the kinds that the job
class works, on the calendar of the position's school; without a calendar every weekday. The days of
the contract are whole ones.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import floor

from planner.facts.district import District
from planner.facts.problem import Problem
from planner.facts.roles import Role
from planner.facts.staff_rows import Staff
from planner.facts.stretches import DAY
from planner.plan.contract_year import kinds_worked
from planner.plan.holdings import Holding, holdings
from planner.plan.plan import FundedPosition

MINUTES_AN_HOUR = 60
MONTHS = 12


@dataclass(frozen=True)
class Employment:
    """The time in the year of one person on one position. `dates` are those of `year` that lie
    between its first and last day.

    `contract_days` and `paid_days` are of the role, in the period; `hours` are paid ones: FTE ×
    hours a day × paid days. Days are counted from `opening`, the first day on which anybody holds
    the position, and each part has what has been added since the last: so the parts of a year have
    its days together, wherever it is cut.
    """

    holding: Holding
    role: Role
    year: tuple[date, ...]
    opening: date
    closing: date

    @property
    def position(self) -> FundedPosition:
        """The position as this person holds it."""
        return self.holding.held

    @property
    def start(self) -> date:
        """Its first day."""
        return self.holding.start

    @property
    def end(self) -> date:
        """Its last day."""
        return self.holding.end

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The dates worked in the period, in order."""
        first, last = self._places
        return self.year[first:last]

    @cached_property
    def _places(self) -> tuple[int, int]:
        """Of the dates of the year, the place of the first within the period, and of the first
        after it.
        """
        first = bisect_left(self.year, self.start)
        return first, max(first, bisect_right(self.year, self.end))

    @property
    def part_of_seat(self) -> Fraction:
        """Its part of a sum that is due once for the position: by FTE and dates, all of them where
        the sheet `assignments` does not speak of it.
        """
        whole = _dates_within(self.year, self.opening, self.closing)
        if self.holding.is_whole_life or not (whole and self.holding.of.fte):
            return Fraction(1)
        return Fraction(len(self.dates), whole) * self.position.fte / self.holding.of.fte

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
        opening = bisect_left(self.year, self.opening)
        before, upto = (
            days_of(of_the_year, place - opening, len(self.year)) for place in self._places
        )
        return upto - before


def days_of(of_the_year: int, dates: int, year: int) -> int:
    """Days of a full year × dates ÷ those of the year, rounded half up."""
    return floor(Fraction(of_the_year * dates, year) + Fraction(1, 2))


class Employments:
    """The employment of any position of a problem; the calendar is read once for each kind of
    contract and school.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people: dict[str, Staff] = {person.staff: person for person in problem.data.staff}
        self._years: dict[tuple[tuple[str, ...], str], tuple[date, ...]] = {}

    def held(self, position: FundedPosition) -> tuple[Employment, ...]:
        """Everybody's time on a position, in order of time; also what is not paid."""
        role, found = self.problem.roles[position.role], tuple(holdings(self.problem, [position]))
        opening = min((holding.start for holding in found), default=date.min)
        closing = max((holding.end for holding in found), default=date.max)
        return tuple(
            Employment(
                holding,
                role,
                self._year(
                    kinds_worked(role), self._school(position, self.people.get(holding.staff))
                ),
                opening,
                closing,
            )
            for holding in found
        )

    def paid(self, positions: Iterable[FundedPosition]) -> Iterator[Employment]:
        """Everybody's paid time on some positions, position by position."""
        for position in positions:
            yield from (one for one in self.held(position) if one.holding.paid)

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


@dataclass(frozen=True)
class Tenure:
    """A person's paid time over several positions. `spells` are the times, first and last day,
    between which there are dates on which they would have worked: leave that is not paid, or a
    time before they came again.
    """

    role: Role
    year: tuple[date, ...]
    spells: tuple[tuple[date, date], ...]

    @cached_property
    def dates(self) -> int:
        """The dates worked in them."""
        return sum(_dates_within(self.year, first, last) for first, last in self.spells)

    @property
    def paid_days(self) -> int:
        """Paid days in them."""
        return days_of(self.paid_days_in_full, self.dates, len(self.year))

    @property
    def paid_days_in_full(self) -> int:
        """Paid days of the whole year."""
        return self.role.paid_days or self.role.contract_days

    @property
    def contract_days(self) -> int:
        """Contract days in them."""
        return days_of(self.role.contract_days, self.dates, len(self.year))

    @property
    def share(self) -> Fraction:
        """Contract days in them ÷ contract days of the year."""
        return Fraction(self.contract_days, self.role.contract_days)

    def months(self, district: District) -> tuple[int, ...]:
        """The months for which a monthly sum is due, as `month_number` counts them. Who comes back
        is no new hire: then the month in which they do counts.
        """
        found: set[int] = set()
        for number, (first, last) in enumerate(self.spells):
            months = benefit_months(district, first, last)
            found |= {*months, *({month_number(first)} if number else ())}
        return tuple(sorted(found))


def together(held: Sequence[Employment]) -> Tenure:
    """A person's time over several positions: job class and year of the first of them."""
    first = held[0]
    spells: list[tuple[date, date]] = []
    for one in sorted(held, key=lambda one: one.start):
        before = spells[-1] if spells else None
        if before and not _dates_within(first.year, before[1] + DAY, one.start - DAY):
            spells[-1] = before[0], max(before[1], one.end)
        else:
            spells.append((one.start, one.end))
    return Tenure(first.role, first.year, tuple(spells))


def _dates_within(year: Sequence[date], first: date, last: date) -> int:
    """How many dates of a year lie between two days, both counted."""
    return max(0, bisect_right(year, last) - bisect_left(year, first))


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
    """Contract days for which a position is held ÷ those of a whole year."""
    return sum((one.share for one in Employments(problem).held(position)), Fraction(0))


def paid_hours(
    problem: Problem, positions: Iterable[FundedPosition], staff: str, *, annualised: bool = False
) -> Fraction:
    """The hours that a person is paid in the year, over all of these positions that they hold;
    `annualised`: as if the year were whole.
    """
    held = [one for one in Employments(problem).paid(positions) if one.position.staff == staff]
    return hours_in_all(held, annualised=annualised)


def hours_in_all(held: Sequence[Employment], *, annualised: bool = False) -> Fraction:
    """Paid hours over a person's positions; `annualised`: × the paid days of the year ÷ those of
    the time in which they hold any, so that positions held in turn count once.
    """
    hours = sum((one.hours for one in held), Fraction(0))
    whole = together(held) if annualised and held else None
    if whole is None or not whole.paid_days:
        return hours
    return hours * whole.paid_days_in_full / whole.paid_days
