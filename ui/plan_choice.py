"""Which plan a command is about: a plan.json, or a plan.xlsx, also one that was edited by hand."""

from pathlib import Path

from planner.plan import Plan
from planner.plan_file import read_plan
from planner.problem.problem import Problem
from ui.exits import WrongInput


def found_plan(path: Path) -> Path:
    """The plan's file. Raises WrongInput where it is a folder or is not there."""
    if path.is_dir():
        raise WrongInput(f"{path} is a folder. Give the plan in it: {path / 'plan.json'} or {path / 'plan.xlsx'}.")
    if not path.exists():
        raise WrongInput(f"The plan {path} is not there.")
    return path


def read_chosen(path: Path, problem: Problem) -> Plan:
    """The plan in a file. Raises WrongInput or DatasetError where it cannot be read."""
    return read_plan(found_plan(path), problem)
