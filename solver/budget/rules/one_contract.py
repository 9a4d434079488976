"""Budget nobody beyond their contract.

taken[o] = 0 where somebody's positions, those in force on the planned day, are more than their
contract.
"""

from fractions import Fraction

from planner.plan.positions import decimal_fte, share_of_full_time
from planner.rules.one_contract import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """What stands may differ from the contract, and is then at fault; no part of it may be more."""
    problem = budget.problem
    day = problem.data.district.day_planned
    people = {person.staff: person for person in problem.data.staff}
    for line in budget.lines():
        offer = budget.offers[line.number]
        if offer.contract not in people:
            continue
        rows = [problem.positions[position.position] for position in offer.positions]
        held = [row for row in rows if row.is_in_force(day)]
        shares = [share_of_full_time(row, problem.roles[row.role]) or Fraction(0) for row in held]
        person = people[offer.contract]
        contract = share_of_full_time(person, problem.roles[person.role]) or Fraction(0)
        off = decimal_fte(sum(shares, Fraction(0)) - contract)
        if held and (off > 0 or (off < 0 and not offer.cut)):
            budget.never(RULE, line)
