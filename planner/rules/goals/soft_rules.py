"""The ledger of soft rules: what each is broken by, times what a unit of it weighs."""

from collections.abc import Iterable

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import RULES, settings_of
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength


def value(problem: Problem, plan: Plan) -> int:
    """Σ amount × weight over the violations of the rules that are soft."""
    return ledger(problem, plan, RULES)


def ledger(problem: Problem, plan: Plan, rules: Iterable[Rule]) -> int:
    """The same of some rules alone."""
    settings = settings_of(problem)
    found = 0
    for rule in rules:
        if Strength.SOFT in settings[rule.key].strengths:
            for violation in rule.violations(problem, plan):
                setting = settings[rule.key].at(problem.scopes(violation.where))
                found += (
                    violation.amount * setting.weight if setting.strength is Strength.SOFT else 0
                )
    return found


GOAL = Goal(
    key="soft_rules",
    title="Soft rules",
    unit="weighted units of breaking them",
    one="weighted unit of breaking them",
    formula="Σ weight(rule) × amount over the violations of soft rules",
    better="less",
    value=value,
    readers=Readers.ALL_SCHOOLS,
)
