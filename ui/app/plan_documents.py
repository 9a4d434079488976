"""What a solve leaves behind, as `plan.json` and `run.json` hold it, in a folder or a store."""

from typing import Any

from planner.document.plan_file import plan_document, run_document
from planner.plan.result import Result
from ui.app.solve_request import SolveRequest
from ui.app.solving import Solved, paid

Json = dict[str, Any]


def document_of(request: SolveRequest, result: Result) -> Json:
    """A result as `plan.json` holds it, with what a scenario changed in its dataset."""
    problem = request.problem
    return plan_document(
        paid(problem, result.plan) if result.plan else problem,
        result,
        scenario=problem.name,
        dataset_hash=request.dataset_hash,
        changes=request.changes,
    )


def run_of(solved: Solved) -> Json:
    """What `run.json` holds: what may differ between equal plans."""
    request = solved.request
    return run_document(
        started=solved.started,
        seconds=solved.seconds,
        goal_seconds=solved.goal_seconds,
        workers=1 if request.reproducible else request.workers,
        seed=request.seed,
    )
