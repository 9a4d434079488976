"""Say which of an export's headings is which column, and what its codes mean.

A saved mapping says so of each sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from planner.facts.cell_formats import nearest
from planner.facts.cell_numbers import number
from planner.facts.sheets import SHEETS
from planner.sheets.importing.cell_forms import MEASURED, date_pattern
from planner.sheets.importing.pseudonyms import ALWAYS
from planner.sheets.importing.shapes import Shapes
from planner.sheets.importing.yaml_file import read_yaml
from planner.sheets.sheet_reading import columns_by_heading
from planner.words.errors import DatasetError, Fault

KEYS = (
    "sheet",
    "columns",
    "codes",
    "constants",
    "skip",
    "only",
    "dates",
    "decimal_comma",
    "list_separator",
    "factors",
    "pseudonyms",
    "heading_row",
)


@dataclass(frozen=True)
class SheetMapping:
    """How the rows of an export become rows of a sheet.

    `columns` names their heading for each of our columns; `codes` holds by column what their codes
    are here; `constants` fill a column that they lack or leave blank; a row is left out where one
    of the `skip` headings holds one of its words, and unless all of the `only` headings do; `dates`
    is their form of a date, `MM/DD/YYYY`; `list_separator` stands between the parts of a list of
    theirs; `factors` multiply a number (hours to minutes: 60); `pseudonyms` are columns that are
    replaced by keys; `heading_row` is the first row that may hold the headings.
    """

    sheet: str
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: str = ""
    decimal_comma: bool = False
    list_separator: str = ";"
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    pseudonyms: tuple[str, ...] = ()
    heading_row: int = 1
    file: str = ""

    @property
    def keyed(self) -> tuple[str, ...]:
        """The columns whose values are replaced by keys; a student's always is."""
        return tuple(dict.fromkeys((*ALWAYS.get(self.sheet, ()), *self.pseudonyms)))


def read_mapping(path: Path, sheet: str) -> SheetMapping:
    """The mapping in a file, for one sheet. Raises DatasetError with everything that is wrong with
    it.
    """
    shapes = Shapes(read_yaml(path), path.name)
    shapes.know(KEYS)
    if (named := shapes.text("sheet", sheet)) != sheet:
        shapes.blame(
            "sheet",
            f"is {named}; the export is read as {sheet}.",
            f"Give --as {named}, or another mapping.",
        )
    mapping = SheetMapping(
        sheet,
        columns=_of_columns(shapes, sheet, "columns", shapes.pairs("columns")),
        codes=_of_columns(shapes, sheet, "codes", _codes(shapes)),
        constants=_of_columns(shapes, sheet, "constants", shapes.pairs("constants")),
        skip=shapes.conditions(shapes.document.get("skip"), "skip"),
        only=shapes.conditions(shapes.document.get("only"), "only"),
        dates=_dates(shapes),
        decimal_comma=_yes(shapes, "decimal_comma"),
        list_separator=shapes.text("list_separator", ";"),
        factors=_factors(shapes, sheet),
        pseudonyms=_pseudonyms(shapes, sheet),
        heading_row=_heading_row(shapes),
        file=path.name,
    )
    if shapes.faults:
        raise DatasetError(shapes.faults)
    return mapping


def _of_columns(shapes: Shapes, sheet: str, key: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """What stands under a key by column; blame for each name that is no column of the sheet."""
    columns = columns_by_heading(sheet)
    for name in found:
        if name not in columns:
            fix = nearest(name, columns) or f"The columns are {', '.join(columns)}."
            shapes.blame(f"{key}.{name}", f"is no column of the sheet {sheet}.", fix)
    return {name: value for name, value in found.items() if name in columns}


def _codes(shapes: Shapes) -> dict[str, dict[str, str]]:
    found = shapes.named(shapes.document.get("codes") or {}, "codes")
    return {name: shapes.pairs_of(codes or {}, f"codes.{name}") for name, codes in found.items()}


def _dates(shapes: Shapes) -> str:
    form = shapes.text("dates")
    if form and date_pattern(form) is None:
        shapes.blame(
            "dates",
            f"'{form}' is no form of a date.",
            "Write it with YYYY, MM and DD, like MM/DD/YYYY or DD.MM.YYYY.",
        )
    return form


def _yes(shapes: Shapes, key: str) -> bool:
    word = shapes.text(key, "no").casefold()
    if word not in ("yes", "true", "no", "false"):
        shapes.blame(key, f"'{word}' is neither yes nor no.")
    return word in ("yes", "true")


def _factors(shapes: Shapes, sheet: str) -> dict[str, Decimal]:
    found = {}
    for name, text in _of_columns(shapes, sheet, "factors", shapes.pairs("factors")).items():
        try:
            factor = number(text)
        except InvalidOperation:
            factor = Decimal("NaN")
        if not (factor.is_finite() and factor > 0):
            shapes.blame(f"factors.{name}", f"'{text}' is no number above 0.")
        elif columns_by_heading(sheet)[name][1].cell.kind not in MEASURED["number"]:
            shapes.blame(
                f"factors.{name}", "is no column of numbers, so nothing can be multiplied."
            )
        else:
            found[name] = factor
    return found


def _pseudonyms(shapes: Shapes, sheet: str) -> tuple[str, ...]:
    """Columns to be replaced by keys: ids and lists of ids only, because a key is an id."""
    names = _of_columns(shapes, sheet, "pseudonyms", dict.fromkeys(shapes.words("pseudonyms")))
    for name in names:
        kind = columns_by_heading(sheet)[name][1].cell.kind
        if kind not in ("id", "ids"):
            shapes.blame(
                f"pseudonyms.{name}",
                f"is a column of the kind {kind}; only ids are replaced by keys.",
            )
    return tuple(names)


def _heading_row(shapes: Shapes) -> int:
    text = shapes.text("heading_row", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1000:
        shapes.blame("heading_row", f"'{text}' is no number of a row.")
        return 1
    return int(text)


def sheet_named(name: str) -> str:
    """The sheet of that name. Raises DatasetError, naming the nearest, where there is none."""
    if name in SHEETS:
        return name
    fix = nearest(name, [*SHEETS, "oneroster"]) or f"There are {', '.join(SHEETS)}, and oneroster."
    raise DatasetError([Fault("", 0, "", name, "is no sheet of a dataset.", fix)])
