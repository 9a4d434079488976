"""Contact is spread evenly.

The busiest person of each school is as little above the others as can be.
"""

from collections import Counter

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers

WHOLE = 1000
"""All of a person's obligation, in thousandths."""


def value(problem: Problem, plan: Plan) -> int:
    """For each school, the largest share of their hours that anybody spends there in contact,
    rounded up; added up.
    """
    contact: Counter[tuple[str, str]] = Counter()
    for session in plan.sessions:
        if problem.service_of[session.service].contact:
            for person in session.staff:
                contact[session.school, person] += session.minutes
    peaks: dict[str, int] = {}
    for (school, name), minutes in contact.items():
        share = -(-WHOLE * minutes // problem.person_of[name].obligation)
        peaks[school] = max(peaks.get(school, 0), share)
    return sum(peaks.values())


GOAL = Goal(
    key="balanced_load",
    title="Balanced load",
    unit="thousandths of the busiest person's hours, added over schools",
    formula="Σ over schools: max over people ⌈1,000 × contact(p, school) ÷ obligation(p)⌉",
    better="less",
    value=value,
    readers=Readers.ALL_SCHOOLS,
    scale=10,
    decimals=1,
    spoken="% of the busiest person's hours, added over schools",
)
