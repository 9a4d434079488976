"""What a program sets aside for parent engagement."""

from decimal import Decimal

from planner.facts.fund_terms import part_of
from planner.facts.funds import Fund
from planner.facts.problem import Problem
from planner.money.lines import ZERO


def for_parents(problem: Problem, fund: Fund, of_program: list[Fund]) -> Decimal:
    """A fund's part of what its program, which has these funds, sets aside for parents."""
    terms, total = problem.fund_terms[fund.fund], sum((each.amount for each in of_program), ZERO)
    if terms.parent_percent is None or total <= (terms.parent_threshold or ZERO):
        return ZERO
    return part_of(fund.amount, terms.parent_percent)
