"""Which dataset a command is about: a workbook, a folder of CSV files, or one of the examples."""

from pathlib import Path

from planner.dataset import load
from planner.errors import shortened
from planner.examples import example_path
from planner.problem.problem import Problem
from ui.exits import WrongInput, sentence_of

FOLDER = "dataset"
"""What the folder of CSV files is called beside its scenario files; the folder above it has the name, and may be given."""


def chosen(data: Path | None, example: str | None) -> tuple[Path, str]:
    """Where the dataset is, and what it is called. Raises WrongInput unless exactly one is given and is known."""
    if data is not None and example is not None:
        raise WrongInput("Give either a dataset or --example NAME, not both.")
    if example is not None:
        try:
            return example_path(example), example
        except LookupError as error:
            raise WrongInput(str(error.args[0])) from None
    if data is None:
        raise WrongInput("Which dataset? Give a workbook, a folder of CSV files, or --example NAME (planner init --list).")
    try:
        if (data / FOLDER).is_dir():
            data = data / FOLDER
        return data, name_of(data)
    except (OSError, RuntimeError) as error:  # a link to itself, or a name that no file can have
        said = sentence_of(error) if isinstance(error, OSError) else "it is a link to itself"
        raise WrongInput(f"'{shortened(str(data))}' cannot be opened ({said}).") from None


def name_of(data: Path) -> str:
    """`district` for `district.xlsx`, `elm/district` and `district/dataset`."""
    whole = data.resolve()
    if whole.name == FOLDER:
        whole = whole.parent
    return (whole.name if data.is_dir() else whole.stem) or FOLDER


def opened(data: Path | None, example: str | None) -> Problem:
    """The chosen dataset as a problem. Raises WrongInput or DatasetError."""
    path, name = chosen(data, example)
    return Problem(load(path), name)
