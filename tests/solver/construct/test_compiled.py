"""Compiled or as it is, the construction gives the same plan."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from solver.timetable.construct.compiling import PLAIN, is_compiled
from tests.planted_region import planted_region
from tests.ui.command import ROOT

BUILD = """
import sys
from planner.facts.problem import Problem
from planner.rules.goals import GOALS
from planner.sheets.dataset import load
from solver.stop import Stop
from solver.timetable.construct.compiling import is_compiled
from solver.timetable.construct.first_plan import first_plan

problem = Problem(load(sys.argv[1]))
plan = first_plan(
    problem, GOALS, (), Stop(), seconds=0, seed=3, reproducible=True
)
print(is_compiled(), plan.sessions, plan.placements)
"""


def built(folder: Path, **environment: str) -> tuple[bool, str]:
    """Whether it was compiled, and the plan, as another process builds it."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    compiled, plan = done.stdout.split(" ", 1)
    return compiled == "True", plan


@pytest.mark.slow
@pytest.mark.skipif(not is_compiled(), reason="nothing is compiled here")
def test_the_same_plan_comes_out(tmp_path: Path):
    planted_region(tmp_path, schools=2, groups=14, load=0.95, seed=4)
    (compiled, plan), (as_it_is, same) = built(tmp_path), built(tmp_path, **{PLAIN: "1"})
    assert (compiled, as_it_is) == (True, False)
    assert plan == same
