"""The sessions of a service are on different days."""

from collections import Counter
from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import about
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions beyond the first of a day."""
    for service, sessions in plan.sessions_of.items():
        for day, count in Counter(session.day for session in sessions).items():
            if count > 1:
                yield Violation(
                    RULE.key, (service, day), count - 1, f"{service} has {count} sessions on {day}."
                )


def _stopped(ways: Stopped) -> str:
    return f"{ways.service.id} has a session on every day of its windows already."


RULE = Rule(
    key="different_days",
    title="Different days",
    sentence="The sessions of a service are on different days.",
    formula="for each service and day: sessions ≤ 1",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"tier", "school"}),
    cells=about("day"),
    stops=Stops(Judges.TIME, rank=3, words=_stopped),
    is_final=True,
)
