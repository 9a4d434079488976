"""Find the sessions that a broken rule comes from."""

from collections.abc import Iterable

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules import RULE_OF
from planner.rules.rule import Violation


def sessions_behind(
    problem: Problem, plan: Plan, broken: Iterable[Violation]
) -> frozenset[Session]:
    """The sessions that violations name, and those of the days that they name."""
    found: set[Session] = set()
    for violation in broken:
        for item, _ in RULE_OF[violation.rule].items(problem, plan, violation.where):
            if isinstance(item, Session):
                found.add(item)
            elif isinstance(item, Placement):
                found.update(plan.day_of.get((item.staff, item.day), ()))
    return frozenset(found)
