"""Sessions inside the shift lie inside the school's hours, and every session starts on the grid."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.rule import Rule, Strength, Violation


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


RULE = Rule(
    key="opening_hours",
    title="Opening hours",
    sentence="Sessions start on the grid and lie inside the school's hours; duties outside the "
    "shift may lie outside of these.",
    formula="start ≡ 0 mod grid_minutes; open(school, day) ≤ start, end ≤ close(school, day)",
    unit="sessions",
    violations=violations,
    strengths=frozenset({Strength.HARD}),
)
