"""Duties outside of the shift, paid on top or for time off in lieu: who does them on which dates.

In a plan with a timetable they are done by those whom it gives them to. Before one, by as many of
those who may do them as are needed, those first whose hour costs most, so that no more is left of a
fund than there will be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from planner.facts.group_rows import Duty
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.money.employment import Employment, Employments
from planner.plan.plan import FundedPosition, Plan

PAID, TOIL = "paid", "toil"


@dataclass(frozen=True)
class ExtraWork:
    """What somebody does of a duty outside of the shift: `minutes` on each of these dates, in
    order; a date on which it takes place twice stands there twice.
    """

    duty: Duty
    school: str
    staff: str
    dates: tuple[date, ...]

    @property
    def minutes(self) -> int:
        """Minutes in the year."""
        return self.duty.minutes * len(self.dates)


Held = Mapping[str, tuple[Employment, ...]]
"""The positions of each person."""


def held_by_person(problem: Problem, positions: Iterable[FundedPosition]) -> Held:
    """Everybody's paid time on some positions, in their order."""
    found: dict[str, tuple[Employment, ...]] = {}
    for one in Employments(problem).paid(positions):
        staff = one.position.staff
        found[staff] = (*found.get(staff, ()), one)
    return found


def is_timed(plan: Plan) -> bool:
    """Whether a plan says who does which duty."""
    return bool(plan.sessions or plan.placements)


def extra_work(
    problem: Problem, plan: Plan, held: Held, cost_of_an_hour: Mapping[str, Fraction], time: str
) -> tuple[ExtraWork, ...]:
    """The duties of a kind of time (`paid`, `toil`), duty by duty.

    Args:
        problem: The dataset's, or that of the people whom the plan pays.
        plan: Says who does a duty, where it has a timetable.
        held: Whoever holds no position does nothing that costs anything.
        cost_of_an_hour: By person; who is missing costs nothing.
        time: `PAID` or `TOIL`.
    """
    services = [one for one in problem.services if one.duty and one.duty.time == time]
    if not services:
        return ()
    if is_timed(plan):
        return tuple(_done(problem, plan, services, held))
    return tuple(
        extra
        for service in services
        for extra in _expected(problem, service, held, cost_of_an_hour)
    )


def _done(
    problem: Problem, plan: Plan, services: Iterable[Service], held: Held
) -> Iterator[ExtraWork]:
    """Whom a timetable gives each duty, on its dates."""
    for service in services:
        assert service.duty
        dates: dict[str, list[date]] = {}
        for session in plan.sessions:
            if session.service == service.id:
                on = session.dates or problem.calendar.dates_of(session.day, service.school)
                for staff in session.staff:
                    dates.setdefault(staff, []).extend(_paid_dates(problem, on, held.get(staff)))
        for staff, days in dates.items():
            if days:
                yield ExtraWork(service.duty, service.school, staff, tuple(sorted(days)))


def _expected(
    problem: Problem, service: Service, held: Held, cost_of_an_hour: Mapping[str, Fraction]
) -> Iterator[ExtraWork]:
    """Who attends it, and the dearest of those who may do it."""
    assert service.duty
    may = [name for name in held if _may_do(problem, service, name)]
    order = {name: place for place, name in enumerate(may)}
    dearest = sorted(may, key=lambda name: (-cost_of_an_hour.get(name, Fraction(0)), order[name]))
    others = [name for name in dearest if name not in service.attendees]
    for staff in (*service.attendees, *others[: service.adults]):
        days = tuple(sorted(_paid_dates(problem, _days(problem, service), held.get(staff))))
        if days:
            yield ExtraWork(service.duty, service.school, staff, days)


def _may_do(problem: Problem, service: Service, staff: str) -> bool:
    duty, person = service.duty, problem.person_of.get(staff)
    if duty is None or person is None:
        return False
    at_school = not service.school or service.school in person.schools
    return (
        at_school
        and (not duty.staff or staff in duty.staff)
        and (not duty.roles or person.role.role in duty.roles)
    )


def _days(problem: Problem, service: Service) -> tuple[date, ...]:
    """The dates of a duty before it is planned: where it is not dated, those of the days of the
    cycle with most dates of all on which it may be; else the last ones of each period.
    """
    assert service.duty
    if service.dated:
        return tuple(
            period[1] for period, due in problem.dating.periods(service) for _ in range(due)
        )
    windows = dict.fromkeys(window.day for window in service.duty.windows)
    days = [problem.calendar.dates_of(day, service.school) for day in windows or problem.cycle]
    most = sorted(days, key=len, reverse=True)[: service.sessions]
    return tuple(day for dates in most for day in dates)


def _paid_dates(
    problem: Problem, dates: Iterable[date], held: tuple[Employment, ...] | None
) -> list[date]:
    """The dates that lie in somebody's employment, and of one day of the cycle no more than the
    contract has cycles: a calendar without its holidays has more weeks than anybody works.
    """
    by_day: dict[str, list[date]] = {}
    for day in dates:
        if any(one.start <= day <= one.end for one in held or ()):
            by_day.setdefault(problem.calendar.cycle_day(day) or "", []).append(day)
    most = max((_cycles(problem, one) for one in held or ()), default=0)
    return [day for days in by_day.values() for day in days[: max(1, most)]]


def _cycles(problem: Problem, one: Employment) -> int:
    """Contract days ÷ days of the cycle, rounded half up."""
    return floor(Fraction(one.contract_days, len(problem.cycle)) + Fraction(1, 2))
