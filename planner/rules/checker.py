"""Check a plan independently: violations and goals, from facts and plan alone."""

from collections.abc import Iterable

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Finding
from planner.rules import RULE_OF, RULES, settings_of
from planner.rules.goals import GOALS
from planner.rules.rule import Rule, Strength, Violation

BROKEN = "broken"
NOTED = "noted"


def violations(
    problem: Problem, plan: Plan, *, strength: Strength, rules: Iterable[Rule] = RULES
) -> list[Violation]:
    """Every violation of the rules (or some of them) that are set this way here, in the order of
    the rules.
    """
    settings = settings_of(problem)
    return [
        violation
        for rule in rules
        if strength in settings[rule.key].strengths
        for violation in rule.violations(problem, plan)
        if settings[rule.key].at(problem.scopes(violation.where)).strength is strength
    ]


def notes(problem: Problem, plan: Plan, rules: Iterable[Rule] = RULES) -> list[Violation]:
    """What is worth knowing and is no breach: what soft rules are broken by, and what rules note of
    a plan that keeps them.
    """
    settings, some = settings_of(problem), tuple(rules)
    kept = [
        note
        for rule in some
        if settings[rule.key].strength is not Strength.OFF
        for note in rule.notes(problem, plan)
    ]
    return violations(problem, plan, strength=Strength.SOFT, rules=some) + kept


def findings(problem: Problem, plan: Plan) -> tuple[Finding, ...]:
    """What a planner must know of a plan: broken hard rules first, then the notes."""
    return tuple(
        Finding(
            v.rule,
            severity,
            " · ".join(part for part in v.where if part),
            v.amount,
            RULE_OF[v.rule].unit,
            v.message,
        )
        for severity, found in (
            (BROKEN, violations(problem, plan, strength=Strength.HARD)),
            (NOTED, notes(problem, plan)),
        )
        for v in found
    )


def goal_values(problem: Problem, plan: Plan) -> dict[str, int]:
    """Every goal's value, recomputed."""
    return {goal.key: goal.value(problem, plan) for goal in GOALS}
