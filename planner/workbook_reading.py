"""A workbook in: its sheets as text. Writing one is `planner.workbook`'s work.

Cells are read with python-calamine, ten times faster than openpyxl. Before that, each sheet's XML is looked through for
what calamine would pass over in silence or choke on: errors (`#N/A`), formulas that were never computed, and a cell so
far out that the sheet between would fill the memory.
"""

import re
import zipfile
import zlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine
from python_calamine import SheetTypeEnum

from planner.errors import DatasetError, Fault
from planner.raw_table import Table, table_of

LARGEST_FILE = 50_000_000
LARGEST_UNPACKED = 500_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>')
_UNCOMPUTED_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
Flaws = dict[tuple[int, int], tuple[str, str]]


def read_workbook(path: Path, first: int = 1) -> dict[str, Table]:
    """The tables of all sheets of a `.xlsx` workbook, by the sheets' names; headings stand in the row `first` or below.

    A cell that holds an error or a formula without a value is marked as unreadable. Raises DatasetError where the file is
    broken, protected with a password, no workbook, or too large.
    """
    flaws = _flaws(path)
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            sheets = [about.name for about in workbook.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
            return {name: _read_sheet(workbook, name, path.name, flaws.get(name, {}), first) for name in sheets}
    except python_calamine.PasswordError:
        raise _unreadable(path, *_LOCKED) from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _unreadable(path, *_BROKEN) from None


_LOCKED = ("is protected with a password, or is an old .xls workbook.", "Save it as .xlsx without a password.")
_BROKEN = ("is no workbook, or is damaged.", "Open it in a spreadsheet and save it again as .xlsx.")
_AN_ERROR = ("holds an error of the spreadsheet.", "Mend its formula, or type the value.")
_UNCOMPUTED = ("holds a formula without a value.", "Open and save it in a spreadsheet, or type the value.")
_TOO_FAR = (
    f"a cell far outside of the table is filled; a sheet may have {MOST_ROWS} rows and {MOST_COLUMNS} columns.",
    "Delete the rows and columns beyond the table.",
)
_LARGE = ("is too large to be a dataset.", "Delete sheets and pictures that do not belong to it.")


def _unreadable(path: Path, rule: str, fix: str) -> DatasetError:
    return DatasetError([Fault("", 0, "", "", f"the file {rule}", fix, path.name)])


def _read_sheet(workbook: python_calamine.CalamineWorkbook, name: str, file: str, flaws: Flaws, first: int) -> Table:
    if _TOO_FAR in flaws.values():
        return Table(file=file, broken=_TOO_FAR)
    cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    lines = [[text_of_cell(value) for value in line] for line in cells]
    table = table_of(lines, file, first)
    heading = dict(enumerate(lines[table.heading_row - 1] if lines else (), start=1))
    unreadable = {(row, heading.get(column, "").strip()): words for (row, column), words in flaws.items()}
    return replace(table, unreadable=unreadable) if unreadable else table


def text_of_cell(value: Any) -> str:
    """A cell's value as the contract's text: `1` for 1.0, `0.3` for 0.30000000000000004, `08:30`, `2026-09-01`, `yes`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return _text_of_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _text_of_minutes(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second).total_seconds())
    if isinstance(value, timedelta):
        return _text_of_minutes(value.total_seconds())
    return str(value)


def _text_of_moment(value: datetime) -> str:
    """A date; a clock time where the day is a spreadsheet's day nought; both where both are meant."""
    clock = _text_of_minutes(value.hour * 3600 + value.minute * 60 + value.second)
    if value.year < 1901:
        return clock
    return value.date().isoformat() if clock == "00:00" else f"{value.date().isoformat()} {clock}"


def _text_of_minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _flaws(path: Path) -> dict[str, Flaws]:
    """By sheet, the cells that must not be read as they are. Raises DatasetError where the file cannot be read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unreadable(path, *_LARGE)
        with path.open("rb") as file:
            if file.read(4) == _OLD_OR_LOCKED:
                raise _unreadable(path, *_LOCKED)
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise _unreadable(path, *_LARGE)
            return {sheet: _flaws_of_sheet(archive.read(part)) for sheet, part in _parts(archive).items()}
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise _unreadable(path, *_BROKEN) from None
    except OSError as error:
        raise _unreadable(path, f"cannot be opened ({error.strerror}).", "") from None


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            part = target[relation]
            found[sheet.get("name", "")] = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
    return found


def _flaws_of_sheet(xml: bytes) -> Flaws:
    """What is wrong with cells, by row and column number."""
    places = {(int(row), _column_number(letters)) for letters, row in set(_FILLED_CELL.findall(xml))}
    flaws: Flaws = {place: _TOO_FAR for place in places if place[0] > MOST_ROWS or place[1] > MOST_COLUMNS}
    for pattern, words in ((_ERROR_CELL, _AN_ERROR), (_UNCOMPUTED_CELL, _UNCOMPUTED)):
        flaws |= {(int(row), _column_number(letters)): words for letters, row in pattern.findall(xml)}
    return flaws


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
