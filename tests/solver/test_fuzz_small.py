"""Tiny random datasets with unusual settings: solver, checker and oracle agree about every plan."""

import pytest

from planner.plan.result import Status
from solver.settings import SolveSettings
from tests.planted_small import random_small
from tests.planted_unusual import ALL
from tests.slow import quick_and_slow
from tests.solver.judged import faults, solved

SETTINGS = SolveSettings(seconds=3, workers=1)
SEEDS = range(36, 56)


@pytest.mark.parametrize("seed", quick_and_slow(SEEDS[:5], SEEDS[5:]))
def test_solver_checker_and_oracle_agree(tmp_path, seed):
    random_small(tmp_path, seed=seed)
    problem, result = solved(tmp_path, SETTINGS)
    assert result.status is not Status.FAILED
    assert faults(tmp_path, problem, result, SETTINGS) == []


@pytest.mark.parametrize("seed", quick_and_slow([58, 76, 118], [151, 500, 501, *range(503, 507)]))
def test_they_agree_with_every_unusual_feature(tmp_path, seed):
    random_small(tmp_path, seed=seed, features=ALL)
    problem, result = solved(tmp_path, SETTINGS)
    assert result.status is not Status.FAILED
    assert faults(tmp_path, problem, result, SETTINGS) == []
