"""Where the rule is hard, for each program, in cents:  Σ_f (amount − spent)[f] ≤ Σ_f carryover_percent · amount(f)."""

from collections import defaultdict

from planner.problem.fund_terms import part_of
from planner.problem.funds import Fund
from planner.rule import Strength
from planner.rules.carryover import RULE
from solver.budget.budget import Budget
from solver.budget.milp import total
from solver.budget.offers import to_cents


def build(budget: Budget) -> None:
    """No more is left than may be carried over."""
    problem = budget.problem
    if budget.settings[RULE.key].strength is not Strength.HARD or not problem.data.pay:
        return
    by_program: defaultdict[str, list[Fund]] = defaultdict(list)
    for fund in problem.data.funds:
        by_program[fund.program].append(fund)
    for funds in by_program.values():
        limits = [(fund, problem.fund_terms[fund.fund].carryover_percent) for fund in funds]
        if all(percent is not None for _, percent in limits):
            least = sum(to_cents(fund.amount - part_of(fund.amount, percent)) for fund, percent in limits if percent is not None)
            budget.milp.add(total(budget.spent(fund.fund) for fund in funds) >= least)
