"""Budget the allowances that a job class must have.

taken[o] = 0 where a position of o lacks an allowance that is required of its job class; hires are
offered with it.
"""

from planner.rules.required_allowances import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """Forbids positions without a required allowance."""
    required = [row for row in budget.problem.data.allowances if row.required]
    for line in budget.lines():
        held, role = line.position.allowances, line.position.role
        if any(row.allowance not in held and role in (row.roles or (role,)) for row in required):
            budget.never(RULE, line)
