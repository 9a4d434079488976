"""What to write where, so that a broken rule is kept: each rule says it of itself."""

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import RULE_OF
from planner.rules.rule import Violation


def remedy(problem: Problem, plan: Plan, violation: Violation) -> str:
    """A sentence that begins with a sheet and a row where the rule is about a position; else what
    the rule asks for.
    """
    rule = RULE_OF[violation.rule]
    position = next((one for one in plan.budgeted if one.position in violation.where), None)
    if position is not None and rule.remedy.write is not None:
        words = rule.remedy.write(problem, position, violation.where)
        return f"Sheet positions, {position.position}: {words}"
    return rule.remedy.otherwise or rule.sentence
