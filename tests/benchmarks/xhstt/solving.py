"""Our solver on an XHSTT instance: from the dataset on disk to the judged solution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from planner.document.plan_file import plan_document
from planner.document.timetable_rows import session_row
from planner.facts.problem import Problem
from planner.plan.plan import Plan
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
    plan: Plan | None
    cost: Cost
    seconds: float
    unplaced: int
    faults: int


def solved(
    folder: Path, instance: Instance, seconds: float, seed: int = 1, workers: int = 2
) -> Answer:
    """Convert an instance, solve it for so many seconds, and judge what came out.

    Where soft limits of days are said as hard ones and then something has no time after half of the
    seconds, the other half goes to a dataset without them. The better of both is the answer, and a
    solve without a plan a solution in which nothing has a time.
    """
    conversion = converted(instance)
    watch = Watch()
    settings = SolveSettings(goals=GOALS, seconds=seconds, seed=seed, workers=workers)
    freer = converted(instance, limit_days=False)
    if freer.sheets["staff"] == conversion.sheets["staff"]:
        return replace(_answered(folder, conversion, settings), seconds=watch.seconds)
    half = replace(settings, seconds=seconds / 2)
    found = [_answered(folder / "limited", conversion, half)]
    if found[0].unplaced:
        rest = replace(settings, seconds=max(1.0, seconds - watch.seconds))
        found.append(_answered(folder / "freer", freer, rest))
    elif watch.seconds < seconds / 2:
        return replace(found[0], seconds=watch.seconds)
    else:
        rest = replace(settings, seconds=max(1.0, seconds - watch.seconds), start=found[0].plan)
        found.append(_answered(folder / "limited", conversion, rest))
    best = min(found, key=lambda one: (one.cost.infeasibility, one.cost.objective))
    return replace(best, seconds=watch.seconds, faults=sum(one.faults for one in found))


def _answered(folder: Path, conversion: Conversion, settings: SolveSettings) -> Answer:
    """What comes of one dataset."""
    write(folder, conversion.sheets)
    problem = Problem(load(folder))
    result = best_plan(problem, settings)
    sessions = map(session_row, result.plan.sessions) if result.plan is not None else ()
    solution = answer(conversion, sessions)
    faults = len(result.findings)
    if result.plan is not None:
        document = plan_document(problem, result, scenario="", dataset_hash="")
        faults += len(check(folder, document.as_data()))
    unplaced = sum(part.duration for part in solution.events if part.time is None)
    cost = cost_of(conversion.instance, solution)
    return Answer(conversion, result.plan, cost, 0.0, unplaced, faults)
