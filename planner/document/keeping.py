"""What of a plan in a file is to stand in a new one."""

from pathlib import Path

from planner.document.edits import KeptDecisions, kept
from planner.document.plan_file import plan_beside, read_rows
from planner.facts.problem import Problem


def kept_from(path: Path, problem: Problem, *, everything: bool) -> KeptDecisions:
    """What was changed in a plan's workbook by hand, or everything that stands in it. A `plan.json`
    is as it was written.

    Raises DatasetError where it cannot be read.
    """
    read = read_rows(path, problem)
    before = read.plan if path.suffix.lower() == ".json" else plan_beside(path, problem)
    return kept(read.problem, read, before, everything=everything)
