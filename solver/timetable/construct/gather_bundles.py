"""Lay services out in rows: one for each, and several where sessions go in and out as one.

Such a bundle has a row for each seat: each adult and each attendee of a service, and of all groups
that meet together; and all of that once more for each further session that a day may have.
"""

from collections.abc import Collection, Iterable, Sequence

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.different_days import RULE as DIFFERENT_DAYS
from planner.rules.together import RULE as TOGETHER
from solver.timetable.construct.gather_services import is_alone, people_for
from solver.timetable.construct.row import Row
from solver.timetable.construct.strengths import Strengths

MOST_A_DAY = 4
"""The most sessions on a day where the rule on different days is off."""


def rows_of(
    problem: Problem, rules: Strengths, services: Sequence[Service], fixed: Plan
) -> tuple[Row, ...]:
    """The rows of services that the construction knows, in their order.

    Args:
        problem: Whose services they are.
        rules: How rules are set.
        services: Which.
        fixed: What must be; groups that meet together with something in it have no rows.

    Returns:
        Rows; those of a bundle follow each other, the leading one first.
    """
    inside = {service.id for service in services}
    done: set[str] = set()
    rows: list[Row] = []
    for service in services:
        if service.id in done:
            continue
        bundle = _bundle(problem, rules, service, inside)
        done.update(member.id for member in bundle)
        turns = min(_times_a_day(rules, member) for member in bundle)
        if turns == 1 and len(bundle) == 1 and is_alone(service):
            rows.append(Row(service, len(rows), 1, 0, len(rows)))
        elif not any(
            fixed.sessions_of.get(other.id)
            for member in bundle
            for other in _meeting(problem, rules, member)
        ):
            able = [m for m in bundle if len(people_for(problem, rules, m)) >= m.adults]
            rows += _laid_out(_apart(able), turns, len(rows))
    return tuple(rows)


def _times_a_day(rules: Strengths, service: Service) -> int:
    """The most sessions of a day."""
    most = service.times_a_day if rules.is_on(DIFFERENT_DAYS, service.id) else MOST_A_DAY
    return min(most, service.sessions)


def _meeting(problem: Problem, rules: Strengths, service: Service) -> tuple[Service, ...]:
    """The groups that meet at the same times, and itself."""
    if service.together and rules.is_on(TOGETHER, service.id):
        return problem.together.get(service.together, (service,))
    return (service,)


def _bundle(
    problem: Problem, rules: Strengths, service: Service, inside: Collection[str]
) -> list[Service]:
    return [member for member in _meeting(problem, rules, service) if member.id in inside]


def _apart(bundle: Iterable[Service]) -> list[Service]:
    """Those that share no student with one before: others can never meet at the same time, and are
    not served.
    """
    students: set[str] = set()
    found = []
    for member in bundle:
        if not students & member.students:
            found.append(member)
            students |= member.students
    return found


def _laid_out(bundle: Sequence[Service], turns: int, first: int) -> list[Row]:
    names = [
        (member, seat, (*member.attendees, *[""] * member.adults))
        for member in bundle
        for seat in range(len(member.attendees) + member.adults)
    ]
    return [
        Row(
            member,
            first,
            turns * len(names),
            len(names),
            first + place,
            seat,
            len(attendees),
            attendees[seat],
        )
        for _ in range(turns)
        for place, (member, seat, attendees) in enumerate(names)
    ]
