"""One sheet's text, read into typed rows; every fault in it named at its row and column."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner.facts.cell_formats import Reading, nearest
from planner.facts.cell_names import AS_TEXT, one_line
from planner.facts.row import ColumnSpec, SheetRow, columns_of
from planner.facts.sheets import SHEETS, heading
from planner.sheets.raw_table import RawSheet
from planner.words.errors import Fault

LIMITS = {
    "greater_than": ("gt", "must be more than"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be less than"),
    "less_than_equal": ("le", "must be at most"),
}
KINDS_OF_IDS = ("id", "ids", "names in order", "credentials", "credentials held")
"""Kinds of cell that hold an id, or a list of them."""
LONGEST_TITLE = 10
"""Rows that may stand above the headings and are recognised as such."""
_ONLY_SEPARATORS = re.compile(r"[\s;,|]*")
_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{1,2}")


@dataclass(frozen=True)
class NumberedRow:
    """A typed row, with the number and the text that it has in the sheet."""

    number: int
    row: SheetRow
    texts: Mapping[str, str]


@dataclass
class SheetRead:
    """What could be read of a sheet. `ids` holds the ids of rows with faults too, so that no
    reference to them is blamed; `whole` is false where the sheet as such could not be read.
    """

    sheet: str
    file: str = ""
    rows: list[NumberedRow] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True


@cache
def columns_by_heading(sheet: str) -> dict[str, tuple[str, ColumnSpec]]:
    """The fields and columns of a sheet by their heading, in the contract's order."""
    return {heading(column.name): (column.name, column) for column in columns_of(SHEETS[sheet])}


OTHERWISE = {
    ("groups", "minutes"): ("total_minutes", "lengths"),
    ("groups", "sessions"): ("total_minutes", "lengths"),
}
"""Columns that must be filled unless one of these is: sheet and heading."""


def must_be_filled(sheet: str, name: str, filled: Collection[str]) -> bool:
    """Whether a column must be filled where these are: it is required, or nothing says otherwise
    what it says.
    """
    otherwise = OTHERWISE.get((sheet, name))
    if otherwise is not None:
        return name not in filled and not any(other in filled for other in otherwise)
    return columns_by_heading(sheet)[name][1].required and name not in filled


def folded(name: str) -> str:
    """A name without regard to case and to spaces around it."""
    return one_line(name).casefold()


def is_remark(name: str) -> bool:
    """Whether a sheet or column is the planner's own remark, which is not read."""
    return name.startswith(("_", "#")) or folded(name) in ("read me", "readme", "help")


def read_sheet(sheet: str, table: RawSheet, reading: Reading) -> SheetRead:
    """The typed rows of a sheet and all its faults."""
    found = SheetRead(sheet, table.file)
    if table.broken:
        found.whole = False
        found.faults.append(Fault(sheet, table.broken_row, "", "", *table.broken, table.file))
        return found
    names = _read_headings(found, table)
    if not found.whole:
        return found
    unreadable_in: dict[int, dict[str, tuple[str, str]]] = {}
    for (number, written), words in table.unreadable.items():
        if written in names:
            unreadable_in.setdefault(number, {})[names[written]] = words
        elif not written:
            found.faults.append(Fault(sheet, number, "", "", *words, table.file))
    for number, name, words in _no_ids(found.sheet, table, names):
        unreadable_in.setdefault(number, {}).setdefault(name, words)
    for number, cells in table.rows:
        texts = {names[name]: text.strip() for name, text in cells.items() if name in names}
        unreadable = unreadable_in.get(number, {})
        if "" in cells:
            rule, fix = "stands under no heading.", "Give its column a name, or delete it."
            found.faults.append(Fault(sheet, number, "", cells[""], rule, fix, table.file))
        found.faults += [
            Fault(sheet, number, name, "", *words, table.file) for name, words in unreadable.items()
        ]
        if texts or unreadable:
            _read_row(found, number, texts, reading, unreadable)
    for number in unreadable_in.keys() - {number for number, _ in table.rows}:
        found.faults += [
            Fault(sheet, number, name, "", *words, table.file)
            for name, words in unreadable_in[number].items()
        ]
    _find_duplicates(found)
    return found


def _no_ids(
    sheet: str, table: RawSheet, names: Mapping[str, str]
) -> Iterator[tuple[int, str, tuple[str, str]]]:
    """The cells in columns of ids that hold no id, by row and column, and what to say of each."""
    columns = columns_by_heading(sheet)
    for written, rows in table.no_ids.items():
        if written in names and columns[names[written]][1].cell.kind in KINDS_OF_IDS:
            numbers = set(rows)
            for number, cells in table.rows:
                if number in numbers and written in cells:
                    yield number, names[written], no_id(cells[written])


def no_id(text: str) -> tuple[str, str]:
    """What to say of a cell in a column of ids that is a number, a date or a yes of a spreadsheet:
    the rule, and how to mend it.
    """
    if re.match(r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}", text):
        rule = "is a date or time to the spreadsheet, not what was typed."
    elif text in ("yes", "no"):
        rule = "is a yes or no to the spreadsheet, not what was typed."
    elif "e+" in text:
        rule = "is a number too long for a spreadsheet, which keeps its first 15 digits."
    else:
        rule = "is a number with decimals to the spreadsheet; an id is text, or a whole number."
    return rule, AS_TEXT


