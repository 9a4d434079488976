"""Pay no position of the base program from a fund that may only supplement.

percent[o, x, f] = 0 for a position x of the base program and a fund f that may only supplement.
"""

from planner.facts.funds import Fund
from planner.plan.plan import FundedPosition
from planner.rules.supplement import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """Of what a row says; where the model chooses, variables are made only for what may pay."""
    for line in budget.lines():
        shares = (*line.position.funding, *line.position.allowance_funding)
        funds = {budget.problem.funds[share.fund] for share in shares if share.percent}
        if not line.chosen and not all(
            may_supplement(budget, fund, line.position) for fund in funds
        ):
            budget.never(RULE, line)


def may_supplement(budget: Budget, fund: Fund, position: FundedPosition) -> bool:
    """Whether a fund would supplement, not supplant."""
    base = budget.problem.positions[position.position].base_program
    return (
        not base
        or not budget.problem.fund_terms[fund.fund].supplement_only
        or budget.is_off(RULE, position)
    )
