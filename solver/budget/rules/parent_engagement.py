"""Leave parents their share of programs with large allocations.

For each program whose allocations exceed the threshold, in cents:

    Σ_f spent[f] ≤ Σ_f (amount − held back − for parents)
"""

from decimal import Decimal

from planner.facts.fund_terms import after_hold, part_of
from planner.money.cents import to_cents
from planner.money.spending import funds_by_program
from planner.rules.parent_engagement import RULE
from planner.rules.rule import Strength
from solver.budget.budget import Budget
from solver.budget.milp import total


def build(budget: Budget) -> None:
    """What is for parents stays."""
    problem = budget.problem
    if budget.settings[RULE.key].strength is not Strength.HARD or not problem.data.pay:
        return
    for funds in funds_by_program(problem).values():
        allocation = sum((fund.amount for fund in funds), Decimal(0))
        most, parents = Decimal(0), Decimal(0)
        for fund in funds:
            terms = problem.fund_terms[fund.fund]
            most += after_hold(fund, terms)
            if terms.parent_percent is not None and allocation > (terms.parent_threshold or 0):
                parents += part_of(fund.amount, terms.parent_percent)
        if parents:
            budget.milp.add(
                total(budget.spent(fund.fund) for fund in funds) <= to_cents(most - parents)
            )
