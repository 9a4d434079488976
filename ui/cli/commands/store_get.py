"""`planner store get`: a plan out of the store, with the dataset from which it was made."""

from pathlib import Path

import typer

from planner.document.plan_file import write_json
from planner.private_files import all_or_nothing
from planner.render.plan_files import PLAN, RUN
from planner.sheets.dataset import save
from planner.store import datasets, plans
from planner.words.errors import WrongInput, sentence_of
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store
from ui.cli.streams import print_json
from ui.render import store_lines


def run(number: int, folder: Path, *, as_json: bool) -> Exit:
    """Write a plan and its dataset into a new folder. Raises WrongInput or DatasetError."""
    if folder.exists():
        raise WrongInput(f"{folder} is there already. Choose a new folder with -o.")
    with chosen_store() as store:
        plan, document, run = plans.load(store, number)
        dataset = datasets.load(store, plan.dataset_hash)
    try:
        with all_or_nothing(folder) as unfinished:
            write_json(unfinished / PLAN, document)
            write_json(unfinished / RUN, run)
            save(dataset, unfinished / "dataset")
    except OSError as error:
        raise WrongInput(
            f"Nothing can be written into {folder} ({sentence_of(error)}). Choose another folder "
            "with -o."
        ) from None
    if as_json:
        print_json(
            store_lines.plan_data(plan)
            | {"files": [str(folder / PLAN), str(folder / RUN), str(folder / "dataset")]}
        )
    else:
        typer.echo(f"Written into {folder}: {PLAN}, {RUN} and dataset, from which it was made.")
    return Exit.DONE
