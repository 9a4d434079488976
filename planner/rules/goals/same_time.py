"""A group's sessions are at the same time of day."""

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers


def value(problem: Problem, plan: Plan) -> int:
    """Times of day beyond the first, over all groups."""
    starts = ({s.start for s in plan.sessions_of.get(group.id, ())} for group in problem.groups)
    return sum(max(0, len(times) - 1) for times in starts)


GOAL = Goal(
    key="same_time",
    title="Same time of day",
    unit="changes of time",
    one="change of time",
    formula="Σ over groups: distinct starts − 1",
    better="less",
    value=value,
    readers=Readers.EVERYBODY,
)
