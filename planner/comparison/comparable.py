"""Plans that can be compared: those whose documents hold every figure that a comparison needs."""

from pathlib import Path

from planner.document.document_reading import read_brief
from planner.document.measure_rows import (
    DistrictNames,
    PlanFigures,
    district_of,
    figures_of,
    names_of,
)
from planner.document.plan_document import PlanBrief
from planner.document.plan_file import read_rows
from planner.facts.problem import Problem
from planner.sheets.dataset import dataset_hash
from planner.words.errors import DatasetError, Fault

PLAN = "plan.json"
AGAIN = "Write it again with planner solve, or give the dataset that it was made from with --data."


class ComparableDocument(PlanBrief):
    """What a comparison reads of a plan, lacking no figures."""

    measures: PlanFigures
    district: DistrictNames


def comparable(document: PlanBrief, label: str) -> ComparableDocument:
    """The document where it lacks no figures; `label` is what a fault calls it. Raises
    DatasetError.
    """
    if lacks_figures(document):
        rule = "lacks figures that a comparison needs: an older version wrote it."
        raise DatasetError([Fault("", 0, "", "", rule, AGAIN, label)])
    fields = ComparableDocument.model_fields.keys() & document.model_fields_set
    return ComparableDocument.model_construct(
        _fields_set=set(fields), **{name: getattr(document, name) for name in fields}
    )


def lacks_figures(document: PlanBrief) -> bool:
    """Whether a plan was written before its file held what a comparison needs."""
    return document.measures is None or document.district is None


def read_file(path: Path) -> PlanBrief:
    """What a comparison reads of a `plan.json`, or of the one in a folder. Raises DatasetError
    where there is none that can be read.
    """
    place = place_of(path)
    if path.is_dir() and not place.is_file():
        raise _fault(path, f"holds no {PLAN}.", "Give the folder that planner solve wrote.")
    if not place.is_file():
        raise _fault(path, "is not there.", "Give a plan's folder, or its plan.json.")
    if place.suffix.lower() != ".json":
        raise _fault(
            path,
            "is no plan.json.",
            f"Give the plan's folder, or the {PLAN} that stands beside it.",
        )
    return read_brief(place)


def measured_again(document: PlanBrief, path: Path, problem: Problem) -> PlanBrief:
    """An old plan with its figures worked out anew, on its dataset and of the timetable in its
    file.

    Raises DatasetError where the plan was made from other data, or cannot be read.
    """
    if document.dataset_hash != dataset_hash(problem.data):
        fix = "Give the dataset as it was then, or plan again."
        raise _fault(place_of(path), "was made from other data than --data gives.", fix)
    read = read_rows(place_of(path), problem)
    return document.model_copy(
        update={
            "measures": figures_of(read.problem, read.plan),
            "names": names_of(read.problem),
            "district": district_of(read.problem),
        }
    )


def place_of(path: Path) -> Path:
    """The `plan.json` that a path means: itself, or the one in a folder."""
    return path / PLAN if path.is_dir() else path


def _fault(path: Path, rule: str, fix: str) -> DatasetError:
    return DatasetError([Fault("", 0, "", "", rule, fix, str(path))])
