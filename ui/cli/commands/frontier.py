"""`planner frontier`: plan the same district with more and with less of something.

And say what that buys.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import monotonic

import typer

from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.rules.goals import GOALS
from planner.scenario.applying import Applied, applied, applied_to, applied_upon, parsed
from planner.scenario.bases import Chain
from planner.scenario.variation import Case, Variation, cases, variation
from planner.sheets.dataset import read_tables
from solver.frontier import Outcome, Task, carried, sweep
from solver.search.engine import Engine, Here, Processes
from solver.settings import SolveSettings
from solver.stop import Stop
from ui.app.wrong_input import WrongInput
from ui.cli.commands.solve import SolveOptions, settings_from
from ui.cli.ctrl_c import CtrlC
from ui.cli.dataset_choice import chosen
from ui.cli.exits import Exit
from ui.cli.solving import TICK
from ui.cli.streams import print_json
from ui.render.frontier_text import as_data, as_text, line_of
from ui.tables.frontier_files import Frontier, find_obstacle, write_frontier

FRONTIERS = Path("plans")


def run(
    data: Path | None,
    example: str | None,
    vary: Sequence[str],
    asked: SolveOptions,
    *,
    scenario: Path | None = None,
    folder: Path | None = None,
    as_json: bool,
) -> Exit:
    """Solve every case, show and write the table. Raises WrongInput or DatasetError before anything
    is solved.
    """
    if not vary:
        raise WrongInput("--vary what? Write it like --vary title-1=-20%..20%/5%.")
    given = chosen(data, example) if data is not None or example is not None else None
    below = applied(scenario, given) if scenario is not None else None
    if below is None and given is None:
        raise WrongInput(
            "Which dataset? Give a workbook, a folder of CSV files, --example NAME, or --scenario "
            "FILE."
        )
    place, name = (below.data, below.name) if below else given or (Path(), "")
    dataset = below.after if below else parsed(read_tables(place))[0]
    varied = [variation(dataset, said) for said in vary]
    found = cases(dataset, varied)
    settings = settings_from(asked, below.scenario if below else None)
    folder = folder or FRONTIERS / f"{name}-frontier"
    find_obstacle(folder)
    tasks = [_task(_applied(below, place, name, case), case, settings) for case in found]
    with CtrlC() as ctrl_c:
        outcomes = _swept(tasks, found, settings.workers, ctrl_c)
    outcomes = carried(tasks, outcomes, below_in_money(varied))
    frontier = Frontier(
        below.scenario.name if below else name, tuple(varied), tuple(found), outcomes, dataset
    )
    files = write_frontier(folder, frontier)
    if as_json:
        print_json(as_data(frontier, files))
    else:
        typer.echo(as_text(frontier, files))
    if not any(outcome.plan for outcome in outcomes.values()):
        return Exit.INTERRUPTED if ctrl_c.pressed else Exit.NO_PLAN
    return Exit.DONE


def _applied(below: Applied | None, place: Path, name: str, case: Case) -> Dataset:
    """The dataset of a case. Raises DatasetError where its changes make no legal one."""
    if below is not None:
        return applied_upon(below, case.scenario).after
    return applied_to(read_tables(place), Chain((case.scenario,), place, name)).after


def _task(dataset: Dataset, case: Case, settings: SolveSettings) -> Task:
    goals = tuple(goal.key for goal in settings.goals or GOALS)
    return Task(Problem(dataset, case.scenario.name), goals, replace(settings, goals=(), workers=1))


def _swept(
    tasks: Sequence[Task], found: Sequence[Case], workers: int, ctrl_c: CtrlC
) -> dict[int, Outcome]:
    """The cases that were solved; Ctrl-C keeps those that are done, and the best plan so far of
    those that run.
    """
    stop, outcomes, began = Stop(), dict[int, Outcome](), monotonic()

    def told(number: int, outcome: Outcome) -> None:
        outcomes[number] = outcome
        typer.echo(
            f"{line_of(found[number], outcome)} ({len(outcomes)} of {len(tasks)}, "
            f"{monotonic() - began:.0f} s)",
            err=True,
        )

    def work() -> None:
        engine: Engine
        with Processes(workers) if workers > 1 else Here() as engine:
            sweep(tasks, engine, stop, told)

    worker = Thread(target=work, name="sweep", daemon=True)
    worker.start()
    said = False
    while worker.is_alive():
        worker.join(TICK)
        if ctrl_c.pressed:
            stop.ask()
            if not said:
                typer.echo(
                    "Stopping; what is done is kept. Press Ctrl-C again to end at once.", err=True
                )
            said = True
    return dict(sorted(outcomes.items()))


def below_in_money(varied: Sequence[Variation]) -> dict[int, list[int]]:
    """By the number of a case, the cases with one step less of some money and everything else the
    same.
    """
    sizes = [len(one.values) for one in varied]
    strides = [1] * len(sizes)
    for place in range(len(sizes) - 2, -1, -1):
        strides[place] = strides[place + 1] * sizes[place + 1]
    count = strides[0] * sizes[0]
    return {
        number: [
            number - stride
            for one, size, stride in zip(varied, sizes, strides, strict=True)
            if one.money and number // stride % size > 0
        ]
        for number in range(count)
    }
