"""`planner compare`: two to four plans side by side."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer

from planner.compare import MOST_PLANS, compare
from planner.compare.document import lacks_figures, place_of, read_file
from planner.errors import DatasetError, Fault
from ui import compare_data, compare_text
from ui.exits import Exit, WrongInput, sentence_of
from ui.streams import print_json


def run(plans: Sequence[Path], base: int, data: Path | None, output: Path | None, *, everything: bool, as_json: bool) -> Exit:
    """Compare and say. Raises WrongInput or DatasetError."""
    if not 2 <= len(plans) <= MOST_PLANS:
        raise WrongInput(f"2 to {MOST_PLANS} plans can be compared, not {len(plans)}.")
    if not 1 <= base <= len(plans):
        raise WrongInput(
            f"--base says which of the {len(plans)} plans the others are compared with: 1 to {len(plans)}, not {base}."
        )
    if output is not None and output.suffix.lower() != ".xlsx":
        raise WrongInput(f"-o {output}: give a name that ends in .xlsx.")
    documents, labels = _documents(plans, data)
    comparison = compare(documents, labels, base - 1)
    if output is not None:
        from planner.reports.compare_workbook import write_compare_workbook

        try:
            write_compare_workbook(output, comparison, everything=everything)
        except OSError as error:
            raise WrongInput(
                f"{output} cannot be written ({sentence_of(error)}). Close it where it is open, or choose another name."
            ) from None
    if as_json:
        print_json(compare_data.as_data(comparison, everything=everything))
    else:
        typer.echo(compare_text.as_text(comparison, everything=everything))
        if output is not None:
            typer.echo(f"\n{output}  the same, and every list in full")
    return Exit.DONE


def _documents(plans: Sequence[Path], data: Path | None) -> tuple[list[dict[str, Any]], list[str]]:
    """The contents of the plans' files, and what they are called. Raises DatasetError with the faults of every file."""
    found: list[dict[str, Any]] = []
    faults: list[Fault] = []
    again = _measured_on(data) if data else None
    for plan in plans:
        try:
            document = read_file(plan)
            if again and lacks_figures(document):
                document = again(document, place_of(plan))
            found.append(document)
        except DatasetError as error:
            faults += error.faults
    if faults:
        raise DatasetError(faults)
    return found, _labels(plans, [str(document.get("scenario") or "") for document in found])


def _measured_on(data: Path) -> Callable[[dict[str, Any], Path], dict[str, Any]]:
    """What measures an old plan again on this dataset. Raises WrongInput or DatasetError where it cannot be read."""
    from planner.compare.measured_again import measured_again
    from ui.dataset_choice import opened

    problem = opened(data, None)
    return lambda document, path: measured_again(document, path, problem)


def _labels(plans: Sequence[Path], scenarios: Sequence[str]) -> list[str]:
    """The scenarios where these tell the plans apart, else the folders, else folders and files."""
    folders = [plan.resolve().name if plan.is_dir() else plan.resolve().parent.name for plan in plans]
    whole = [str(plan) for plan in plans]
    return next((list(names) for names in (scenarios, folders) if all(names) and len(set(names)) == len(plans)), whole)
