"""Say why no budget is legal: the rules on money without any one of which there would be one.

Each is named with what it says of the positions as they stand.
"""

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import as_they_stand
from planner.rules import settings_of
from planner.rules.checker import violations
from planner.rules.rule import Setting, Strength
from solver.budget.budget_goals import BudgetSearch
from solver.budget.rules import posted

SECONDS = 10.0
"""Seconds for each question."""


def against(problem: Problem) -> tuple[str, ...]:
    """A sentence for each member; rules that must hold, each with what breaks it as the positions
    stand.
    """
    # Rule by rule, and not by deletion as in a timetable (`search.conflict`): rules on money are
    # few, and what a planner can change is one of them, or the position that stands against it.
    settings = settings_of(problem)
    sentences: list[str] = []
    standing = violations(problem, Plan(positions=as_they_stand(problem)), strength=Strength.HARD)
    for rule in posted():
        if settings[rule.key].strengths == {Strength.OFF}:
            continue
        without = BudgetSearch(problem, settings | {rule.key: Setting(Strength.OFF)}, ())
        if without.keep_people(SECONDS):
            messages = [violation.message for violation in standing if violation.rule == rule.key]
            sentences += messages or [f"{rule.title}: {rule.sentence}"]
    return tuple(sentences) or (
        "The rules on money contradict each other, and no single one of them is the reason.",
    )
