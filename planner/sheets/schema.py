"""The whole data contract, as text and as data, from the classes that enforce it."""

from collections.abc import Iterator
from typing import Any

from planner.facts.cell_formats import Reading, clock
from planner.facts.plausible import CLOCKS, Plausible
from planner.facts.row import ColumnSpec, columns_of
from planner.facts.sheets import ALWAYS_NEEDED, SHEETS, heading

_SHOWN_BY_EXAMPLE = (
    "text",
    "id",
    "ids",
    "whole number",
    "number",
    "money",
    "percentage",
    "date",
    "names in order",
)


def schema_text() -> str:
    """The contract as a planner reads it: sheet by sheet, each column with its form, unit, range,
    default and meaning.
    """
    return "\n\n".join("\n".join(_lines_of(sheet)) for sheet in SHEETS) + "\n"


def _lines_of(sheet: str) -> Iterator[str]:
    model = SHEETS[sheet]
    needed = " (always needed)" if sheet in ALWAYS_NEEDED else ""
    yield f"{sheet}{needed}: {_first_line(model.__doc__)}"
    if model.KEY and sheet != "district":
        yield f"  One row for each {', '.join(heading(name) for name in model.KEY)}."
    columns = columns_of(model)
    width = max(len(heading(column.name)) for column in columns)
    for column in columns:
        name = heading(column.name).ljust(width)
        mark = "*" if column.required else " "
        yield f"  {mark} {name}  {column.meaning} ({' · '.join(_facts(column))})"


def _facts(column: ColumnSpec) -> Iterator[str]:
    """What there is to say of a column beside its meaning."""
    yield form_of(column)
    if column.unit:
        yield column.unit
    if column.bounds:
        yield column.bounds
    if usual_of(column):
        yield f"usual: {usual_of(column)}"
    if column.refers_to:
        yield f"from {' or '.join(column.refers_to)}"
    yield "required" if column.required else f"blank: {blank_of(column)}"


def form_of(column: ColumnSpec) -> str:
    """How a value is written: the words to choose from, or the kind of cell with its form."""
    if column.cell.choices:
        return " | ".join(column.cell.choices)
    form = column.example if column.cell.kind in _SHOWN_BY_EXAMPLE else ""
    form = form or ("" if column.cell.kind == "text" else column.cell.form)
    return f"{column.cell.kind}, like {form}" if form else column.cell.kind


def usual_of(column: ColumnSpec) -> str:
    """The range outside of which a value is warned of; nothing where a column has none, or one for
    each word of another column.
    """
    usual = column.usual
    if not isinstance(usual, Plausible):
        return ""
    is_time = column.cell.kind in CLOCKS
    low, high = (
        clock(int(limit)) if is_time else f"{limit:f}" for limit in (usual.low, usual.high)
    )
    return f"{'0, or ' if usual.has_zero else ''}{low} to {high}"


def blank_of(column: ColumnSpec) -> str:
    """What a blank cell means, in words; `none` where it means that there is nothing."""
    if column.default in (None, (), ""):
        return "none"
    if isinstance(column.default, str):
        return column.default
    return str(column.cell.write(column.default, Reading()))


def schema_json() -> dict[str, Any]:
    """The contract as data: by sheet, what a row is, its key and its columns."""
    return {
        sheet: {
            "row": _first_line(model.__doc__),
            "always_needed": sheet in ALWAYS_NEEDED,
            "key": [heading(name) for name in model.KEY],
            "columns": [_as_data(column) for column in columns_of(model)],
        }
        for sheet, model in SHEETS.items()
    }


def _as_data(column: ColumnSpec) -> dict[str, Any]:
    return {
        "name": heading(column.name),
        "required": column.required,
        "kind": column.cell.kind,
        "form": column.cell.form,
        "choices": list(column.cell.choices),
        "unit": column.unit,
        "range": column.bounds,
        "usual": usual_of(column),
        "default": None if column.required else blank_of(column),
        "meaning": column.meaning,
        "refers_to": list(column.refers_to),
        "example": column.example,
    }


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0]
