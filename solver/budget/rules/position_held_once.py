"""Budget no position that two people hold.

taken[o] = 0 where, on the first day of somebody's time on a position x of offer o, more than
fte(x) of it is held, or worked. A sum grows on such days alone.
"""

from fractions import Fraction

from planner.plan.holdings import held_on, holdings
from planner.plan.plan import FundedPosition
from planner.plan.positions import decimal_fte
from planner.rules.position_held_once import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """What stands may be held twice, and is then at fault."""
    for line in budget.lines():
        if _is_held_twice(budget, line.position):
            budget.never(RULE, line)


def _is_held_twice(budget: Budget, position: FundedPosition) -> bool:
    problem = budget.problem
    if position.position not in problem.stretches:
        return False
    for day in {holding.start for holding in holdings(problem, [position])}:
        then = held_on(problem, [position], day)
        seats = sum((one.held.fte for one in then if one.seated), Fraction(0))
        works = sum((one.held.fte for one in then if one.at_work), Fraction(0))
        if decimal_fte(max(seats, works)) > decimal_fte(position.fte):
            return True
    return False
