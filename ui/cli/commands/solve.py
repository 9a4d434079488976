"""`planner solve`: the best plan that can be found in the time, written to a folder and summed up
on stdout.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

import typer

from planner.facts.cell_formats import nearest
from planner.facts.problem import Problem
from planner.plan.positions import staffed
from planner.plan.result import Result, Status
from planner.render.plan_files import document_of
from planner.rules.goals import GOAL_OF, GOALS
from planner.rules.goals.goal import Goal
from planner.scenario.scenario import Scenario, SolveWishes, StayClose
from solver.search.engine import Engine
from solver.settings import SolveSettings
from ui.app.plan_folder import find_obstacle, write_fault_report, write_plan
from ui.app.wrong_input import WrongInput
from ui.cli.ctrl_c import CtrlC
from ui.cli.dataset_choice import opened_with
from ui.cli.exits import Exit
from ui.cli.plan_choice import close_plan, kept_plan
from ui.cli.solving import Solved, solve_watched
from ui.cli.streams import print_json
from ui.render import plan_summary
from ui.render.scenario_text import scenario_lines

PLANS = Path("plans")
LARGEST_SEED = 2**31 - 1
MOST_WORKERS = 1024
MOST_LIMITED = 1000
"""Groups and duties beyond which no limit of changes can be kept: it is a sum over everybody, in
one model.
"""


@dataclass(frozen=True)
class Keep:
    """A plan to begin with, and whether all of it is to stand or only what was changed in it by
    hand.
    """

    plan: Path
    everything: bool = False


@dataclass(frozen=True)
class SolveOptions:
    """What the command line says of the search; None where it says nothing, so that a scenario
    may.
    """

    seconds: float | None = None
    workers: int | None = None
    seed: int | None = None
    goals: str | None = None
    reproducible: bool = False


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
) -> Exit:
    """Solve and write. Raises WrongInput or DatasetError before anything is written."""
    settings = settings_from(asked)
    found = opened_with(data, example, scenario)
    problem, applied = found.problem, found.scenario
    close = None
    if applied:
        settings = settings_from(asked, applied.scenario)
        close = applied.scenario.stay_close_to if keep is None else None
    kept = None
    if keep:
        kept = kept_plan(keep.plan, problem, everything=keep.everything)
        problem, settings = replace(problem, edits=kept.edits), replace(settings, start=kept.plan)
    elif close:
        settings = replace(
            settings, start=close_plan(close, problem), most_changes=close.max_changes
        )
        _find_too_many_to_limit(problem, close)
    folder = folder or PLANS / (
        f"{applied.name}-{applied.scenario.file_stem}" if applied else problem.name
    )
    changes = applied.differences if applied else ()
    find_obstacle(folder)
    with CtrlC() as ctrl_c, engine_of(cluster) as engine:
        solved = solve_watched(problem, settings, ctrl_c, engine)
        result = solved.result
        if result is None or result.status is Status.FAILED:
            return _our_fault(folder, problem, solved, as_json=as_json)
        if result.status is Status.INFEASIBLE:
            return _contradiction(result, as_json=as_json)
        if result.plan is None:
            return _no_plan(interrupted=ctrl_c.pressed, as_json=as_json)
        problem = staffed(problem, result.plan.positions) if result.plan.positions else problem
        files = write_plan(folder, problem, result, solved, changes)
    if as_json:
        print_json(plan_summary.as_data(document_of(problem, result, changes), files, kept))
    else:
        told = (
            list(scenario_lines(applied, close, problem, settings, result.plan)) if applied else []
        )
        typer.echo(plan_summary.as_text(problem, result, files, kept, told))
    return Exit.DONE


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


def settings_from(asked: SolveOptions, scenario: Scenario | None = None) -> SolveSettings:
    """The settings that the options ask for, and where these say nothing, a scenario. Raises
    WrongInput for what makes no sense.
    """
    wished, usual = scenario.solve if scenario else SolveWishes(), SolveSettings()
    seconds = wished.seconds if asked.seconds is None else asked.seconds
    workers = _first(asked.workers, wished.workers, usual.workers)
    seed = _first(asked.seed, wished.seed, usual.seed)
    if seconds is not None and (not isfinite(seconds) or seconds <= 0):
        raise WrongInput(f"--seconds must be more than 0; it is {seconds:g}.")
    if not 1 <= workers <= MOST_WORKERS:
        raise WrongInput(f"--workers must be 1 or more, at most {MOST_WORKERS}; it is {workers}.")
    if not 0 <= seed <= LARGEST_SEED:
        raise WrongInput(f"--seed must be from 0 to {LARGEST_SEED}; it is {seed}.")
    chosen = GOALS
    if asked.goals is not None:
        chosen = _goals(asked.goals)
    elif scenario and scenario.goals is not None:
        chosen = tuple(GOAL_OF[name] for name in scenario.goals)
    reproducible = asked.reproducible or bool(wished.reproducible)
    return SolveSettings(
        goals=chosen, seconds=seconds, workers=workers, seed=seed, reproducible=reproducible
    )


def _first(*given: int | None) -> int:
    """The first number that is given."""
    return next(number for number in given if number is not None)


def _find_too_many_to_limit(problem: Problem, close: StayClose) -> None:
    """Raises WrongInput where a limit of changes is asked for and one process cannot plan everybody
    at once.
    """
    if close.max_changes is not None and len(problem.services) > MOST_LIMITED:
        raise WrongInput(
            f"max_changes can be kept for up to {MOST_LIMITED:,} groups and duties, which are "
            "planned at once; there are "
            f"{len(problem.services):,}. Leave it out: the plan stays as close as its goals allow."
        )


def _goals(text: str) -> tuple[Goal, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in GOAL_OF:
            fix = nearest(name, GOAL_OF) or f"There are {', '.join(GOAL_OF)}."
            raise WrongInput(f"There is no goal '{name}'. {fix}")
        if names.count(name) > 1:
            raise WrongInput(f"The goal '{name}' is there twice. Keep one of them.")
    if not names:
        raise WrongInput(f"--goals names no goal. There are {', '.join(GOAL_OF)}.")
    return tuple(GOAL_OF[name] for name in names)


def _our_fault(folder: Path, problem: Problem, solved: Solved, *, as_json: bool) -> Exit:
    report = write_fault_report(folder, problem, solved)
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
