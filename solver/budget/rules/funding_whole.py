"""Pay for every position wholly.

For each position x of an offer o for which the model chooses; a row's percentages are constant:

    Σ_f percent[o, x, f] = 100 × taken[o]
"""

from planner.plan.plan import FundedPosition
from planner.rules.funding_whole import RULE
from solver.budget.budget import WHOLE, Budget
from solver.budget.milp import total


def build(budget: Budget) -> None:
    """All of a position is paid; in a district without funds nobody pays anything."""
    for line in budget.lines():
        if line.chosen and budget.problem.data.funds:
            paid = total(percent for percent, _ in line.shares.values())
            budget.milp.add(paid - WHOLE * budget.taken[line.number] == 0)
        elif not line.chosen and line.position.funding and not _whole(line.position):
            budget.never(RULE, line)


def _whole(position: FundedPosition) -> bool:
    return sum(share.percent for share in position.funding) == WHOLE
