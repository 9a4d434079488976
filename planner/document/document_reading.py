"""A plan's document out of JSON: older versions are migrated, and what is wrong is said with its
place.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from planner.document.document_part import PlanPart
from planner.document.migrations import migrated
from planner.document.plan_document import PlanBrief, PlanDocument, PlanOrigin, PlanRows
from planner.words.errors import DatasetError, Fault, shortened

Json = dict[str, Any]
P = TypeVar("P", bound=PlanPart)
_MODEL = re.compile(r" or instance of \w+")
"""What the validator says of our own classes: nothing to whoever reads a file."""


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


def document_in_text(text: str, file: str) -> PlanDocument:
    """The whole document in the text of a `plan.json`. Raises as `document_in` does."""
    return _parsed(PlanDocument, text, file)


def read_document_file(path: Path) -> PlanDocument:
    """The whole document in a `plan.json`. Raises DatasetError with every fault."""
    return _parsed(PlanDocument, _text_in(path), path.name, str(path))


def read_brief(path: Path) -> PlanBrief:
    """The document in a `plan.json`, without its timetable. Raises DatasetError with every
    fault.
    """
    return _parsed(PlanBrief, _text_in(path), str(path))


def read_rows_alone(path: Path) -> PlanRows:
    """The plan's rows in a `plan.json`. Raises DatasetError with every fault."""
    return _parsed(PlanRows, _text_in(path), path.name, str(path))


def read_origin(path: Path) -> PlanOrigin:
    """Of what the plan in a `plan.json` is one. Raises DatasetError with every fault."""
    return _parsed(PlanOrigin, _text_in(path), path.name, str(path))


def read_object(path: Path) -> Json:
    """The JSON object in a file, as it is, with a list of sessions at least. Raises DatasetError
    where there is none.
    """
    return _object_in(_text_in(path), str(path))


def _parsed(model: type[P], text: str, file: str, whole: str = "") -> P:
    """A model in the text of a file.

    A text of the present version is read in one go: what the model does not ask for is never made
    into Python objects, whose making and collecting took as long as all else. An older version, or
    a damaged file, is read step by step.
    """
    if '"document_version"' in text:
        with suppress(ValidationError):
            return model.model_validate_json(text)
    return _validated(model, migrated(_object_in(text, whole or file), file), file)


def _object_in(text: str, file: str) -> Json:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _fault(file, "is no JSON file, or is damaged.") from None
    if not isinstance(found, dict) or not isinstance(found.get("sessions"), list):
        raise _fault(file, "is no plan: it holds no sessions.")
    return found


def _text_in(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise _fault(str(path), f"cannot be opened ({error.strerror}).") from None
    except ValueError:
        raise _fault(str(path), "is no JSON file, or is damaged.") from None


def _fault(file: str, rule: str) -> DatasetError:
    return DatasetError([Fault("", 0, "", "", rule, "", file)])


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
    what = _MODEL.sub("", str(error["msg"]).removeprefix("Value error, "))
    what = what.replace("tuple", "list")
    return Fault(
        str(sheet),
        row,
        ".".join(map(str, rest)),
        value,
        f"{what[:1].lower()}{what[1:]}.",
        "The file is damaged.",
        file,
    )
