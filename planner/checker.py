"""The independent check of a plan: every violation and every goal recomputed from facts and plan alone."""

from planner.goals import GOALS
from planner.plan import Plan
from planner.problem.problem import Problem
from planner.result import Finding
from planner.rule import Strength, Violation
from planner.rules import RULE_OF, RULES, settings_of

BROKEN = "broken"
NOTED = "noted"


def violations(problem: Problem, plan: Plan, *, strength: Strength) -> list[Violation]:
    """Every violation of the rules that are set this way here, in the order of the rules."""
    settings = settings_of(problem)
    return [
        violation
        for rule in RULES
        if strength in settings[rule.key].strengths
        for violation in rule.violations(problem, plan)
        if settings[rule.key].at(problem.scopes(violation.where)).strength is strength
    ]


def findings(problem: Problem, plan: Plan) -> tuple[Finding, ...]:
    """What a planner must know of a plan: broken hard rules first, then what soft rules note."""
    return tuple(
        Finding(v.rule, severity, " · ".join(part for part in v.where if part), v.amount, RULE_OF[v.rule].unit, v.message)
        for strength, severity in ((Strength.HARD, BROKEN), (Strength.SOFT, NOTED))
        for v in violations(problem, plan, strength=strength)
    )


def goal_values(problem: Problem, plan: Plan) -> dict[str, int]:
    """Every goal's value, recomputed."""
    return {goal.key: goal.value(problem, plan) for goal in GOALS}
