"""`planner compare`: two to four plans side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from planner.comparison import FEWEST_PLANS, MOST_PLANS, Comparison, compare
from planner.comparison.document import lacks_figures, place_of, read_file
from planner.words.errors import DatasetError, Fault
from ui.app.wrong_input import WrongInput, sentence_of
from ui.cli.exits import Exit
from ui.cli.streams import print_json
from ui.render import compare_text
from ui.tables import compare_data


@dataclass(frozen=True)
class CompareOptions:
    """What a command asks for; `base` counts from 1."""

    plans: tuple[Path, ...]
    base: int
    data: Path | None
    output: Path | None
    everything: bool
    with_pay: bool


def run(asked: CompareOptions, *, as_json: bool) -> Exit:
    """Compare and say. Raises WrongInput or DatasetError."""
    _find_wrong(asked)
    documents, labels = _documents(asked.plans, asked.data)
    comparison = compare(documents, labels, asked.base - 1)
    if not asked.with_pay:
        comparison = comparison.without_pay()
    if asked.output is not None:
        _write(asked.output, comparison, everything=asked.everything)
    if as_json:
        print_json(compare_data.as_data(comparison, everything=asked.everything))
    else:
        typer.echo(compare_text.as_text(comparison, everything=asked.everything))
        if asked.output is not None:
            typer.echo(f"\n{asked.output}  the same, with every list in full")
    return Exit.DONE


def _find_wrong(asked: CompareOptions) -> None:
    """Raises WrongInput for what makes no sense."""
    many = len(asked.plans)
    if not FEWEST_PLANS <= many <= MOST_PLANS:
        raise WrongInput(f"Give {FEWEST_PLANS} to {MOST_PLANS} plans to compare, not {many}.")
    if not 1 <= asked.base <= many:
        raise WrongInput(
            f"--base says with which of the {many} plans the others are compared: 1 to {many}, "
            f"not {asked.base}."
        )
    if asked.output is not None and asked.output.suffix.lower() != ".xlsx":
        raise WrongInput(f"-o {asked.output}: give a name that ends in .xlsx.")


def _write(path: Path, comparison: Comparison, *, everything: bool) -> None:
    from planner.render.workbook.compare_workbook import write_compare_workbook

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_compare_workbook(path, comparison, everything=everything)
    except OSError as error:
        said = (
            f"{path} cannot be written ({sentence_of(error)}). Close it where it is open, or "
            "choose another name with -o."
        )
        raise WrongInput(said) from None


def _documents(plans: Sequence[Path], data: Path | None) -> tuple[list[dict[str, Any]], list[str]]:
    """The contents of the plans' files, and what they are called. Raises DatasetError with the
    faults of every file.
    """
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
    """What measures an old plan again on this dataset. Raises WrongInput or DatasetError where it
    cannot be read.
    """
    from planner.comparison.measured_again import measured_again
    from ui.cli.dataset_choice import opened

    problem = opened(data, None)
    return lambda document, path: measured_again(document, path, problem)


def _labels(plans: Sequence[Path], scenarios: Sequence[str]) -> list[str]:
    """The scenarios where these tell the plans apart, else the folders, else folders and files."""
    folders = [
        plan.resolve().name if plan.is_dir() else plan.resolve().parent.name for plan in plans
    ]
    whole = [str(plan) for plan in plans]
    return next(
        (
            list(names)
            for names in (scenarios, folders)
            if all(names) and len(set(names)) == len(plans)
        ),
        whole,
    )
