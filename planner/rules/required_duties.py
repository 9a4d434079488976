"""Required duties take place."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions of required duties that are missing."""
    for service in problem.services:
        missing = service.sessions - len(plan.sessions_of.get(service.id, ()))
        if service.required and missing > 0:
            message = (
                f"The required duty {service.id} lacks {missing} of {service.sessions} sessions."
            )
            yield Violation(RULE.key, (service.id,), missing, message)


RULE = Rule(
    key="required_duties",
    title="Required duties",
    sentence="Required duties take place in full.",
    formula="sessions(d) = owed(d) for each required duty d",
    unit="sessions",
    violations=violations,
)
