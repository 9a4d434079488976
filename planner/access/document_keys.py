"""The keys of a plan's document with who sees them, read off its model: there is no second list."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from planner.document.document_part import PlanPart, SeenBy
from planner.document.plan_document import PlanDocument
from planner.facts.who import Who

HIDDEN: Who = {}


class DocumentField(NamedTuple):
    """A field of a part: its name, the parts that it holds (if any) and how its key goes on."""

    name: str
    part: type[PlanPart] | None
    steps: str
    who: Who


@cache
def fields_of(part: type[PlanPart]) -> tuple[DocumentField, ...]:
    """The fields of a part. What says nothing of who sees it is hidden from everybody."""
    return tuple(_field(name, field) for name, field in part.model_fields.items())


def _field(name: str, field: FieldInfo) -> DocumentField:
    seen_by = next((one.who for one in field.metadata if isinstance(one, SeenBy)), HIDDEN)
    steps, inner = _within(field.annotation)
    return DocumentField(name, inner, steps, seen_by)


def _within(annotation: Any) -> tuple[str, type[PlanPart] | None]:
    """`[]` for a list, `.*` for a mapping, and the part that is in it."""
    if isinstance(annotation, type) and issubclass(annotation, PlanPart):
        return "", annotation
    origin, inner = getattr(annotation, "__origin__", None), getattr(annotation, "__args__", ())
    if origin in (tuple, dict):
        steps, part = _within(inner[0 if origin is tuple else 1])
        return ("[]" if origin is tuple else ".*") + steps, part
    found = [_within(one) for one in inner if one is not type(None)]
    return found[0] if found else ("", None)


def document_keys(part: type[PlanPart] = PlanDocument, at: str = "") -> Iterator[tuple[str, Who]]:
    """Each key that holds a value, as `positions[].funding[].fund` or `names.schools.*`, with who
    sees it.
    """
    for field in fields_of(part):
        key = f"{at}{field.name}{field.steps}"
        if field.part is None:
            yield key, field.who
        else:
            yield from document_keys(field.part, f"{key}.")
