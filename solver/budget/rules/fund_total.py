"""For each fund f, in cents:  spent[f] ≤ amount(f) − held back(f)."""

from planner.facts.fund_terms import after_hold
from planner.money.cents import to_cents
from planner.rules.fund_total import RULE
from planner.rules.rule import Strength
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """No fund pays more than it has."""
    setting = budget.settings[RULE.key]
    for fund in budget.problem.data.funds if budget.problem.data.pay else ():
        if setting.at(budget.problem.scopes((fund.fund, fund.school))).strength is Strength.HARD:
            free = after_hold(fund, budget.problem.fund_terms[fund.fund])
            budget.milp.add(budget.spent(fund.fund) <= to_cents(free))
