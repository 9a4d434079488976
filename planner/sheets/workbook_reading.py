"""A workbook in: its sheets as text. Writing one is `planner.sheets.workbook`'s work.

Cells are read with python-calamine, ten times faster than openpyxl;
`planner.sheets.workbook_archive` looks at the file before.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from planner.sheets.number_format import as_shown
from planner.sheets.raw_table import RawSheet, column_letters, table_of
from planner.sheets.workbook_archive import BROKEN, SheetInside, look_inside, unreadable

FIRST_INEXACT = 2**53
"""The first whole number of which a cell may hold another one: its numbers are 64-bit floats."""
Merged = tuple[tuple[int, int], tuple[int, int]]


def read_workbook(path: Path, first: int = 1) -> dict[str, RawSheet]:
    """The tables of all sheets of a `.xlsx` workbook, by the sheets' names; headings stand in the
    row `first` or below. Hidden sheets and rows are read as well.

    A cell that holds an error or a formula without a value, or that is covered by merged cells, is
    marked as unreadable.
    Raises DatasetError where the file is broken, protected with a password, no workbook, or too
    large.
    """
    inside = look_inside(path)
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            return {
                about.name: _read_sheet(
                    workbook,
                    about.name,
                    path.name,
                    inside.get(about.name, SheetInside()),
                    first,
                    is_hidden=about.visible != SheetVisibleEnum.Visible,
                )
                for about in workbook.sheets_metadata
                if about.typ == SheetTypeEnum.WorkSheet
            }
    except python_calamine.PasswordError:
        raise unreadable(
            path,
            "is protected with a password.",
            "Open it in a spreadsheet and save it without a password.",
        ) from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise unreadable(path, *BROKEN) from None


def _read_sheet(
    workbook: python_calamine.CalamineWorkbook,
    name: str,
    file: str,
    inside: SheetInside,
    first: int,
    *,
    is_hidden: bool,
) -> RawSheet:
    if inside.broken:
        return RawSheet(file=file, broken=inside.broken)
    sheet = workbook.get_sheet_by_name(name)
    values = sheet.to_python(skip_empty_area=False)
    no_ids = _no_ids(values)
    lines = [[text_of_cell(value) for value in line] for line in values]
    for (row, column), code in inside.padded.items():
        if row <= len(lines) and column <= len(lines[row - 1]):
            lines[row - 1][column - 1] = as_shown(lines[row - 1][column - 1], code)
    for row, column in inside.percents:
        if row <= len(lines) and column <= len(lines[row - 1]):
            lines[row - 1][column - 1] = _as_percentage(lines[row - 1][column - 1])
    table = table_of(lines, file, first)
    merged = sheet.merged_cell_ranges or []
    broken = _merged_headings(merged, table)
    if broken:
        return RawSheet(file=file, broken=broken, broken_row=table.heading_row)
    flaws = inside.flaws | dict(_covered(merged, table, len(lines)))
    heading = {place: written for written, place in table.columns.items()}
    numbers = {number for number, _ in table.rows}
    return replace(
        table,
        unreadable={
            (row, heading.get(column, "")): words for (row, column), words in flaws.items()
        },
        hidden=(0,) if is_hidden else tuple(row for row in inside.hidden_rows if row in numbers),
        no_ids={heading[column]: rows for column, rows in no_ids.items() if heading.get(column)},
    )


def _no_ids(values: Sequence[Sequence[Any]]) -> dict[int, "array[int]"]:
    """The rows, by column number, of cells whose text need not be what was typed as an id.

    Kept as an array: of a sheet full of decimals a set would take ten times the memory.
    """
    rows: dict[int, array[int]] = {}
    for number, line in enumerate(values, start=1):
        for column, value in enumerate(line, start=1):
            kind = type(value)
            if kind is str or (kind is float and value.is_integer() and abs(value) < FIRST_INEXACT):
                continue
            rows.setdefault(column, array("L")).append(number)
    return rows


def _merged_headings(merged: Sequence[Merged], table: RawSheet) -> tuple[str, str] | None:
    """What to say of headings that are merged from several columns: which column is meant cannot be
    known.
    """
    for (top, left), (bottom, right) in merged:
        if top < table.heading_row <= bottom + 1 and right > left and table.headings[1:]:
            area = _area(((top, left), (bottom, right)))
            return (
                f"the headings {area} are merged cells.",
                f"Unmerge {area}, so that every column has its own heading.",
            )
    return None


def _covered(
    merged: Sequence[Merged], table: RawSheet, last_row: int
) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    """The cells of the table that others cover: of merged cells only the first holds a value."""
    last_column = max(table.columns.values(), default=0)
    for (top, left), (bottom, right) in merged:
        for row in range(max(top + 1, table.heading_row + 1), min(bottom + 1, last_row) + 1):
            for column in range(left + 1, min(right + 1, last_column) + 1):
                if (row, column) != (top + 1, left + 1):
                    area = _area(((top, left), (bottom, right)))
                    yield (
                        (row, column),
                        (
                            f"is merged with others ({area}); only the first holds a value.",
                            f"Unmerge {area}.",
                        ),
                    )


def _area(merged: Merged) -> str:
    """Merged cells as a spreadsheet names them: `B2:B5`."""
    return ":".join(f"{column_letters(column + 1)}{row + 1}" for row, column in merged)


def _as_percentage(text: str) -> str:
    """A number as it is shown: `7.65%` for 0.0765; other text as it is."""
    try:
        return f"{text_of_cell(float(text) * 100)}%"
    except ValueError:
        return text


def text_of_cell(value: Any) -> str:
    """A cell's value as the contract's text: `1` for 1.0, `0.3` for 0.30000000000000004, `08:30`,
    `2026-09-01`, `yes`.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        is_exact = value.is_integer() and abs(value) < FIRST_INEXACT
        return str(int(value)) if is_exact else f"{value:.15g}"
    if isinstance(value, datetime):
        return _text_of_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _text_of_minutes(
            timedelta(hours=value.hour, minutes=value.minute, seconds=value.second).total_seconds()
        )
    if isinstance(value, timedelta):
        return _text_of_minutes(value.total_seconds())
    return str(value)


def _text_of_moment(value: datetime) -> str:
    """A date; a clock time where the day is a spreadsheet's day nought; both where both are
    meant.
    """
    clock = _text_of_minutes(value.hour * 3600 + value.minute * 60 + value.second)
    if value.year < 1901:
        return clock
    return value.date().isoformat() if clock == "00:00" else f"{value.date().isoformat()} {clock}"


def _text_of_minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
