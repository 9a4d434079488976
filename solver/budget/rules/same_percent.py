"""Pay an allowance that must match by the same percentages as its position.

percent(x, a, f) = percent(x, f) for each allowance a of x that must match: so it is chosen; what
a row says is constant.
"""

from planner.rules.same_percent import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """Forbids rows in which a differential is paid otherwise than its position."""
    for line in budget.lines():
        position = line.position
        own = {share.fund: share.percent for share in position.funding if share.percent}
        for name in position.allowances if not line.chosen else ():
            its = {
                share.fund: share.percent
                for share in position.allowance_funding
                if share.allowance == name and share.percent
            }
            if budget.problem.allowances[name].match == "same_percent" and its != own:
                budget.never(RULE, line)
