"""A person as HR sees them: their positions with hours, days and money, and what their contract,
credentials and funds ask.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import repeat

from planner.facts.assignments import HOLDS
from planner.facts.district import District
from planner.facts.person import WORKING_WEEK, Person
from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.hr.benefits import Benefit, benefits
from planner.hr.deadlines import Expiry, TrainingDue, expiries, training_due
from planner.hr.differentials import Differential, differentials
from planner.hr.effort import Effort, effort
from planner.money import Employment, Employments, HoldingCost, PositionCost
from planner.money.budgeted import Budgeted
from planner.money.cents import weights_of
from planner.money.months import by_month
from planner.plan.contract_year import contract_days, dates_worked
from planner.plan.holdings import Holding
from planner.plan.measures import contract_fte
from planner.plan.plan import FundedPosition, Plan


@dataclass(frozen=True)
class FundingLine:
    """What a fund pays of a position: its percentage, and its cents of all cost lines (None where
    pay is not known).
    """

    fund: str
    percent: Fraction
    amount: Decimal | None


@dataclass(frozen=True)
class HeldPosition:
    """A position as somebody holds it for a time. Hours are paid ones; those a week are of the
    contract, on average where part time is worked in whole days. `status` is that of the sheet.
    """

    employment: Employment
    status: str
    hours_a_day: Fraction
    hours_a_week: Fraction
    hours_a_year: Fraction
    contract_days: int
    paid_days: int
    funding: tuple[FundingLine, ...]
    differentials: tuple[Differential, ...]
    cost: HoldingCost | None

    @property
    def holding(self) -> Holding:
        """Who holds it, from when to when."""
        return self.employment.holding

    def by_month(self, district: District) -> Mapping[date, Mapping[str, Decimal]]:
        """What each fund pays of it in each month, by its first day; nothing where that is not
        known.
        """
        return by_month(district, self.employment, self.cost) if self.cost else {}

    @property
    def position(self) -> FundedPosition:
        """The position, with this person's FTE, lane, step and funding."""
        return self.holding.held

    @property
    def standing(self) -> str:
        """The position's status; of who is on leave or fills it, that instead."""
        said = self.status if self.holding.kind == HOLDS else self.holding.kind
        return said if self.holding.paid else f"{said}, unpaid"

    def within(self, district: District) -> tuple[date | None, date | None]:
        """The first and the last day; None for those of the school year."""
        start, end = self.holding.start, self.holding.end
        return (
            None if start == district.year_start else start,
            None if end == district.year_end else end,
        )


@dataclass(frozen=True)
class Record:
    """A person. `fte` is their contract's, `obligation` and `scheduled` are minutes a cycle without
    lunch, `days` those of the contract and `dates` those on which the plan has them work; what only
    a timetable says is None without one, and for who is not there on the planned day. Of who is at
    other schools on `elsewhere` days of the cycle, a part is known: what asks for the whole is None
    or nothing.
    """

    staff: str
    name: str
    role: str
    schools: tuple[str, ...]
    supervisor: str
    fte: Fraction
    obligation: int
    scheduled: int | None
    days: int
    dates: int | None
    places: tuple[HeldPosition, ...]
    credentials: tuple[Expiry, ...]
    training: tuple[TrainingDue, ...]
    benefits: tuple[Benefit, ...]
    effort: Effort
    elsewhere: int

    @property
    def hours_a_year(self) -> Fraction:
        """Paid hours over all positions."""
        return sum((place.hours_a_year for place in self.places), Fraction(0))

    @property
    def total(self) -> Decimal | None:
        """What the positions cost together; None where one of them has no amount."""
        costs = [place.cost for place in self.places]
        return (
            sum((cost.total for cost in costs if cost), Decimal("0.00"))
            if costs and None not in costs
            else None
        )


