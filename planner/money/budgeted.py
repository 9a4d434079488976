"""The positions that a plan budgets, or those filled today, and what they cost as far as the
dataset says what they are paid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.facts.problem import Problem
from planner.money import Costs, PayMissing, PositionCost, costs
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, funded, staffed

NO_POSITIONS = (
    "The dataset has no positions (sheet positions): what people cost, and who pays "
    "them, is not known."
)
NO_PAY = "The dataset has no pay (sheet pay): positions have no amounts."
NO_FUNDS = (
    "The dataset has no funds (sheets programs and funds): nothing is said of money that is left."
)


@dataclass(frozen=True)
class Budgeted:
    """Positions with their costs; `remarks` say what is not known, and which pay is out of date."""

    positions: tuple[FundedPosition, ...]
    costs: Costs
    remarks: tuple[str, ...]

    @cached_property
    def cost_of(self) -> Mapping[str, PositionCost]:
        """The cost of each position; those without a cell of the sheet `pay` are left out."""
        return {cost.position.position: cost for cost in self.costs.positions}


def planned(problem: Problem, plan: Plan) -> Budgeted:
    """What a plan budgets; the filled positions of the dataset where it says nothing of
    positions.
    """
    return priced(problem, plan.positions or as_they_stand(problem))


def every_row(problem: Problem) -> Budgeted:
    """Every row of the sheet `positions`, also the vacant and the proposed ones, each at the FTE
    that it may have at most.
    """
    return priced(problem, tuple(funded(problem, row) for row in problem.data.positions))


def planned_people(problem: Problem, plan: Plan) -> Problem:
    """The problem with the people whom a plan's positions pay; as it stands where the plan says
    nothing of positions.
    """
    return staffed(problem, plan.positions) if plan.positions else problem


def priced(problem: Problem, positions: Sequence[FundedPosition]) -> Budgeted:
    """The costs of some positions. Those that the sheet `pay` does not price are named, and bear no
    cost.
    """
    some = tuple(positions)
    if not problem.data.pay:
        return Budgeted(some, Costs(()), (NO_PAY,) if some else (NO_POSITIONS,))
    missing: tuple[str, ...] = ()
    try:
        found = costs(problem, some)
    except PayMissing as error:
        unpriced = {one.position for one in error.missing}
        found = costs(problem, [position for position in some if position.position not in unpriced])
        missing = tuple(str(one)[:1].upper() + str(one)[1:] for one in error.missing)
    lacking = (*(() if some else (NO_POSITIONS,)), *(() if problem.data.funds else (NO_FUNDS,)))
    return Budgeted(some, found, (*lacking, *missing, *found.remarks))
