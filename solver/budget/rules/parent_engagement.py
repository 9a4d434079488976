"""Leave parents their share of programs with large allocations.

For each program whose allocations exceed the threshold, in cents:

    Σ_f spent[f] ≤ Σ_f (amount − held back − for parents)
"""

from planner.money.cents import to_cents
from planner.money.ledger import unspent
from planner.money.lines import ZERO
from planner.rules.parent_engagement import RULE
from planner.rules.rule import Strength
from solver.budget.budget import Budget
from solver.budget.milp import total


def build(budget: Budget) -> None:
    """What is for parents stays."""
    problem = budget.problem
    if budget.settings[RULE.key].strength is not Strength.HARD or not problem.data.pay:
        return
    for accounts in unspent(problem).by_program.values():
        if any(account.parents for account in accounts):
            most = sum((account.left for account in accounts), ZERO)
            budget.milp.add(
                total(budget.spent(account.fund) for account in accounts) <= to_cents(most)
            )
