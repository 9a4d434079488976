"""Plans that can be compared: those whose documents hold every figure that a comparison needs."""

from pathlib import Path

from planner.document.document_reading import document_in, json_in
from planner.document.measure_rows import (
    DistrictNames,
    PlanFigures,
    district_of,
    figures_of,
    names_of,
)
from planner.document.plan_document import PlanDocument
from planner.document.plan_file import read_document
from planner.facts.problem import Problem
from planner.sheets.dataset import dataset_hash
from planner.words.errors import DatasetError, Fault

PLAN = "plan.json"
AGAIN = "Write it again with planner solve, or give the dataset that it was made from with --data."


class ComparableDocument(PlanDocument):
    """A plan's document that lacks no figures."""

    measures: PlanFigures
    district: DistrictNames


def comparable(document: PlanDocument, label: str) -> ComparableDocument:
    """The document where it lacks no figures; `label` is what a fault calls it. Raises
    DatasetError.
    """
    if lacks_figures(document):
        rule = "lacks figures that a comparison needs: an older version wrote it."
        raise DatasetError([Fault("", 0, "", "", rule, AGAIN, label)])
    return ComparableDocument.model_construct(
        _fields_set=document.model_fields_set, **dict(document)
    )


def lacks_figures(document: PlanDocument) -> bool:
    """Whether a plan was written before its file held what a comparison needs."""
    return document.measures is None or document.district is None


def read_file(path: Path) -> PlanDocument:
    """The document of a `plan.json`, or of the one in a folder. Raises DatasetError where there is
    none that can be read.
    """
    place = path / PLAN if path.is_dir() else path
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
    return document_in(json_in(place), str(path))


def measured_again(document: PlanDocument, path: Path, problem: Problem) -> PlanDocument:
    """An old plan's document with its figures worked out anew, on its dataset.

    Raises DatasetError where the plan was made from other data, or cannot be read.
    """
    if document.dataset_hash != dataset_hash(problem.data):
        fix = "Give the dataset as it was then, or plan again."
        raise _fault(path, "was made from other data than --data gives.", fix)
    read = read_document(document, problem, str(path))
    return document.model_copy(
        update={
            "measures": figures_of(read.problem, read.plan),
            "names": names_of(read.problem),
            "district": district_of(read.problem),
        }
    )


def _fault(path: Path, rule: str, fix: str) -> DatasetError:
    return DatasetError([Fault("", 0, "", "", rule, fix, str(path))])
