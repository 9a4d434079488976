"""Budget nobody beyond their contract.

taken[o] = 0 where somebody's positions are, on some day of the year, more than their
contract.
"""

from planner.plan.holdings import Holding, holdings
from planner.rules.one_contract import RULE, spans
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """What stands may differ from the contract, and is then at fault; no part of it may be more."""
    problem = budget.problem
    for line in budget.lines():
        offer = budget.offers[line.number]
        mine: dict[str, list[Holding]] = {}
        for holding in holdings(problem, offer.positions):
            mine.setdefault(holding.staff, []).append(holding)
        held = [
            span
            for staff, theirs in mine.items()
            if staff in problem.contracts
            for span in spans(problem, problem.contracts[staff], theirs)
        ]
        if any(span.off > 0 or (span.off < 0 and not offer.cut) for span in held):
            budget.never(RULE, line)
