"""What every row of a sheet has in common, and how a column describes itself."""

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from planner.facts.cell_formats import CellType
from planner.facts.plausible import AnyRange


class SheetRow(BaseModel):
    """A row of a sheet. Frozen; blank cells hold the column's default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    KEY: ClassVar[tuple[str, ...]] = ()
    """Columns that together are unique in the sheet; empty where rows have no identity."""


@dataclass(frozen=True)
class ColumnSpec:
    """A column as the contract describes it: name, kind of cell, meaning, unit, default, range and
    what it refers to.
    """

    name: str
    cell: CellType
    meaning: str
    required: bool
    default: Any
    example: str
    unit: str
    refers_to: tuple[str, ...]
    bounds: str
    usual: AnyRange | None


def column(
    meaning: str,
    example: str = "",
    *,
    default: Any = ...,
    unit: str = "",
    refers_to: str = "",
    blank: str = "",
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    usual: AnyRange | None = None,
) -> Any:
    """A column of a sheet. `default=...` makes it required; `blank` says in words what a blank cell
    means where the default is worked out from other cells; `refers_to` names the sheets (`a|b`) in
    which the value must be an id; `usual` is what a measured column plausibly holds.
    """
    extra: dict[str, Any] = {
        "example": example,
        "unit": unit,
        "refers_to": refers_to,
        "blank": blank,
        "usual": usual,
    }
    return Field(default, description=meaning, ge=ge, gt=gt, le=le, json_schema_extra=extra)


def columns_of(model: type[SheetRow]) -> tuple[ColumnSpec, ...]:
    """The columns of a sheet in the contract's order, read from the class that enforces them."""
    return tuple(_describe(name, field) for name, field in model.model_fields.items())


def _describe(name: str, field: FieldInfo) -> ColumnSpec:
    extra = field.json_schema_extra
    assert isinstance(extra, dict), f"{name} is not declared with column()"
    required = field.is_required()
    usual: Any = extra["usual"]
    limits = {type(limit).__name__: limit for limit in field.metadata}
    bounds = [
        f"{sign} {getattr(limits[kind], kind.lower())}"
        for kind, sign in (("Ge", "≥"), ("Gt", ">"), ("Le", "≤"))
        if kind in limits
    ]
    return ColumnSpec(
        name=name,
        cell=_cell(field),
        meaning=field.description or "",
        required=required,
        default=extra["blank"] or (None if required else field.default),
        example=str(extra["example"]),
        unit=str(extra["unit"]),
        refers_to=tuple(part for part in str(extra["refers_to"]).split("|") if part),
        bounds=", ".join(bounds),
        usual=usual if isinstance(usual, AnyRange) else None,
    )


def _cell(field: FieldInfo) -> CellType:
    for found in (*field.metadata, *_within(field.annotation)):
        if isinstance(found, CellType):
            return found
    raise TypeError(f"no kind of cell in {field!r}")


def _within(annotation: Any) -> list[Any]:
    """Metadata of an optional column's inner type (`Clock | None`)."""
    found: list[Any] = list(getattr(annotation, "__metadata__", ()))
    for inner in getattr(annotation, "__args__", ()):
        found += _within(inner)
    return found
