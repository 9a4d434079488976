"""No more groups are pulled out at once than the school has rooms for."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import PlanItems, Where, in_column
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Groups too many, at each start of a session."""
    for (name, day), sessions in plan.at_school.items():
        school = problem.schools.get(name)
        if school is None or school.spaces is None:
            continue
        pulled = [s for s in sessions if problem.service_of[s.service].takes_room]
        for start in sorted({s.start for s in pulled}):
            at_once = sum(1 for s in pulled if s.start <= start < s.end)
            if at_once > school.spaces:
                message = (
                    f"{school.name} has {school.spaces} pull-out rooms; on {day} at "
                    f"{clock(start)} {at_once} groups need one."
                )
                yield Violation(
                    RULE.key, (name, day, clock(start)), at_once - school.spaces, message
                )


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    school, day, at = where
    pulled = [
        s for s in plan.at_school.get((school, day), ()) if problem.service_of[s.service].takes_room
    ]
    return in_column([s for s in pulled if clock(s.start) <= at < clock(s.end)], "start")


def _stopped(ways: Stopped) -> str:
    return f"The pull-out rooms of {ways.school} are full in {ways.service.id}'s windows."


RULE = Rule(
    key="pull_out_spaces",
    title="Pull-out rooms",
    sentence="No more groups are pulled out at once than the school has rooms for.",
    formula="for each school and minute: pull-out sessions ≤ spaces(school)",
    unit="groups over",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"school"}),
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=7, words=_stopped),
    is_final=True,
)
