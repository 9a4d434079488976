"""Budget FTE in the steps and limits of job class and position.

taken[o] = 0 where the FTE of a position is no multiple of fte_step, or outside of the limits of
job class and position.
"""

from fractions import Fraction

from planner.rules.fte_steps import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """Forbids FTE off the steps."""
    for line in budget.lines():
        role, row, fte = (
            budget.problem.roles[line.position.role],
            budget.problem.positions[line.position.position],
            line.position.fte,
        )
        off_step = role.fte_step is not None and (fte / Fraction(role.fte_step)).denominator != 1
        least = max(Fraction(role.min_fte or 0), Fraction(row.min_fte or 0))
        if off_step or fte < least or (row.max_fte is not None and fte > Fraction(row.max_fte)):
            budget.never(RULE, line)
