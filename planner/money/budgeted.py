"""The positions that a plan budgets, or those that are filled or vacant today, and what they cost
as far as the dataset says what they are paid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from planner.facts.problem import Problem
from planner.money import Costs, PayMissing, PositionCost, costs
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import budgeted_as_they_stand, funded

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
    """What a plan budgets; the filled and the vacant positions of the dataset where it says nothing
    of positions.
    """
    return priced(problem, positions_of(problem, plan))


def positions_of(problem: Problem, plan: Plan) -> tuple[FundedPosition, ...]:
    """The positions of a plan, else those that the dataset budgets."""
    return budgeted_as_they_stand(problem) if plan.positions is None else plan.positions


def offered(problem: Problem, plan: Plan) -> Budgeted:
    """The proposed positions that are not budgeted, each at the FTE that it may have at most."""
    budgeted = {position.position for position in positions_of(problem, plan)}
    rows = (row for row in problem.data.positions if row.status == "proposed")
    return priced(
        problem, tuple(funded(problem, row) for row in rows if row.position not in budgeted)
    )


def priced(problem: Problem, positions: Sequence[FundedPosition]) -> Budgeted:
    """The costs of some positions. Those that the sheet `pay` does not price are named, and bear no
    cost.
    """
    return _priced(problem, tuple(positions))


# The rules, the ledger, HR's view and the report all ask for the same few sets of positions.
@lru_cache(maxsize=4)
def _priced(problem: Problem, some: tuple[FundedPosition, ...]) -> Budgeted:
    if not problem.data.pay:
        return Budgeted(some, Costs(()), (NO_PAY,) if problem.data.positions else (NO_POSITIONS,))
    missing: tuple[str, ...] = ()
    try:
        found = costs(problem, some)
    except PayMissing as error:
        unpriced = {one.position for one in error.missing}
        found = costs(problem, [position for position in some if position.position not in unpriced])
        missing = tuple(str(one)[:1].upper() + str(one)[1:] for one in error.missing)
    lacking = (
        *(() if problem.data.positions else (NO_POSITIONS,)),
        *(() if problem.data.funds else (NO_FUNDS,)),
    )
    return Budgeted(some, found, (*lacking, *missing, *found.remarks))


def forget() -> None:
    """Let go of the problems whose positions were priced."""
    _priced.cache_clear()
