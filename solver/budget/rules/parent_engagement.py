"""Leave parents their share of programs with large allocations.

For each program whose allocations exceed the threshold, in cents, with what a fund pays beside
positions (`beside(f)`) and the rates p of its indirect costs:

    Σ_f (1 + Σ_p p) · (spent[f] + beside(f)) ≤ Σ_f (amount − held back − for parents) − ½ |p|

Each indirect cost is rounded half up: half a cent for each keeps the sum on the safe side.
"""

from fractions import Fraction

from planner.money.beside import beside_positions
from planner.money.cents import to_cents
from planner.money.ledger import unspent
from planner.money.lines import ZERO
from planner.money.spending import indirect_rates
from planner.rules.parent_engagement import RULE
from planner.rules.rule import Strength
from solver.budget.budget import Budget
from solver.budget.milp import total


def build(budget: Budget) -> None:
    """What is for parents stays."""
    problem = budget.problem
    if budget.settings[RULE.key].strength is not Strength.HARD or not problem.data.pay:
        return
    beside = beside_positions(problem)
    for accounts in unspent(problem).by_program.values():
        if any(account.parents for account in accounts):
            rates = {one.fund: indirect_rates(problem, one.fund) for one in accounts}
            times = {fund: 1 + sum(some, Fraction(0)) for fund, some in rates.items()}
            free = to_cents(sum((one.available - one.parents for one in accounts), ZERO))
            others = sum(times[one.fund] * beside[one.fund] for one in accounts)
            halves = Fraction(sum(map(len, rates.values())), 2)
            spent = total(budget.spent(one.fund) * _number(times[one.fund]) for one in accounts)
            budget.milp.add(spent <= _number(free - others - halves))


def _number(exact: Fraction) -> int | float:
    return int(exact) if exact.denominator == 1 else float(exact)
