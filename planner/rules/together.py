"""Groups of one name meet at the same times; one that is not served binds nobody."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops, shortened


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each session, and each group of its name that is served and does not meet then."""
    for groups in problem.together.values():
        for group in groups:
            for other in groups:
                sessions = plan.sessions_of.get(other.id, ())
                if other.id == group.id or other.sessions < group.sessions or not sessions:
                    continue
                alike = group.lengths == other.lengths
                times = {_time(session, alike) for session in sessions}
                for session in plan.sessions_of.get(group.id, ()):
                    if _time(session, alike) not in times:
                        yield _apart(session, other.id)


def _time(session: Session, alike: bool) -> tuple[str, int, int]:
    """When a session starts; and how long it is, where both groups may have the same lengths."""
    return session.day, session.start, session.minutes if alike else 0


def _apart(session: Session, other: str) -> Violation:
    message = (
        f"{session.service} meets on {session.day} at {clock(session.start)}, and {other}, with "
        "which it is to meet, does not."
    )
    return Violation(RULE.key, (session.service, session.day, other), 1, message)


def _stopped(ways: Stopped) -> str:
    groups = ways.problem.together.get(ways.service.together, ())
    others = [group.id for group in groups if group.id != ways.service.id]
    return (
        f"{ways.service.id} meets at the same times as {shortened(others)}, and these are used or "
        "taken."
    )


RULE = Rule(
    key="together",
    title="Groups that meet together",
    sentence="Groups of one name meet at the same times, and one that is owed fewer sessions at "
    "some of these; one that is not served binds nobody.",
    formula="for groups g, h of one name, both served, with owed(g) ≤ owed(h): every start of g is "
    "one of h; of the same lengths, every session as long",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"tier", "school"}),
    stops=Stops(Judges.NEAR, rank=18, words=_stopped),
)
