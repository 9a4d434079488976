"""The school that gets the smallest share of the minutes it is owed."""

from collections import Counter

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers

WHOLE = 10_000
"""Everything owed, in hundredths of a percent."""


def value(problem: Problem, plan: Plan) -> int:
    """The smallest share over the schools, in hundredths of a percent, rounded down."""
    owed: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for group in problem.groups:
        owed[group.school] += group.owed
        given[group.school] += group.given(plan.minutes_of(group.id))
    return min((WHOLE * given[school] // owed[school] for school in owed), default=WHOLE)


GOAL = Goal(
    key="worst_served_school",
    title="Worst-served school",
    unit="hundredths of a percent of the minutes owed",
    formula="min over schools: ⌊10,000 × delivered ÷ owed⌋",
    better="more",
    value=value,
    readers=Readers.ALL_SCHOOLS,
    scale=100,
    decimals=2,
    spoken="% of the minutes owed",
    by_counts=True,
    takes_least=True,
)
