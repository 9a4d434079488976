"""The plans that a solve tells of while it runs: each is whole and legal, and the result is no
worse than the last of them.
"""

from pathlib import Path

import pytest

import solver.best_plan
import solver.region.division
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by
from planner.rules.checker import violations
from planner.rules.goals import GOAL_OF
from planner.rules.rule import Strength
from planner.sheets.dataset import load
from solver.settings import SolveSettings
from tests.planted_region import planted_region
from tests.solver.budget.little import little

TIERS = tuple(GOAL_OF[key] for key in ("tier_3_minutes", "tier_2_minutes", "tier_1_minutes"))


def told(problem: Problem, seconds: float) -> list[list[int]]:
    """The tier minutes of each plan that is told of, and of the result; all of them legal."""
    seen: list[Plan] = []
    result = solver.best_plan.best_plan(
        problem, SolveSettings(goals=TIERS, seconds=seconds), on_plan=seen.append
    )
    assert result.plan is not None
    assert seen
    for plan in seen:
        assert violations(staffed_by(problem, plan), plan, strength=Strength.HARD) == []
    return [[goal.value(problem, plan) for goal in TIERS] for plan in (*seen, result.plan)]


@pytest.mark.slow
def test_a_budget_and_its_timetable():
    values = told(little(1), 10)
    assert values[-1] == max(values)


@pytest.mark.slow
def test_a_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solver.best_plan, "REGION", 0)
    monkeypatch.setattr(solver.region.division, "SMALL", 0)
    planted_region(tmp_path, schools=3, groups=12, load=0.9, seed=2)
    values = told(Problem(load(tmp_path), "region"), 25)
    assert values == sorted(values)
