"""A first plan without a model of the whole: legal, and whole where the district can be served."""

from pathlib import Path

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import RULES
from planner.rules.checker import violations
from planner.rules.goals import GOALS
from planner.rules.rule import TIMETABLE, Strength
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.stop import Stop
from solver.timetable.construct.first_plan import first_plan
from tests.planted_region import planted_region
from tests.planted_small import random_small
from tests.planted_unusual import ALL
from tests.slow import quick_and_slow

HARD = [rule for rule in RULES if rule.part == TIMETABLE]


def built(problem: Problem, seconds: float = 5.0, *, seed: int = 1) -> Plan | None:
    return first_plan(problem, GOALS, (), Stop(), seconds=seconds, seed=seed)


def broken(problem: Problem, plan: Plan) -> list[str]:
    found = violations(problem, plan, strength=Strength.HARD, rules=HARD)
    return [violation.message for violation in found]


@pytest.mark.parametrize("schools", [1, 4])
def test_a_planted_region_is_served_whole(tmp_path: Path, schools: int):
    planted_region(tmp_path, schools=schools, groups=20, load=0.5, seed=5)
    problem = Problem(load(tmp_path))
    plan = built(problem, 30.0)
    assert plan is not None
    assert broken(problem, plan) == []
    assert {name: len(found) for name, found in plan.sessions_of.items()} == {
        service.id: service.sessions for service in problem.services
    }


@pytest.mark.parametrize("name", ["first-steps", "tacoma-mtss"])
def test_what_must_be_is_in_it(name: str):
    problem = Problem(load(example_path(name)))
    plan = built(problem, 8.0)
    assert plan is not None
    assert broken(problem, plan) == []
    assert all(
        len(plan.sessions_of[service.id]) == service.sessions
        for service in problem.services
        if service.required
    )


@pytest.mark.parametrize("seed", quick_and_slow(range(4), range(4, 12)))
def test_strange_districts_get_a_legal_plan_or_none(tmp_path: Path, seed: int):
    random_small(tmp_path, seed=seed, features=ALL)
    problem = Problem(load(tmp_path))
    plan = built(problem, 0.2)
    assert plan is None or broken(problem, plan) == []
