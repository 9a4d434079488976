"""A workbook in: its sheets as text. Writing one is `planner.sheets.workbook`'s work.

The XML is read by the standard library's expat alone. A native reader of workbooks was four times
as quick, yet took numbers for other ones where cells were written in unusual ways, and ended the
whole process at cells that no sheet has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from planner.sheets.raw_table import RawSheet, column_letters, table_of
from planner.sheets.sheet_reading import folded
from planner.sheets.workbook_archive import DAMAGED_PART, Parts, opened_workbook, unreadable
from planner.sheets.workbook_cells import (
    DAMAGED,
    NO_SHEET,
    CellAddress,
    Merged,
    SheetInside,
    Words,
    read_cells,
)
from planner.sheets.workbook_parts import SheetPart, sheets_and_texts, workbook_part
from planner.sheets.workbook_values import CellTexts, TooMuchText


def read_workbook(path: Path, first: int = 1) -> dict[str, RawSheet]:
    """The tables of all sheets of a `.xlsx` workbook, by the sheets' names; headings stand in the
    row `first` or below. Hidden sheets, rows and columns are read as well.

    A cell that holds an error or a formula without a value, or that is covered by merged cells, is
    marked as unreadable; a sheet that cannot be read, or whose name another has, is a broken table.
    Raises DatasetError where the file is broken, protected with a password, no workbook, or too
    large.
    """
    try:
        with opened_workbook(path) as parts:
            workbook = workbook_part(parts)
            if not workbook:
                raise unreadable(
                    path,
                    "is a zip archive that holds no workbook.",
                    "Unpack it and give the .xlsx inside.",
                )
            sheets, texts = sheets_and_texts(parts, workbook)
            tables = [
                (sheet.name, _table(_inside(parts, sheet, texts), sheet, path.name, first))
                for sheet in sheets
            ]
    except TooMuchText:
        raise unreadable(
            path,
            "shows long texts in too many cells.",
            "Delete the texts that do not belong to the dataset.",
        ) from None
    return _by_name(tables)


def _by_name(tables: Sequence[tuple[str, RawSheet]]) -> dict[str, RawSheet]:
    """Tables by the names of their sheets. Of two with one name neither is read: a spreadsheet
    would not open the workbook, and which of them is meant cannot be known.
    """
    named: dict[str, RawSheet] = {}
    written: dict[str, str] = {}
    for name, table in tables:
        first = written.setdefault(folded(name), name)
        if first not in named:
            named[first] = table
        else:
            rule = f"two sheets of the workbook are called {first.strip()}."
            named[first] = RawSheet(file=table.file, broken=(rule, "Rename or delete one of them."))
    return named


def _inside(parts: Parts, sheet: SheetPart, texts: CellTexts) -> SheetInside:
    """What the part of a sheet says. Raises TooMuchText."""
    if sheet.part not in parts:
        return SheetInside(broken=NO_SHEET)
    try:
        with parts.open(sheet.part) as part:
            return read_cells(part, texts)
    except DAMAGED_PART:
        return SheetInside(broken=DAMAGED)


def _table(inside: SheetInside, sheet: SheetPart, file: str, first: int) -> RawSheet:
    if inside.broken:
        return RawSheet(file=file, broken=inside.broken, broken_row=inside.broken_row)
    table = table_of(inside.lines, file, first)
    broken = (
        _flawed_heading(inside, table)
        or _merged_headings(inside.merged, table)
        or _overlapping(inside.merged, inside)
    )
    if broken:
        return RawSheet(file=file, broken=broken, broken_row=table.heading_row)
    flaws = inside.flaws | dict(_covered(inside.merged, table, len(inside.lines)))
    heading = {place: written for written, place in table.columns.items()}
    numbers = {number for number, _ in table.rows}
    astray = {row: column for row, column in flaws if not heading.get(column)}
    return replace(
        table,
        unreadable={
            (row, heading.get(column, "")): words
            for (row, column), words in flaws.items()
            if row > table.heading_row
        },
        strays=astray | dict(table.strays),
        hidden=(0,)
        if sheet.is_hidden
        else tuple(row for row in inside.hidden_rows if row in numbers),
        hidden_columns=tuple(
            heading[column] for column in sorted(inside.hidden_columns) if heading.get(column)
        ),
        no_ids={
            heading[column]: rows for column, rows in inside.no_ids.items() if heading.get(column)
        },
    )


def _flawed_heading(inside: SheetInside, table: RawSheet) -> Words | None:
    """What to say of a heading that cannot be read, or of a table without any."""
    for (row, column), (rule, fix) in sorted(inside.flaws.items()):
        if row == table.heading_row or not table.headings:
            return f"the heading {column_letters(column)}{row} {rule}", fix
    return None


def _merged_headings(merged: Sequence[Merged], table: RawSheet) -> Words | None:
    """What to say of headings that are merged from several columns: which column is meant cannot be
    known.
    """
    for (top, left), (bottom, right) in merged:
        if top <= table.heading_row <= bottom and right > left and table.headings[1:]:
            area = _area(((top, left), (bottom, right)))
            return (
                f"the headings {area} are merged cells.",
                f"Unmerge {area}, so that every column has its own heading.",
            )
    return None


def _covered(
    merged: Sequence[Merged], table: RawSheet, last_row: int
) -> Iterator[tuple[CellAddress, Words]]:
    """The cells of the table that others cover: of merged cells only the first holds a value."""
    last_column = max(table.columns.values(), default=0)
    for (top, left), (bottom, right) in merged:
        for row in range(max(top, table.heading_row + 1), min(bottom, last_row) + 1):
            for column in range(left, min(right, last_column) + 1):
                if (row, column) != (top, left):
                    area = _area(((top, left), (bottom, right)))
                    yield (
                        (row, column),
                        (
                            f"is merged with others ({area}); only the first holds a value.",
                            f"Unmerge {area}.",
                        ),
                    )


def _overlapping(merged: Sequence[Merged], inside: SheetInside) -> Words | None:
    """What to say where merged areas together have more cells than the sheet: no spreadsheet lets
    areas overlap, and to go through them could take hours.
    """
    rows, columns = len(inside.lines), max(map(len, inside.lines), default=0)
    cells = sum(
        max(0, min(bottom, rows) + 1 - top) * max(0, min(right, columns) + 1 - left)
        for (top, left), (bottom, right) in merged
    )
    return DAMAGED if cells > rows * columns else None


def _area(merged: Merged) -> str:
    """Merged cells as a spreadsheet names them: `B2:B5`."""
    return ":".join(f"{column_letters(column)}{row}" for row, column in merged)
