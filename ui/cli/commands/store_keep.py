"""`planner store keep`: a plan into the store, with the dataset from which it was made."""

from pathlib import Path
from typing import Any

import typer

from planner.document.document_reading import read_object
from planner.document.plan_file import read_json, read_rows
from planner.facts.problem import Problem
from planner.render.plan_files import PLAN, RUN, WORKBOOK, is_edited
from planner.sheets.dataset import dataset_hash
from planner.store import datasets, plans
from planner.store.store import Store
from planner.words.errors import WrongInput
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.plan_choice import found_plan
from ui.cli.store_choice import chosen_store, who
from ui.cli.streams import print_json
from ui.render import store_lines


def run(
    path: Path,
    data: Path | None,
    example: str | None,
    name: str | None,
    by: str | None,
    *,
    as_json: bool,
) -> Exit:
    """Keep a plan. Raises WrongInput or DatasetError."""
    path = found_plan(path / PLAN if path.is_dir() else path)
    if path.suffix.lower() != ".json":
        raise WrongInput(
            f"{path} is no plan.json. Give the folder that planner solve wrote, or the plan.json "
            "in it."
        )
    problem = opened(data, example) if data or example else None
    with chosen_store(make=problem is not None) as store:
        document, run = read_object(path), read_json(path.with_name(RUN))
        problem = problem or _stored_problem(store, document)
        if document.get("dataset_hash") != dataset_hash(problem.data):
            raise WrongInput(
                f"{path} was made from another dataset than {problem.name}, or that one has "
                "changed since. Solve it again."
            )
        read_rows(path, problem)
        if data or example:
            datasets.save(store, problem.data, problem.name, by=who(by))
        kept = plans.keep(store, document, run, problem.name if name is None else name, by=who(by))
    if is_edited(path.parent):
        typer.echo(
            f"Take care: {WORKBOOK} was edited since it was written; what is kept is {PLAN}.",
            err=True,
        )
    if as_json:
        print_json(store_lines.plan_data(kept))
    else:
        typer.echo(f"Kept: {store_lines.plan_line(kept)}")
    return Exit.DONE


def _stored_problem(store: Store, document: dict[str, Any]) -> Problem:
    """The dataset of a plan, out of the store. Raises DatasetError where it is not there."""
    key = str(document.get("dataset_hash"))
    name = datasets.name_of(store, key)
    return Problem(datasets.load(store, key), name)
