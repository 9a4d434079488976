"""Choose only percentages that would not be noted, for jobs that a program does not list.

Otherwise as program_percents.
"""

from planner.rules.unlisted_percents import RULE
from solver.budget.budget import Budget
from solver.budget.rules.program_percents import post


def build(budget: Budget) -> None:
    """Only the percentages of the entry for all others."""
    for line in budget.lines():
        post(budget, RULE, line, by_name=False)
