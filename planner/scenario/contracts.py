"""People whose positions a scenario changes and whose contract it does not: said before anything is
solved, with the change that is missing.
"""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.plan.plan import Plan
from planner.plan.positions import budgeted_as_they_stand
from planner.rules import one_contract
from planner.rules.checker import violations
from planner.rules.rule import Strength


def contracts_left_behind(before: Dataset, after: Dataset) -> Iterator[str]:
    """One sentence or two for each person whose positions add up to the contract before and not
    after.
    """
    known = {staff for staff, _ in _apart(before)}
    for staff, message in _apart(after):
        if staff not in known:
            yield (
                f"{message} The scenario does not change the contract: set fte (or week_minutes) "
                f"of {staff} in the sheet staff as well."
            )


def _apart(data: Dataset) -> Iterator[tuple[str, str]]:
    if not data.positions:
        return
    problem = Problem(data)
    plan = Plan(positions=budgeted_as_they_stand(problem))
    for found in violations(problem, plan, strength=Strength.HARD, rules=[one_contract.RULE]):
        yield found.where[0], found.message
