"""Sessions end before the school closes, on its minimum days too."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import PlanItems, Where, in_column
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Setting, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops
from planner.words.wording import Words, listed

MOST_NAMED = 3


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """For each school and day of the cycle, how many sessions of groups early closes cut off in the
    year.

    What is given on named dates chooses dates that suit it; duties need no students.
    """
    words = Words(problem.data.district.locale)
    for (school, day), sessions in sorted(plan.at_school.items()):
        lost = {}
        for session in sessions:
            service = problem.service_of[session.service]
            if service.group and not service.dated:
                closes = problem.calendar.early_closes(day, school)
                lost[session.service] = [
                    on for on, close in closes if close < session.end and service.runs_on(on)
                ]
        amount = sum(len(dates) for dates in lost.values())
        if amount:
            groups = [name for name, dates in lost.items() if dates]
            dates = sorted({on for some in lost.values() for on in some})
            named = [words.day_of_month(on) for on in dates[:MOST_NAMED]] + _more(len(dates))
            message = (
                f"{problem.schools[school].name} closes early on {listed(named)}, before "
                f"{words.count(amount, 'session')} of"
                f" {listed([*groups[:MOST_NAMED], *_more(len(groups))])} would end ({day})."
            )
            yield Violation(RULE.key, (school, day), amount, message)


def _more(count: int) -> list[str]:
    return [f"{count - MOST_NAMED} more"] if count > MOST_NAMED else []


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The sessions of a day at a school that end after it closes early."""
    closes = [close for _, close in problem.calendar.early_closes(where[1], where[0])]
    there = [
        s
        for s in plan.at_school.get((where[0], where[1]), ())
        if problem.service_of[s.service].group
    ]
    return in_column([s for s in there if s.end > min(closes, default=s.end)], "start")


def _stopped(ways: Stopped) -> str:
    return (
        f"{ways.service.id} would end after {ways.school} closes early on a minimum day at the "
        "times that are left."
    )


RULE = Rule(
    key="minimum_days",
    title="Minimum days",
    sentence="No group's session would end after its school closes early on a minimum day.",
    formula="for each school and day of the cycle: Σ over sessions of groups: minimum days of "
    "that day with close < end",
    unit="sessions a year",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    default=Setting(Strength.SOFT),
    scopes=frozenset({"school"}),
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=12, words=_stopped),
)
