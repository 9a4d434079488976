"""At the end nothing is left out that simply fits; what was there stays, and the plan stays legal."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import settings_of
from planner.rules.checker import violations
from planner.rules.goals import GOALS
from planner.rules.rule import Strength
from planner.sheets.dataset import load
from solver.stop import Stop
from solver.timetable.construct.first_plan import first_plan
from solver.timetable.construct.top_up import topped_up
from tests.planted_region import planted_region
from tests.planted_small import random_small
from tests.planted_unusual import ALL
from tests.slow import quick_and_slow


def without_some(plan: Plan, rng: Random) -> Plan:
    """The plan with some services taken out whole, and one session of some others."""
    kept = []
    for sessions in plan.sessions_of.values():
        chance = rng.random()
        kept += sessions if chance < 0.7 else []
    return replace(plan, sessions=tuple(sorted(kept)))


@pytest.mark.parametrize("seed", range(3))
def test_what_was_taken_out_comes_back(tmp_path: Path, seed: int):
    planted_region(tmp_path, schools=1, groups=16, load=0.5, seed=seed)
    problem = Problem(load(tmp_path))
    plan = first_plan(problem, GOALS, (), Stop(), seconds=30)
    assert plan is not None
    less = without_some(plan, Random(seed))
    assert len(less.sessions) < len(plan.sessions)
    more = topped_up(problem, settings_of(problem), GOALS, less)
    assert set(less.sessions) <= set(more.sessions)
    assert len(more.sessions) == len(plan.sessions)
    assert list(violations(problem, more, strength=Strength.HARD)) == []


@pytest.mark.parametrize("seed", quick_and_slow(range(4), range(4, 8)))
def test_strange_districts_stay_legal(tmp_path: Path, seed: int):
    random_small(tmp_path, seed=seed, features=ALL)
    problem = Problem(load(tmp_path))
    plan = first_plan(problem, GOALS, (), Stop(), seconds=0.1)
    if plan is None:
        return
    less = without_some(plan, Random(seed))
    before = list(violations(problem, less, strength=Strength.HARD))
    more = topped_up(problem, settings_of(problem), GOALS, less)
    assert set(less.sessions) <= set(more.sessions)
    assert len(list(violations(problem, more, strength=Strength.HARD))) <= len(before)
