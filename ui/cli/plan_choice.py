"""Which plan a command is about."""

from pathlib import Path

from planner.document.plan_file import read_rows
from planner.document.plan_rows import PlanRead
from planner.facts.problem import Problem
from planner.words.errors import WrongInput


def found_plan(path: Path) -> Path:
    """The plan's file. Raises WrongInput where it is a folder or is not there."""
    if path.is_dir():
        raise WrongInput(
            f"{path} is a folder. Give the plan in it: {path / 'plan.json'} or "
            f"{path / 'plan.xlsx'}."
        )
    if not path.exists():
        raise WrongInput(f"The plan {path} is not there.")
    return path


def read_chosen(path: Path, problem: Problem) -> PlanRead:
    """The plan in a file, and the problem with the people whom it pays. Raises WrongInput or
    DatasetError.
    """
    return read_rows(found_plan(path), problem)
