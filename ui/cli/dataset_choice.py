"""Open the dataset that a command is about, and what a scenario makes of it.

A workbook, a folder of CSV files, or one of the examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.facts.problem import Problem
from planner.sheets.dataset import parse, read_tables
from planner.sheets.dataset_name import inside, name_of
from planner.sheets.examples import example_path
from planner.sheets.raw_table import RawSheet
from planner.words.errors import WrongInput, sentence_of, shortened

if TYPE_CHECKING:
    from planner.scenario.applying import Applied


def chosen(data: Path | None, example: str | None) -> tuple[Path, str]:
    """Where the dataset is, and what it is called. Raises WrongInput unless exactly one is given
    and is known.
    """
    if data is not None and example is not None:
        raise WrongInput("Give either a dataset or --example NAME, not both.")
    if example is not None:
        try:
            return example_path(example), example
        except LookupError as error:
            raise WrongInput(str(error.args[0])) from None
    if data is None:
        raise WrongInput(
            "Which dataset? Give a workbook, a folder of CSV files, or --example NAME (planner "
            "init --list)."
        )
    try:
        data = inside(data)
        return data, name_of(data)
    except (OSError, RuntimeError) as error:  # a link to itself, or a name that no file can have
        said = sentence_of(error) if isinstance(error, OSError) else "it is a link to itself"
        raise WrongInput(f"'{shortened(str(data))}' cannot be opened ({said}).") from None


@dataclass(frozen=True)
class LoadedDataset:
    """A dataset as a problem, the sheets that it was read from, and the scenario that made it,
    where one did.
    """

    problem: Problem
    tables: Mapping[str, RawSheet]
    scenario: Applied | None = None


def opened_with(data: Path | None, example: str | None, scenario: Path | None) -> LoadedDataset:
    """The chosen dataset as a problem, as a scenario has it where one is given; the dataset may be
    left to its base then.

    Raises WrongInput or DatasetError.
    """
    if scenario is None:
        path, name = chosen(data, example)
        tables = read_tables(path)
        return LoadedDataset(Problem(parse(tables), name), tables)
    from planner.scenario.applying import applied

    given = chosen(data, example) if data is not None or example is not None else None
    found = applied(scenario, given)
    return LoadedDataset(Problem(found.after, found.scenario.name), found.tables, found)


def opened(data: Path | None, example: str | None, scenario: Path | None = None) -> Problem:
    """The chosen dataset as a problem. Raises WrongInput or DatasetError."""
    return opened_with(data, example, scenario).problem
