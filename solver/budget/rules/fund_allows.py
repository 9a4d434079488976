"""Let a fund pay only what it may.

percent[o, x, f] exists only where f may pay x: its job class, its school, and until its last day.
"""

from planner.facts.funds import Fund
from planner.plan.plan import FundedPosition
from planner.rules.fund_allows import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """Of what a row says; where the model chooses, variables are made only for what may pay."""
    for line in budget.lines():
        if not line.chosen:
            funds = {
                share.fund
                for share in (*line.position.funding, *line.position.allowance_funding)
                if share.percent
            }
            if not all(
                _allows(budget, budget.problem.funds[fund], line.position) for fund in funds
            ):
                budget.never(RULE, line)


def may_pay(budget: Budget, fund: Fund, position: FundedPosition) -> bool:
    """Whether the model may choose a fund: money of a school only for positions that are there
    alone.
    """
    if budget.is_off(RULE, position):
        return True
    return (not fund.school or position.school == (fund.school,)) and _allows(
        budget, fund, position
    )


def _allows(budget: Budget, fund: Fund, position: FundedPosition) -> bool:
    terms = budget.problem.fund_terms[fund.fund]
    last = budget.problem.positions[position.position].end or budget.problem.data.district.year_end
    job = (
        position.role in (terms.roles or (position.role,))
        and position.role not in terms.blocked_roles
    )
    place = not fund.school or not position.school or fund.school in position.school
    return job and place and (fund.expires is None or fund.expires >= last)
