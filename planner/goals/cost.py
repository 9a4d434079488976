"""What the budgeted positions cost."""

from planner.cost import costs
from planner.cost.cents import to_cents
from planner.goals.goal import Goal
from planner.plan import Plan
from planner.problem.problem import Problem


def value(problem: Problem, plan: Plan) -> int:
    """The cost of all positions, in cents; nothing in a district that has no pay."""
    return to_cents(costs(problem, plan.positions).total) if problem.data.pay and plan.positions else 0


GOAL = Goal(
    key="cost",
    title="Cost of positions",
    unit="cents",
    formula="Σ pay + allowances + employer costs over the positions budgeted",
    better="less",
    value=value,
    part="budget",
)
