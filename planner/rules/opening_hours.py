"""Sessions inside the shift lie inside the school's hours, and every session starts on the grid."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.rules.cells import Where, guilty_alone
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each session that starts off the grid, or while the school is closed."""
    for session in plan.sessions:
        reason = _reason(problem, session)
        if reason:
            when = f"{session.day} {clock(session.start)}–{clock(session.end)}"
            yield Violation(
                RULE.key,
                (session.service, session.day),
                1,
                f"{session.service} on {when}: {reason}.",
            )


def _reason(problem: Problem, session: Session) -> str:
    if session.start % problem.grid:
        return f"sessions start on multiples of {problem.grid} minutes"
    service = problem.service_of[session.service]
    if service.school and service.in_shift:
        hours = problem.hours(service.school, session.day)
        if hours is None or session.start < hours[0] or session.end > hours[1]:
            return f"{problem.schools[service.school].name} is closed"
    return ""


def _stopped(ways: Stopped) -> str:
    return (
        f"No start on the grid leaves {ways.service.id} {ways.service.lengths_said} minutes "
        f"while {ways.school} is open."
    )


def _asked(problem: Problem, where: Where) -> str:
    service = problem.service_of.get(where[0])
    return (
        f"{service.id} starts on multiples of {problem.grid} "
        f"minutes{open_then(problem, service, problem.cycle[0])}."
        if service
        else ""
    )


def open_then(problem: Problem, service: Service, day: str) -> str:
    """` (and Elm is open 08:00–15:00)`; nothing where no school is meant, or it is closed."""
    hours = problem.hours(service.school, day) if service.school else None
    return (
        f" (and {problem.schools[service.school].name} is open {clock(hours[0])}–{clock(hours[1])})"
        if hours
        else ""
    )


RULE = Rule(
    key="opening_hours",
    title="Opening hours",
    sentence="Sessions start on the grid and lie inside the school's hours; duties outside the "
    "shift may lie outside of these.",
    formula="start ≡ 0 mod grid_minutes; open(school, day) ≤ start, end ≤ close(school, day)",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.HARD}),
    cells=guilty_alone(violations, "start"),
    stops=Stops(Judges.TIME, rank=1, words=_stopped),
    asks=_asked,
    is_final=True,
)
