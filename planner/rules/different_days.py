"""The sessions of a service are on different days, or so many on one as it may have."""

from collections import Counter
from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import about
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions beyond those that a day may have."""
    for service, sessions in plan.sessions_of.items():
        most = problem.service_of[service].times_a_day
        for day, count in Counter(session.day for session in sessions).items():
            if count > most:
                allowed = "." if most == 1 else f"; {most} are the most."
                message = f"{service} has {count} sessions on {day}{allowed}"
                yield Violation(RULE.key, (service, day), count - most, message)


def _stopped(ways: Stopped) -> str:
    most = ways.service.times_a_day
    many = "a session" if most == 1 else f"{most} sessions"
    return f"{ways.service.id} has {many} on every day of its windows already."


RULE = Rule(
    key="different_days",
    title="Different days",
    sentence="The sessions of a service are on different days, or as many on a day as a group may "
    "have.",
    formula="for each service and day: sessions ≤ times_a_day(g), 1 for a duty",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"tier", "school"}),
    columns=("times_a_day",),
    cells=about("day"),
    stops=Stops(Judges.TIME, rank=3, words=_stopped),
    is_final=True,
)
