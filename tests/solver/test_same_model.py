"""The same dataset gives the same model, whatever order sets of names come in: Python orders them
anew in each process.
"""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from planner.facts.problem import Problem
from planner.rules import settings_of
from planner.rules.goals import GOALS
from planner.sheets.dataset import load
from solver.timetable.capacity import Capacity
from solver.timetable.components import components
from solver.timetable.goals import expression
from solver.timetable.model import build
from tests.planted_small import random_small
from tests.planted_unusual import ALL
from tests.slow import quick_and_slow
from tests.ui.command import FIRST_STEPS, ROOT


def models_of(dataset: Path) -> str:
    """One number for all models of a dataset: each part's timetable, its goals, its relaxation, and
    itself in diagnosis.
    """
    problem = Problem(load(dataset), "models")
    settings, found = settings_of(problem), sha256()
    for part in components(problem):
        timetable = build(problem, settings, services=part.services, people=part.people)
        capacity = Capacity(timetable)
        for goal in GOALS:
            if goal.part == "timetable":
                found.update(str(expression(goal, timetable)).encode())
        diagnosed = build(
            problem, settings, services=part.services, people=part.people, diagnose=True
        )
        for model in (timetable.model, capacity.model, diagnosed.model):
            found.update(str(model.proto).encode())
    return found.hexdigest()


def in_a_process(dataset: Path, seed: int) -> str:
    """The same, in a process of its own with this order of sets."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.solver.test_same_model", str(dataset)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def unusual(tmp_path: Path) -> Path:
    """A tiny dataset in which most unusual features show, two schools in a day and named dates
    among them.
    """
    random_small(tmp_path, seed=131, features=ALL)
    return tmp_path


@pytest.mark.parametrize("name", quick_and_slow([], ["unusual", "first-steps"]))
def test_two_processes_build_the_same_models(name: str, unusual: Path):
    dataset = FIRST_STEPS if name == "first-steps" else unusual
    one, other = (in_a_process(dataset, seed) for seed in (1, 2))
    assert one == other


if __name__ == "__main__":
    print(models_of(Path(sys.argv[1])), end="")
