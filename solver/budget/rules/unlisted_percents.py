"""As program_percents, for jobs that a program does not list: the model chooses only what would not
be noted.
"""

from planner.rules.unlisted_percents import RULE
from solver.budget.budget import Budget
from solver.budget.rules.program_percents import post


def build(budget: Budget) -> None:
    """Only the percentages of the entry for all others."""
    for line in budget.lines():
        post(budget, RULE, line, by_name=False)
