"""`planner compare`: two to four plans side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from planner.comparison import FEWEST_PLANS, MOST_PLANS, Comparison, compare
from planner.comparison.comparable import lacks_figures, measured_again, read_file
from planner.document.plan_document import PlanBrief
from planner.facts.problem import Problem
from planner.private_files import replacing
from planner.words.errors import DatasetError, Fault, WrongInput, sentence_of
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
        with replacing(path) as unfinished:
            write_compare_workbook(unfinished, comparison, everything=everything)
    except OSError as error:
        said = (
            f"{path} cannot be written ({sentence_of(error)}). Close it where it is open, or "
            "choose another name with -o."
        )
        raise WrongInput(said) from None


def _documents(plans: Sequence[Path], data: Path | None) -> tuple[list[PlanBrief], list[str]]:
    """The contents of the plans' files, and what they are called. Raises DatasetError with the
    faults of every file.
    """
    documents: list[PlanBrief] = []
    faults: list[Fault] = []
    problem = _problem(data) if data else None
    for plan in plans:
        try:
            document = read_file(plan)
            if problem and lacks_figures(document):
                document = measured_again(document, plan, problem)
            documents.append(document)
        except DatasetError as error:
            faults += error.faults
    if faults:
        raise DatasetError(faults)
    return documents, _labels(plans, [document.scenario for document in documents])


def _problem(data: Path) -> Problem:
    """The dataset on which old plans are measured again; read only where it is given, for it takes
    longer than the comparison. Raises WrongInput or DatasetError where it cannot be read.
    """
    from ui.cli.dataset_choice import opened

    return opened(data, None)


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
