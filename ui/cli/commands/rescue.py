"""`planner rescue`: propose groups that the students who are left over could join.

The plan does not change.
"""

from dataclasses import asdict
from pathlib import Path

import typer

from planner.slots.rescue import rescue
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.plan_choice import found_plan, read_chosen
from ui.cli.streams import print_json
from ui.render import rescue_text


def run(
    path: Path,
    data: Path | None,
    example: str | None,
    *,
    scenario: Path | None = None,
    as_json: bool,
) -> Exit:
    """Work out and say. Raises WrongInput or DatasetError where plan or dataset cannot be read."""
    found_plan(path)
    problem = opened(data, example, scenario)
    read = read_chosen(path, problem)
    problem = read.problem
    found = rescue(problem, read.plan)
    if as_json:
        print_json(asdict(found))
    else:
        typer.echo(rescue_text.as_text(problem, found))
    return Exit.DONE
