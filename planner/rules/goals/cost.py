"""What the budgeted positions cost."""

from planner.facts.problem import Problem
from planner.money import costs
from planner.money.cents import to_cents
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers


def value(problem: Problem, plan: Plan) -> int:
    """The cost of all positions, in cents; nothing in a district that has no pay."""
    return (
        to_cents(costs(problem, plan.positions).total) if problem.data.pay and plan.positions else 0
    )


GOAL = Goal(
    key="cost",
    title="Cost of positions",
    unit="cents",
    formula="Σ pay + allowances + employer costs over the positions budgeted",
    better="less",
    value=value,
    readers=Readers.OFFICE,
    scale=100,
    decimals=2,
    spoken="in the district's currency",
    part="budget",
)
