"""`planner frontier`: plan the same district with more and with less of something.

And say what that buys.
"""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import typer

from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.scenario.applying import Applied, applied, applied_to, applied_upon, parsed
from planner.scenario.bases import Chain
from planner.scenario.variation import Case, Variation, cases, variation
from planner.sheets.dataset import read_tables
from planner.words.errors import WrongInput
from solver.frontier import Outcome, Task, carried
from solver.stop import Stop
from ui.app import sweeping
from ui.app.solve_request import SolveOptions, request_of
from ui.cli.ctrl_c import CtrlC
from ui.cli.dataset_choice import chosen
from ui.cli.exits import Exit
from ui.cli.reference_choice import reference_plan
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
    asked.find_wrong()
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
    base = Problem(dataset, below.scenario.name if below else name)
    request = request_of(
        base,
        asked,
        below.scenario if below else None,
        reference=reference_plan(below, base),
    )
    folder = folder or FRONTIERS / f"{name}-frontier"
    find_obstacle(folder)
    problems = [Problem(_applied(below, place, name, case), case.scenario.name) for case in found]
    tasks = sweeping.tasks_of(request, problems)
    with CtrlC() as ctrl_c:
        outcomes = _swept(tasks, found, request.workers, ctrl_c)
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


def _swept(
    tasks: Sequence[Task], found: Sequence[Case], workers: int, ctrl_c: CtrlC
) -> dict[int, Outcome]:
    """The cases that were solved; Ctrl-C keeps those that are done, and the best plan so far of
    those that run.
    """
    stop, began = Stop(), monotonic()
    done, said = 0, False

    def told(number: int, outcome: Outcome) -> None:
        nonlocal done
        done += 1
        typer.echo(
            f"{line_of(found[number], outcome)} ({done} of {len(tasks)}, "
            f"{monotonic() - began:.0f} s)",
            err=True,
        )

    def listen() -> None:
        nonlocal said
        if ctrl_c.pressed:
            stop.ask()
            if not said:
                typer.echo(
                    "Stopping; what is done is kept. Press Ctrl-C again to end at once.", err=True
                )
            said = True

    return sweeping.run(tasks, workers, stop, told=told, meanwhile=listen)


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
