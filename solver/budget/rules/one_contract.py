"""Budget nobody beyond their contract.

taken[o] = 0 where somebody's positions are, on some day of the year, more than their
contract.
"""

from planner.rules.one_contract import RULE, spans
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """What stands may differ from the contract, and is then at fault; no part of it may be more."""
    problem = budget.problem
    people = {person.staff: person for person in problem.data.staff}
    for line in budget.lines():
        offer = budget.offers[line.number]
        if offer.contract not in people:
            continue
        held = spans(problem, people[offer.contract], offer.positions)
        if any(span.off > 0 or (span.off < 0 and not offer.cut) for span in held):
            budget.never(RULE, line)
