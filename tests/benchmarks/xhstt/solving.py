"""Our solver on an XHSTT instance: from the dataset on disk to the judged solution."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.document.plan_file import plan_document
from planner.document.timetable_rows import session_row
from planner.facts.problem import Problem
from planner.rules.goals import GOAL_OF
from planner.sheets.dataset import load
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.benchmarks.watch import Watch
from tests.benchmarks.xhstt.answer import answer
from tests.benchmarks.xhstt.archive import Instance
from tests.benchmarks.xhstt.conversion import Conversion
from tests.benchmarks.xhstt.cost import Cost, cost_of
from tests.benchmarks.xhstt.dataset import converted
from tests.oracle import check
from tests.planted_sheets import write

GOALS = tuple(
    GOAL_OF[key]
    for key in ("tier_2_minutes", "tier_1_minutes", "soft_rules", "idle_time", "wished_times")
)
"""In the order of most instances' weights; a sum of them all is nothing that a solve can be asked."""


@dataclass(frozen=True)
class Answer:
    """What came of a solve; `unplaced` times have no session, `faults` is what our checker and our
    oracle find wrong with the plan as a plan of the dataset.
    """

    conversion: Conversion
    cost: Cost
    seconds: float
    unplaced: int
    faults: int


def solved(
    folder: Path, instance: Instance, seconds: float, seed: int = 1, workers: int = 2
) -> Answer:
    """Convert an instance, solve it for so many seconds, and judge what came out.

    A solve without a plan is a solution in which nothing has a time.
    """
    conversion = converted(instance)
    write(folder, conversion.sheets)
    problem = Problem(load(folder))
    watch = Watch()
    settings = SolveSettings(goals=GOALS, seconds=seconds, seed=seed, workers=workers)
    result = best_plan(problem, settings, watch)
    took = watch.seconds
    solution = answer(
        conversion, map(session_row, result.plan.sessions) if result.plan is not None else ()
    )
    faults = len(result.findings)
    if result.plan is not None:
        document = plan_document(problem, result, scenario="", dataset_hash="")
        faults += len(check(folder, document.as_data()))
    unplaced = sum(part.duration for part in solution.events if part.time is None)
    return Answer(conversion, cost_of(instance, solution), took, unplaced, faults)
