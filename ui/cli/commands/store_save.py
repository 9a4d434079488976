"""`planner store save`: a dataset into the store."""

from pathlib import Path

import typer

from planner.store import datasets
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store, who
from ui.cli.streams import print_json
from ui.render import store_lines


def run(
    data: Path | None, example: str | None, name: str | None, by: str | None, *, as_json: bool
) -> Exit:
    """Keep a dataset. Raises WrongInput or DatasetError."""
    problem = opened(data, example)
    with chosen_store(make=True) as store:
        kept = datasets.save(
            store, problem.data, problem.name if name is None else name, by=who(by)
        )
    if as_json:
        print_json(store_lines.dataset_data(kept))
    else:
        typer.echo(f"Kept: {store_lines.dataset_line(kept)}")
    return Exit.DONE
