"""Which plan a command is about, and what of an edited one is to stand."""

from pathlib import Path

from planner.document.edits import KeptDecisions, kept
from planner.document.plan_file import plan_beside, read_rows
from planner.document.plan_rows import PlanRead
from planner.facts.problem import Problem
from ui.app.wrong_input import WrongInput


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


def kept_plan(path: Path, problem: Problem, *, everything: bool) -> KeptDecisions:
    """What is to stand of a plan: what was changed in its workbook, or everything. A `plan.json` is
    as it was written.

    Raises WrongInput or DatasetError where it cannot be read.
    """
    read = read_rows(found_plan(path), problem)
    before = read.plan if path.suffix.lower() == ".json" else plan_beside(path, problem)
    return kept(read.problem, read, before, everything=everything)
