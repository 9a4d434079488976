"""A dataset folder solved, and its plan judged by the program's checker and by the oracle, which
know nothing of each other.
"""

from pathlib import Path
from typing import Any

from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.plan.result import Result, Status
from planner.rules import checker
from planner.sheets.dataset import load
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests import oracle


def solved(folder: Path, settings: SolveSettings) -> tuple[Problem, Result]:
    """The problem in a folder and what the solver makes of it."""
    problem = Problem(load(folder), folder.name)
    return problem, best_plan(problem, settings)


def document(problem: Problem, result: Result) -> dict[str, Any]:
    """The `plan.json` of a result."""
    return plan_document(problem, result, scenario=problem.name, dataset_hash="")


def faults(folder: Path, problem: Problem, result: Result, settings: SolveSettings) -> list[str]:
    """Everything in which solver, checker and oracle disagree about a result; nothing where all is
    well.
    """
    if result.plan is None:
        silent = result.status is Status.INFEASIBLE and not result.conflict
        return ["infeasible, and nothing says why"] if silent else []
    written = document(problem, result)
    found = [f"status {result.status.value}"] if result.status is Status.FAILED else []
    found += [
        f"checker: {f.message}"
        for f in checker.findings(problem, result.plan)
        if f.severity == checker.BROKEN
    ]
    found += [f"oracle: {sentence}" for sentence in oracle.check(folder, written)]
    tiers = {
        tier: dose["delivered"]
        for tier, dose in written["measures"]["minutes"]["tier"].items()
        if dose["delivered"]
    }
    if tiers != oracle.delivered(folder, written):
        found.append(f"delivered {tiers}, the oracle counts {oracle.delivered(folder, written)}")
    values = checker.goal_values(problem, result.plan)
    goals = [goal for goal in settings.goals if goal.part == "timetable" or result.plan.positions]
    for goal, reached in zip(goals, result.goals, strict=True):
        if reached.value != values[goal.key]:
            found.append(f"{goal.key} is {values[goal.key]}, told as {reached.value}")
        sign = 1 if goal.better == "more" else -1
        if reached.bound is not None and sign * reached.value > sign * reached.bound:
            found.append(f"{goal.key} is {reached.value}, better than its bound {reached.bound}")
    return found
