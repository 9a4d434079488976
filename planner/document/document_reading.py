"""A plan's document out of JSON: older versions are migrated, and what is wrong is said with its
place.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from planner.document.document_part import PlanPart
from planner.document.migrations import migrated
from planner.document.plan_document import PlanDocument, PlanOrigin, PlanRows
from planner.words.errors import DatasetError, Fault, shortened

Json = dict[str, Any]
P = TypeVar("P", bound=PlanPart)


def document_in(found: Mapping[str, Any], file: str) -> PlanDocument:
    """The whole document in a JSON object; `file` is what a fault calls it. Raises DatasetError
    with every fault.
    """
    return _validated(PlanDocument, migrated(found, file), file)


def rows_in(found: Mapping[str, Any], file: str) -> PlanRows:
    """The plan's rows alone, whatever else the object holds: a timetable that another program wrote
    has no figures. Raises as `document_in` does.
    """
    return _validated(PlanRows, migrated(found, file), file)


def origin_in(found: Mapping[str, Any], file: str) -> PlanOrigin:
    """Of what the plan in a JSON object is one. Raises as `document_in` does."""
    return _validated(PlanOrigin, migrated(found, file), file)


def read_file(path: Path) -> PlanDocument:
    """The whole document in a `plan.json`. Raises DatasetError with every fault."""
    return document_in(json_in(path), path.name)


def json_in(path: Path) -> Json:
    """The JSON object in a file, with a list of sessions at least. Raises DatasetError where there
    is none.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _fault(path, f"cannot be opened ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise _fault(path, "is no JSON file, or is damaged.") from None
    if not isinstance(found, dict) or not isinstance(found.get("sessions"), list):
        raise _fault(path, "is no plan: it holds no sessions.")
    return found


def _fault(path: Path, rule: str) -> DatasetError:
    return DatasetError([Fault("", 0, "", "", rule, "", str(path))])


def _validated(model: type[P], found: Json, file: str) -> P:
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise DatasetError([_damage(one, file) for one in error.errors()]) from None


def _damage(error: Mapping[str, Any], file: str) -> Fault:
    """What is wrong with an entry; a row is the place in a list, counted from 1."""
    sheet, *rest = error["loc"]
    row = rest.pop(0) + 1 if rest and isinstance(rest[0], int) else 0
    value = "" if error["type"] == "missing" else shortened(str(error["input"]))
    what = str(error["msg"]).removeprefix("Value error, ")
    return Fault(
        str(sheet),
        row,
        ".".join(map(str, rest)),
        value,
        f"{what[:1].lower()}{what[1:]}.",
        "The file is damaged.",
        file,
    )
