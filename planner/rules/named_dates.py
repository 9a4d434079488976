"""Sessions a quarter, month or year stand on named dates, as many as are due.

These are school days on which they can be given.
"""

from collections.abc import Iterator
from datetime import date

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.rules.cells import PlanItems, Where, in_column, sessions_of
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Dates that cannot be, and dates too many or too few in a period."""
    for service in problem.services:
        sessions = plan.sessions_of.get(service.id, [])
        if not service.dated:
            for session in sessions:
                if session.dates:
                    message = (
                        f"{service.id} on {session.day} names dates; its sessions are owed "
                        "every cycle."
                    )
                    yield Violation(
                        RULE.key, (service.id, session.day), len(session.dates), message
                    )
            continue
        possible = {session: set(_possible(problem, service, session)) for session in sessions}
        for session, dates in possible.items():
            wrong = sorted(set(session.dates) - dates)
            if wrong or not dates:
                which = ", ".join(day.isoformat() for day in wrong[:3]) or "any date"
                message = f"{service.id} on {session.day} cannot be given on {which}."
                yield Violation(RULE.key, (service.id, session.day), max(1, len(wrong)), message)
        if sessions:
            yield from _due(problem, service, possible)


def _possible(problem: Problem, service: Service, session: Session) -> list[date]:
    people = tuple(problem.person_of[name] for name in session.staff if name in problem.person_of)
    return list(problem.dating.dates(service, session.day, session.end, people))


def _due(
    problem: Problem, service: Service, possible: dict[Session, set[date]]
) -> Iterator[Violation]:
    for (first, last), owed in problem.dating.periods(service):
        named = sum(first <= day <= last for session in possible for day in session.dates)
        due = min(owed, sum(first <= day <= last for dates in possible.values() for day in dates))
        if named != due:
            message = (
                f"{service.id} has {named} dates from {first.isoformat()} to "
                f"{last.isoformat()}; {due} are due."
            )
            yield Violation(RULE.key, (service.id, first.isoformat()), abs(named - due), message)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The dates of one day's session, or of all of a service where a period has too many or too
    few.
    """
    day = where[1] if where[1] in problem.cycle else ""
    return in_column(sessions_of(plan, where[0], day), "dates")


RULE = Rule(
    key="named_dates",
    title="Named dates",
    sentence="Sessions a quarter, month or year stand on named school days of their slot, as many "
    "as are due; slots of one adult"
    " whose dates differ may share a time.",
    formula="for each period: dates(g) = min(owed(g), dates on which g's slots can be given)",
    unit="dates",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.HARD}),
    cells=_cells,
    stops=Stops(Judges.NOTHING, because="dates are named when all sessions stand"),
)
