"""For each fund f, in cents, with what it pays beside positions (`beside(f)`) and the rates p of
its indirect costs:

    spent[f] ≤ max {c : c + beside(f) + Σ_p round(p · (c + beside(f))) ≤ amount(f) − held back(f)}

The sum grows with c, so that the largest c is found by halving.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from planner.facts.fund_terms import after_hold
from planner.facts.problem import Problem
from planner.money.beside import beside_positions
from planner.money.cents import cents, to_cents
from planner.money.spending import indirect_rates
from planner.rules.fund_total import RULE
from planner.rules.rule import Strength
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """No fund pays more than it has."""
    setting, problem = budget.settings[RULE.key], budget.problem
    most = most_for_positions(problem) if problem.data.pay else {}
    for fund in problem.data.funds if problem.data.pay else ():
        if setting.at(problem.scopes((fund.fund, fund.school))).strength is Strength.HARD:
            budget.milp.add(budget.spent(fund.fund) <= most[fund.fund])


def most_for_positions(problem: Problem) -> Mapping[str, int]:
    """The most cents that positions may cost each fund."""
    beside = beside_positions(problem)
    return {
        fund.fund: most_of_positions(
            to_cents(after_hold(fund, problem.fund_terms[fund.fund])),
            beside[fund.fund],
            indirect_rates(problem, fund.fund),
        )
        for fund in problem.data.funds
    }


def most_of_positions(free: int, beside: int, rates: Sequence[Fraction]) -> int:
    """The most cents that positions may cost of so many free ones, beside other lines and with
    indirect costs at these rates; below 0 where even the others are too much.
    """
    if not rates:
        return free - beside
    low, high = -1, max(free, 0)
    while low < high:
        middle = (low + high + 1) // 2
        lines = middle + beside
        indirect = sum(cents(rate * lines / 100) for rate in rates)
        if lines + indirect <= free:
            low = middle
        else:
            high = middle - 1
    return low