def _read_headings(found: SheetRead, table: RawSheet) -> dict[str, str]:
    """The contract's column for each heading as it is written in the table."""
    columns = columns_by_heading(found.sheet)
    by_fold = {folded(name): name for name in columns}
    names: dict[str, str] = {}
    unknown = []
    for written in table.headings:
        name = by_fold.get(folded(written)) or by_fold.get(folded(written).replace(" ", "_"))
        if is_remark(written):
            continue
        if name is None:
            unknown.append(written)
        elif name in names.values():
            _blame_heading(found, table, name, "is there twice.", "Keep one of the columns.")
        else:
            names[written] = name
    missing = [
        name
        for name, (_, column) in columns.items()
        if column.required and name not in names.values()
    ]
    found.whole = not (missing and table.headings)
    elsewhere = _row_of_headings(table, by_fold) if len(names) < 2 else 0
    if missing and elsewhere:
        rule, fix = f"the headings stand in row {elsewhere}.", "Delete the rows above them."
        found.faults.append(Fault(found.sheet, table.heading_row, "", "", rule, fix, table.file))
        return names
    if unknown and not names and not any(nearest(written, columns) for written in unknown):
        rule = "the first row must name the columns, and none of these is a column of this sheet."
        fix = (
            f"Write the headings above the rows: {', '.join(missing)} are required."
            if missing
            else "Write the headings."
        )
        found.faults.append(
            Fault(found.sheet, table.heading_row, "", ", ".join(unknown), rule, fix, table.file)
        )
        found.whole = False
        return names
    for written in unknown:
        # A required column that is missing is the likeliest to be misspelt; then one fault says it
        # all.
        fix = (
            nearest(written, missing)
            or nearest(written, columns)
            or f"The columns are {', '.join(columns)}."
        )
        missing = [name for name in missing if f"'{name}'" not in fix]
        _blame_heading(found, table, written, "is no column of this sheet.", fix)
    for name in missing if table.headings else ():
        rule = f"is a required column and is missing ({columns[name][1].meaning})."
        _blame_heading(
            found, table, name, rule, f"Add it, with values like {columns[name][1].example}."
        )
    return names


def _row_of_headings(table: RawSheet, known: Collection[str]) -> int:
    """The row further down, under a title, that holds this sheet's headings; 0 where none does."""
    for number, cells in table.rows[:LONGEST_TITLE]:
        texts = [folded(text) for text in cells.values()]
        if texts and all(text in known or text.replace(" ", "_") in known for text in texts):
            return number
    return 0


def _blame_heading(found: SheetRead, table: RawSheet, name: str, rule: str, fix: str) -> None:
    found.faults.append(Fault(found.sheet, table.heading_row, name, "", rule, fix, table.file))


def _read_row(
    found: SheetRead,
    number: int,
    texts: Mapping[str, str],
    reading: Reading,
    told: Collection[str] = (),
) -> None:
    """Add the typed row, or its faults; columns whose fault is `told` already are passed over."""
    model = SHEETS[found.sheet]
    columns = columns_by_heading(found.sheet)
    values = {
        columns[name][0]: text
        for name, text in texts.items()
        if columns[name][1].cell.kind == "text" or not _ONLY_SEPARATORS.fullmatch(text)
    }
    if model.KEY and model.KEY[0] in values:
        found.ids.add(values[model.KEY[0]])
    try:
        row = model.model_validate(values, context=reading)
    except ValidationError as error:
        faults = [
            _fault(found, number, detail, texts) for detail in error.errors(include_url=False)
        ]
        found.faults += [fault for fault in faults if fault.column not in told]
    else:
        found.rows += [] if told else [NumberedRow(number, row, texts)]
        if model.KEY and model.KEY[0] in values:
            found.ids.add(str(getattr(row, model.KEY[0])))


def _fault(found: SheetRead, number: int, detail: ErrorDetails, texts: Mapping[str, str]) -> Fault:
    name = heading(str(detail["loc"][0])) if detail["loc"] else ""
    text = texts.get(name, "")
    rule, fix = _words(detail, columns_by_heading(found.sheet)[name][1])
    if _A_DATE.fullmatch(text) and columns_by_heading(found.sheet)[name][1].cell.kind != "date":
        fix = (
            "A spreadsheet may have turned it into a date: format the column as text and type "
            "it again."
        )
    return Fault(found.sheet, number, name, text, rule, fix, found.file)


def _words(detail: ErrorDetails, column: ColumnSpec) -> tuple[str, str]:
    """What pydantic found, as a planner says it: the rule, and how to mend it."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return "is required and is blank.", f"Write it like {column.example or column.cell.form}."
    if kind in LIMITS:
        limit, words = LIMITS[kind]
        return f"{words} {_plain(context[limit])}.", ""
    if kind == "value_error":
        rule, fix = _sentences(str(context["error"]))
        return rule, fix or f"Write it like {column.example or column.cell.form}."
    return f"is not of the kind {column.cell.kind}.", f"Write it like {column.cell.form}."


def _sentences(message: str) -> tuple[str, str]:
    parts = re.split(r"(?<=\.) (?=Write |Did you |The |An |A )", message, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _plain(number: Any) -> str:
    return f"{Decimal(str(number)).normalize():f}"


def _find_duplicates(found: SheetRead) -> None:
    """Rows whose key another row has already; the first of them stands."""
    key = SHEETS[found.sheet].KEY
    if not key or found.sheet == "district":
        return
    first: dict[tuple[Any, ...], int] = {}
    kept = []
    for numbered in found.rows:
        value = tuple(getattr(numbered.row, name) for name in key)
        if value in first:
            names = ", ".join(heading(name) for name in key)
            rule = f"is there already in row {first[value]} (the same {names})."
            shown = numbered.texts.get(heading(key[0]), "")
            fix = "Give it another id, or delete one of the rows."
            found.faults.append(
                Fault(found.sheet, numbered.number, heading(key[0]), shown, rule, fix, found.file)
            )
        else:
            first[value] = numbered.number
            kept.append(numbered)
    found.rows = kept