def records(
    problem: Problem, plan: Plan, budget: Budgeted, day: date | None = None
) -> Iterator[Record]:
    """Everybody of a problem whose people are those of the plan, in the order of the sheet; also
    who is not there yet. With a day, who holds a position then, and what they hold.
    """
    held: dict[str, list[Priced]] = {}
    for one, cost in priced_times(problem, budget):
        if day is None or one.holding.is_on(day):
            held.setdefault(one.position.staff, []).append((one, cost))
    for row in problem.data.staff:
        if day is None or row.staff in held:
            yield _record(problem, plan, row, held.get(row.staff, ()))


Priced = tuple[Employment, HoldingCost | None]
"""Somebody's time on a position, and what it costs where that is known."""


def priced_times(problem: Problem, budget: Budgeted) -> Iterator[Priced]:
    """Everybody's time on each position, in the order of the positions and of time."""
    employments = Employments(problem)
    for position in budget.positions:
        held, cost = employments.held(position), budget.cost_of.get(position.position)
        yield from zip(held, cost.parts if cost else repeat(None, len(held)), strict=True)


def _record(problem: Problem, plan: Plan, row: Staff, mine: Sequence[Priced]) -> Record:
    held = [one for one, _ in mine]
    person = problem.person(row)
    positions = [one.position for one in held]
    day = problem.data.district.day_planned
    # Whose minutes are planned is paid by those who pay on the planned day; else by all.
    now = [one.position for one in held if one.holding.is_on(day)] or positions
    elsewhere = sum(staff == row.staff for staff, _ in plan.elsewhere)
    timed = bool(plan.placements) and row.staff in problem.person_of and not elsewhere
    schools = dict.fromkeys(school for position in positions for school in position.school)
    return Record(
        row.staff,
        row.called,
        row.role,
        tuple(schools) or person.row.schools,
        _called(problem, row.supervisor),
        Fraction(contract_fte(person, len(problem.cycle))),
        person.obligation,
        _scheduled(problem, plan, person) if timed else None,
        contract_days(problem, person),
        len(dates_worked(problem, plan, person)) if timed else None,
        tuple(place_of(problem, *each) for each in mine),
        tuple(expiries(problem, row)),
        tuple(training_due(problem, plan, row.staff)),
        () if elsewhere else tuple(benefits(problem, [one for one in held if one.holding.paid])),
        Effort(row.staff, 0, (), "") if elsewhere else effort(problem, plan, row.staff, now),
        elsewhere,
    )


def place_of(problem: Problem, one: Employment, cost: HoldingCost | None) -> HeldPosition:
    """A position as somebody holds it, with hours, days and money."""
    position, row = one.position, problem.positions.get(one.position.position)
    paid = one.holding.paid
    return HeldPosition(
        one,
        row.status if row else "",
        one.hours_of_a_day_worked,
        one.hours_a_day * WORKING_WEEK,
        one.hours if paid else Fraction(0),
        one.contract_days_worked,
        one.paid_days_worked if paid else 0,
        funding_lines(position, cost),
        tuple(differentials(problem, position, cost)),
        cost,
    )


def funding_lines(
    position: FundedPosition, cost: HoldingCost | PositionCost | None
) -> tuple[FundingLine, ...]:
    """What each fund pays of a position, or of somebody's time on it."""
    pays = cost.funds if cost else {}
    # What the funds leave of 100 is shown, too: its money stands beside it.
    percents = weights_of(position.funding) if position.funding else {}
    return tuple(
        FundingLine(
            fund, percents.get(fund, Fraction(0)), pays.get(fund, Decimal("0.00")) if cost else None
        )
        for fund in {**percents, **pays}
    )


def _scheduled(problem: Problem, plan: Plan, person: Person) -> int:
    """Minutes of duty that a plan gives somebody in a cycle: from the first minute of each day to
    the last, less lunch.
    """
    days = [plan.placed.get((person.id, day)) for day in problem.cycle]
    return sum(
        person.role.duty_of_shift(max(p.end for p in placed) - min(p.start for p in placed))
        for placed in days
        if placed
    )


def _called(problem: Problem, supervisor: str) -> str:
    return next(
        (person.called for person in problem.data.staff if person.staff == supervisor), supervisor
    )
