"""A contract on the real calendar: dates worked, days allowed, paid days and hours."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from planner.facts.calendar import MINIMUM_DAY, STUDENT_DAY, STUDENT_KINDS
from planner.facts.cell_type import WEEKDAYS
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.roles import Role
from planner.facts.training import employed_on
from planner.plan.plan import Plan

MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class WorkYear:
    """A person's year. `contract_days` and `paid_days` are prorated; `hours` are the contract's,
    not those of `dates`.
    """

    staff: str
    dates: tuple[date, ...]
    contract_days: int
    paid_days: int
    hours: Fraction

    @property
    def weekdays(self) -> Mapping[str, int]:
        """How many of the dates fall on each weekday."""
        return Counter(WEEKDAYS[day.weekday()] for day in self.dates)

    @property
    def short(self) -> int:
        """Contract days that no date uses."""
        return max(0, self.contract_days - len(self.dates))

    @property
    def over(self) -> int:
        """Dates beyond the contract days."""
        return max(0, len(self.dates) - self.contract_days)


def work_year(problem: Problem, plan: Plan, person: Person) -> WorkYear:
    """What a plan makes of a person's year."""
    return WorkYear(
        person.id,
        tuple(sorted(dates_worked(problem, plan, person))),
        contract_days(problem, person),
        _prorated(problem, person, person.role.paid_days or person.role.contract_days),
        _hours(problem, person),
    )


def dates_worked(problem: Problem, plan: Plan, person: Person) -> frozenset[date]:
    """Every date on which a plan has a person work: the days of the cycle on which they are placed
    (by the calendar of the school where the day begins), PD and training.
    """
    attended = [attendance.date for attendance in plan.training_of.get(person.id, ())]
    placed = {
        day: plan.placed[person.id, day][0].school
        for day in problem.cycle
        if (person.id, day) in plan.placed
    }
    dates = (dates_at(problem, person, day, school) for day, school in placed.items())
    return fixed_dates(problem, person, attended).union(*dates)


def kinds_worked(role: Role) -> tuple[str, ...]:
    """The kinds of day that a job class works: with student days minimum days, on which students
    come as well.
    """
    short = (
        (MINIMUM_DAY,) if STUDENT_DAY in role.works_on and MINIMUM_DAY not in role.works_on else ()
    )
    return (*role.works_on, *short)


def days_held(problem: Problem, role: Role) -> int | None:
    """The most dates that the calendar holds for a job class, whatever the school; None where the
    dataset has no calendar.
    """
    calendar, kinds = problem.calendar, kinds_worked(role)
    if not calendar.known:
        return None
    return sum(calendar.kind(day) in kinds for day in calendar.weekdays)


def dates_at(problem: Problem, person: Person, cycle_day: str, school: str) -> tuple[date, ...]:
    """The dates on which somebody works who works a day of the cycle at a school."""
    dates = problem.calendar.dates_of(cycle_day, school, kinds_worked(person.role))
    if _all_year(problem, person):
        return dates
    return tuple(day for day in dates if employed_on(person.row, day))


def fixed_dates(problem: Problem, person: Person, attended: Iterable[date]) -> frozenset[date]:
    """The dates that are worked whichever days of the cycle are.

    Training, and days without students (PD) that have no name in the cycle: everybody works these.
    """
    kinds = tuple(kind for kind in kinds_worked(person.role) if kind not in STUDENT_KINDS)
    unnamed = problem.calendar.dates_of("", _home(person), kinds)
    return frozenset((*attended, *(day for day in unnamed if employed_on(person.row, day))))


def fewest_dates(problem: Problem, person: Person, fixed: frozenset[date]) -> int | None:
    """The fewest dates to which some choice of days comes, whatever the schools; None where no
    choice meets the contract.

    By the cycle's days in turn: the fewest dates for each sum of obligations so far, and number of
    shorter days.
    """
    full = person.role.obligation_minutes if person.works_full_days else 0
    reached = {(0, 0): len(fixed)}
    for day in problem.cycle:
        options: dict[int, int] = {}
        for shift in problem.shifts_of(person, day):
            count = sum(
                1 for one in dates_at(problem, person, day, shift.school) if one not in fixed
            )
            options[shift.obligation] = max(count, options.get(shift.obligation, 0))
        for (duty, short), dates in list(reached.items()):
            for length, count in options.items():
                state = duty + length, short + (length < full)
                if state[0] <= person.obligation and state[1] <= 1:
                    reached[state] = min(dates + count, reached.get(state, dates + count))
    return min(
        (dates for (duty, _), dates in reached.items() if duty == person.obligation), default=None
    )


def contract_days(problem: Problem, person: Person) -> int:
    """The days of a person's contract: prorated by hire and end date and, where part time means
    fewer days, by FTE.
    """
    return _prorated(problem, person, person.role.contract_days)


def _prorated(problem: Problem, person: Person, days: int) -> int:
    """Days of a full year × share of the year, rounded half up.

    Part time in days: × FTE as well. Part time in hours is every day, shorter; whoever is
    contracted for some days of the cycle alone (`days`, `shifts`) has the share of the dates on
    these, and who comes on so many of them (`max_days`) that part of it.
    """
    if person.role.part_time == "days":
        fte = Fraction(person.obligation, person.role.obligation_minutes * len(problem.cycle))
        return _half_up(days * fte * _share_of_year(problem, person, problem.cycle))
    open_days = {shift.day for shift in person.shifts}
    share = Fraction(person.most_days, max(1, len(open_days)))
    return _half_up(days * share * _share_of_year(problem, person, open_days))


def _hours(problem: Problem, person: Person) -> Fraction:
    """FTE × hours a day × days of the contract, these prorated by hire and end date alone."""
    days = _half_up(person.role.contract_days * _share_of_year(problem, person, problem.cycle))
    return Fraction(person.obligation * days, len(problem.cycle) * MINUTES_AN_HOUR)


def _share_of_year(problem: Problem, person: Person, worked: Collection[str]) -> Fraction:
    """Of the year's dates that the job class works, those that are within employment and on some of
    the cycle's days.
    """
    if len(worked) == len(problem.cycle) and _all_year(problem, person):
        return Fraction(1)
    kinds, home = kinds_worked(person.role), _home(person)
    year = [
        (name, day)
        for name in (*problem.cycle, "")
        for day in problem.calendar.dates_of(name, home, kinds)
    ]
    mine = [day for name, day in year if name in (*worked, "") and employed_on(person.row, day)]
    return Fraction(len(mine), len(year)) if year else Fraction(1)


def _half_up(days: Fraction) -> int:
    return floor(days + Fraction(1, 2))


def _all_year(problem: Problem, person: Person) -> bool:
    district = problem.data.district
    return employed_on(person.row, district.year_start) and employed_on(
        person.row, district.year_end
    )


def _home(person: Person) -> str:
    """The school whose calendar holds for a person where no placement says so; blank: the
    district's.
    """
    return person.row.home_school or (person.schools[0] if len(person.schools) == 1 else "")
