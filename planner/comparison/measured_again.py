"""Plans that were written before a plan's file held all figures of a comparison: measured again, on
their dataset.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.document.measure_rows import district_row, measures_row, names_row
from planner.document.plan_file import read_rows
from planner.facts.problem import Problem
from planner.sheets.dataset import dataset_hash
from planner.words.errors import DatasetError, Fault


def measured_again(found: Mapping[str, Any], path: Path, problem: Problem) -> dict[str, Any]:
    """The content of a `plan.json` with its figures worked out anew.

    Raises DatasetError where the plan was made from other data, or cannot be read.
    """
    if found.get("dataset_hash") != dataset_hash(problem.data):
        fix = "Give the dataset as it was then, or plan again."
        raise DatasetError(
            [Fault("", 0, "", "", "was made from other data than --data gives.", fix, str(path))]
        )
    read = read_rows(path, problem)
    figures = {
        "measures": measures_row(read.problem, read.plan),
        "names": names_row(read.problem),
        "district": district_row(read.problem),
    }
    return dict(found) | figures
