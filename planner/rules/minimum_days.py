"""Sessions end before the school closes, on its minimum days too."""

from collections.abc import Iterator

from planner.plan import Plan
from planner.problem.cells import clock
from planner.problem.problem import Problem
from planner.rule import Rule, Setting, Strength, Violation
from planner.words import Words, listed

MOST_NAMED = 3


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """The dates on which a group's session would end after an early close, when its students have left.

    What is given on named dates chooses dates that suit it; duties need no students.
    """
    words = Words(problem.data.district.locale)
    for session in plan.sessions:
        service = problem.service_of[session.service]
        if service.dated or not service.group:
            continue
        closes = problem.calendar.early_closes(session.day, session.school) if session.school else ()
        dates = [day for day, close in closes if close < session.end and service.runs_on(day)]
        if dates:
            named = [words.day_of_month(day) for day in dates[:MOST_NAMED]]
            more = [f"{len(dates) - MOST_NAMED} more"] if len(dates) > MOST_NAMED else []
            place = problem.schools[session.school].name
            when = f"{session.day} {clock(session.start)}–{clock(session.end)}"
            message = f"{service.id} on {when} would end after {place} closes early: {listed([*named, *more])}."
            yield Violation(RULE.key, (service.id, session.day), len(dates), message)


RULE = Rule(
    key="minimum_days",
    title="Minimum days",
    sentence="No group's session would end after its school closes early on a minimum day.",
    formula="Σ over sessions of groups: minimum days of their day of the cycle with close < end",
    unit="dates",
    violations=violations,
    strengths=frozenset(Strength),
    default=Setting(Strength.SOFT),
    scopes=frozenset({"tier", "school"}),
)
