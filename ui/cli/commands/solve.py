"""`planner solve`: the best plan that can be found in the time, written to a folder and summed up
on stdout.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from planner.document.edits import KeptDecisions
from planner.document.keeping import kept_from
from planner.plan.result import Result, Status
from planner.words.errors import WrongInput
from solver.search.engine import Engine
from ui.app.plan_documents import document_of
from ui.app.plan_folder import find_obstacle, write_fault_report, write_plan
from ui.app.solve_request import ReferencePlan, SolveOptions, SolveRequest, request_of
from ui.app.solving import Solved
from ui.cli.ctrl_c import CtrlC
from ui.cli.dataset_choice import LoadedDataset, opened_with
from ui.cli.exits import Exit
from ui.cli.plan_choice import found_plan
from ui.cli.reference_choice import reference_plan
from ui.cli.streams import print_json
from ui.cli.watched_solve import solve_watched
from ui.render import plan_summary
from ui.render.scenario_text import scenario_lines

PLANS = Path("plans")


@dataclass(frozen=True)
class Keep:
    """A plan to begin with, and whether all of it is to stand or only what was changed in it by
    hand.
    """

    plan: Path
    everything: bool = False


def run(
    data: Path | None,
    example: str | None,
    folder: Path | None,
    asked: SolveOptions,
    *,
    keep: Keep | None = None,
    cluster: str | None = None,
    scenario: Path | None = None,
    as_json: bool,
    began: float,
) -> Exit:
    """Solve and write; `began` is when the command did, by the monotonic clock.

    Raises WrongInput or DatasetError before anything is written.
    """
    asked.find_wrong()
    found = opened_with(data, example, scenario)
    applied = found.scenario
    request, kept = _request(found, asked, keep)
    folder = folder or PLANS / (
        f"{applied.name}-{applied.scenario.file_stem}" if applied else request.problem.name
    )
    find_obstacle(folder)
    with CtrlC() as ctrl_c, engine_of(cluster) as engine:
        solved = solve_watched(request, ctrl_c, engine, asked=began)
        result = solved.result
        if result is None or result.status is Status.FAILED:
            return _our_fault(folder, solved, as_json=as_json)
        if result.status is Status.INFEASIBLE:
            return _contradiction(result, as_json=as_json)
        if result.plan is None:
            return _no_plan(interrupted=ctrl_c.pressed, as_json=as_json)
        files = write_plan(folder, solved)
    if as_json:
        print_json(plan_summary.as_data(document_of(request, result), files, kept))
    else:
        told = list(scenario_lines(applied, request, result.plan)) if applied else []
        typer.echo(plan_summary.as_text(solved.problem, result, files, kept, told))
    return Exit.DONE


def _request(
    found: LoadedDataset, asked: SolveOptions, keep: Keep | None
) -> tuple[SolveRequest, KeptDecisions | None]:
    """What is asked for, and what of a plan is to stand. A plan to keep counts before the one that
    the scenario stays close to. Raises WrongInput or DatasetError.
    """
    problem, applied = found.problem, found.scenario
    scenario = applied.scenario if applied else None
    changes = applied.differences if applied else ()
    if keep is None:
        reference = reference_plan(applied, problem)
        return request_of(problem, asked, scenario, reference=reference, changes=changes), None
    kept = kept_from(found_plan(keep.plan), problem, everything=keep.everything)
    request = request_of(
        replace(problem, edits=kept.edits),
        asked,
        scenario and replace(scenario, stay_close_to=None),
        reference=ReferencePlan(kept.plan, str(keep.plan)),
        start=kept.plan,
        changes=changes,
    )
    return request, kept


def keep_from(plan: Path | None, *, everything: bool) -> Keep | None:
    """What the options ask for. Raises WrongInput where all of no plan is to be kept."""
    if plan is None and everything:
        raise WrongInput(
            "--keep-all keeps every row of a plan. Say which: --keep plan.xlsx --keep-all"
        )
    return None if plan is None else Keep(plan, everything)


def engine_of(cluster: str | None) -> AbstractContextManager[Engine | None]:
    """The workers of a cluster; None for those of this machine. Raises WrongInput where there is no
    such cluster.
    """
    if cluster is None:
        return nullcontext()
    try:
        from solver.search.cluster import Cluster

        return Cluster(cluster)
    except ImportError as error:
        raise WrongInput(str(error)) from error
    except (OSError, ValueError) as error:
        raise WrongInput(f"--cluster: no Dask scheduler answers at {cluster}.") from error


def options(
    seconds: float | None,
    workers: int | None,
    seed: int | None,
    goals: str | None,
    *,
    reproducible: bool,
) -> SolveOptions:
    """What the command line says of the search; goals as `A,B,C`."""
    names = (name.strip() for name in goals.split(",")) if goals is not None else ()
    keys = None if goals is None else tuple(name for name in names if name)
    return SolveOptions(seconds, workers, seed, keys, reproducible or None, named="--")


def _our_fault(folder: Path, solved: Solved, *, as_json: bool) -> Exit:
    report = write_fault_report(folder, solved)
    if as_json:
        print_json({"status": Status.FAILED.value, "fault_report": str(report)})
        return Exit.FAULT_OF_OURS
    what = (
        f"The solver failed ({solved.error})."
        if solved.error
        else "The solver and the independent check disagree."
    )
    typer.echo(
        f"{what} That is our fault, not yours: your dataset is in order. No plan was written.\n"
        f"What is needed to find the fault is in {report}. It holds your whole dataset: look "
        "through it before you send it.",
        err=True,
    )
    return Exit.FAULT_OF_OURS


def _contradiction(result: Result, *, as_json: bool) -> Exit:
    if as_json:
        print_json({"status": result.status.value, "conflict": list(result.conflict)})
        return Exit.CONTRADICTION
    lines = [
        "No plan can keep all of these at once:",
        *(f"  - {sentence}" for sentence in result.conflict),
    ]
    if not result.conflict:
        lines = [
            "No plan can keep all hard rules at once. Which of them contradict each other is not "
            "known."
        ]
    typer.echo(
        "\n".join([*lines, "Change one of them and solve again. Nothing was written."]), err=True
    )
    return Exit.CONTRADICTION


def _no_plan(*, interrupted: bool, as_json: bool) -> Exit:
    if as_json:
        print_json(
            {
                "status": Status.NO_PLAN_YET.value,
                "stopped": "interrupt" if interrupted else "deadline",
            }
        )
    elif interrupted:
        typer.echo(
            "Stopped on your request before a plan was found. Nothing was written.", err=True
        )
    else:
        typer.echo(
            "The time was over before a plan was found. Nothing was written. Give more with "
            "--seconds.",
            err=True,
        )
    return Exit.INTERRUPTED if interrupted else Exit.NO_PLAN
