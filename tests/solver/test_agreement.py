"""The signature test: with one rule on, the model's solutions are exactly the plans that the
checkers accept.

The test knows no rule by name: it takes them from the registry, and a new rule without a tiny
instance fails.
"""

from collections.abc import Iterator
from random import Random

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import RULES, contact_minutes, duty_free_lunch
from planner.rules.rule import Rule, Strength
from solver.timetable.model import build
from solver.timetable.rules import contact_minutes as contact_minutes_posted
from solver.timetable.timetable import Timetable
from tests.solver.every_plan import (
    ALWAYS,
    accepted,
    alone,
    beside,
    every_plan,
    every_solution,
    least,
    seen_by,
    visible,
    within,
)
from tests.solver.tiny import TINY

MOST = 150
"""Plans of one instance that are priced one by one, drawn from all."""

OF_TIMETABLE = [rule for rule in RULES if rule.part == "timetable"]
"""Training has a model of its own, which test_training compares with its rules."""

CASES = [
    pytest.param(rule, problem, id=f"{rule.key}-{number}")
    for rule in OF_TIMETABLE
    for number, problem in enumerate(TINY.get(rule.key, ()), start=1)
]
SOLVED = [
    pytest.param(
        *case.values,
        diagnose,
        id=f"{case.id}-{'diagnose' if diagnose else 'solve'}",
        # Further instances have many seconds of solutions; the first of each rule is always solved.
        marks=[pytest.mark.slow] * (not case.id.endswith("-1")),
    )
    for diagnose in (False, True)
    for case in CASES
]
SOFT_CASES = [case for case in CASES if Strength.SOFT in case.values[0].strengths]


def listed(problem: Problem, rule: Rule) -> Iterator[Plan]:
    """Every plan of a tiny instance of a rule."""
    wanted = (rule, *beside(problem))
    return every_plan(problem, lunch=duty_free_lunch.RULE in wanted)


def plans_of(problem: Problem, rule: Rule, *, on: bool = True) -> set[Plan]:
    """The plans that the checkers of a rule (if on) and of those that are always on accept."""
    wanted = (*beside(problem), *([rule] if on else []))
    return {visible(plan) for plan in listed(problem, rule) if accepted(problem, plan, wanted)}


def test_every_rule_has_a_tiny_instance():
    assert list(TINY) == [rule.key for rule in OF_TIMETABLE]


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule", [rule for rule in OF_TIMETABLE if rule not in ALWAYS], ids=lambda rule: rule.key
)
def test_the_tiny_instances_can_break_the_rule(rule):
    """Of the plans that the rules which are always on accept, the rule refuses some and accepts
    some.
    """
    without = sum(len(plans_of(problem, rule, on=False)) for problem in TINY[rule.key])
    assert 0 < sum(len(plans_of(problem, rule)) for problem in TINY[rule.key]) < without


@pytest.mark.parametrize(("rule", "problem", "diagnose"), SOLVED)
def test_model_and_checker_accept_the_same_plans(rule, problem, diagnose):
    expected = plans_of(problem, rule)
    found = every_solution(build(problem, alone(problem, rule), diagnose=diagnose))
    found = {plan for plan in found if within(problem, plan)}
    assert (found - expected, expected - found) == (set(), set())


@pytest.mark.parametrize(("rule", "problem"), SOFT_CASES)
def test_what_a_soft_rule_costs_is_the_checkers_amount(rule, problem):
    timetable = build(problem, alone(problem, rule, Strength.SOFT))
    plans = sorted(plans_of(problem, rule, on=False), key=repr)
    for plan in Random(1).sample(plans, min(MOST, len(plans))):
        amounts = sum(
            found.amount for found in rule.violations(problem, seen_by(rule, problem, plan))
        )
        assert least(timetable, sum(timetable.posting.ledger), plan) == 3 * amounts


def test_a_builder_that_is_wrong_by_one_is_noticed(monkeypatch):
    """The harness itself: with a limit that is a minute too low, some plan that the checker accepts
    is missing.
    """

    def too_strict(timetable: Timetable) -> None:
        for person in timetable.people:
            for day in timetable.problem.cycle:
                ways = timetable.ways_on.get((person.id, day), [])
                contact = sum((way[4] - way[3]) * literal for way, literal in ways if way[0] != "d")
                limit = person.role.max_contact_minutes or 0
                timetable.posting.at_most(
                    contact_minutes.RULE, (person.id, day), contact, limit - 1
                )

    monkeypatch.setattr(contact_minutes_posted, "build", too_strict)
    problem, *_ = TINY[contact_minutes.RULE.key]
    expected = plans_of(problem, contact_minutes.RULE)
    assert every_solution(build(problem, alone(problem, contact_minutes.RULE))) < expected
