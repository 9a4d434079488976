"""The sessions of a service are on different days."""

from collections import Counter
from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions beyond the first of a day."""
    for service, sessions in plan.sessions_of.items():
        for day, count in Counter(session.day for session in sessions).items():
            if count > 1:
                yield Violation(
                    RULE.key, (service, day), count - 1, f"{service} has {count} sessions on {day}."
                )


RULE = Rule(
    key="different_days",
    title="Different days",
    sentence="The sessions of a service are on different days.",
    formula="for each service and day: sessions ≤ 1",
    unit="sessions",
    violations=violations,
    scopes=frozenset({"tier", "school"}),
)
