"""A folder of CSV files, one a sheet: in and out as text.

Text that a spreadsheet would take for a formula (it begins with = + - @) is written with an
apostrophe before it, and read without; numbers stay bare, so that they remain numbers.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.private_files import all_or_nothing
from planner.sheets.raw_table import RawSheet, table_of
from planner.words.errors import DatasetError, Fault

LARGEST_FILE = 50_000_000
LONGEST_CELL = 1_000_000
_FORMULA = re.compile(r"'*[=+\-@]")
_PROTECTED = re.compile(r"'+[=+\-@]")
_OTHER_SEPARATORS = re.compile(r"\w\s*([;\t|])\s*\w")
_AS_UTF_8 = "Save it as 'CSV UTF-8 (comma delimited)'."


@dataclass
class _Broken(Exception):
    """A file that cannot be read: what is wrong with it, how to mend it, and in which row."""

    rule: str
    fix: str = ""
    row: int = 0


def read_folder(folder: Path) -> dict[str, RawSheet]:
    """The tables of all CSV files in a folder, by file name without `.csv`.

    A file that is too large, not UTF-8 or no CSV becomes a broken table. Raises DatasetError where
    there is no file, OSError where the folder cannot be read.
    """
    inside = sorted(folder.iterdir())
    files = [path for path in inside if path.suffix.lower() == ".csv" and path.name[0] not in ".~"]
    if not files:
        fix = (
            "A dataset is a folder of CSV files named after their sheets (district.csv, "
            "roles.csv, …) or one .xlsx."
        )
        books = [
            path.name
            for path in inside
            if path.suffix.lower() == ".xlsx" and path.name[0] not in ".~"
        ]
        if books:
            fix = f"Did you mean the workbook in it, '{folder / books[0]}'?"
        raise DatasetError([Fault("", 0, "", str(folder), "holds no CSV files.", fix)])
    return {path.stem: _read_file(path) for path in files}


def _read_file(path: Path) -> RawSheet:
    try:
        return table_of(_lines(_text(path)), path.name)
    except _Broken as broken:
        return RawSheet(file=path.name, broken=(broken.rule, broken.fix), broken_row=broken.row)


def _text(path: Path) -> str:
    """The text of a file. Raises _Broken."""
    try:
        if path.exists() and not path.is_file():
            raise _Broken(
                "is a folder or a device, not a file.",
                "Put a CSV file in its place, or give it another name.",
            )
        if path.stat().st_size > LARGEST_FILE:
            raise _Broken(
                f"the file is larger than {LARGEST_FILE // 1_000_000} MB.",
                "Delete what does not belong to it.",
            )
        content = path.read_bytes()
    except PermissionError as error:
        fix = "Close it where it is open, or ask who may read it."
        raise _Broken(f"the file cannot be read ({error.strerror}).", fix) from None
    except OSError as error:
        raise _Broken(f"the file cannot be read ({error.strerror}).") from None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Broken("the file is not UTF-8 text but UTF-16 ('Unicode text').", _AS_UTF_8)
    if b"\0" in content:
        raise _Broken("the file is not UTF-8 text: it holds bytes that no text has.", _AS_UTF_8)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise _Broken(
            "the file is not UTF-8 text: a letter here was saved in another code.", _AS_UTF_8, row
        ) from None


def _lines(text: str) -> list[list[str]]:
    """The cells of a file, line by line; a line of the spreadsheet may be several of the file.
    Raises _Broken.
    """
    lines: list[list[str]] = []
    try:
        for line in lines_of(io.StringIO(text, newline="")):
            lines.append(line)
    except csv.Error as error:
        raise _Broken(*_words(str(error)), row=len(lines) + 1) from None
    first = next((line for line in lines if any(line)), [])
    other = _OTHER_SEPARATORS.search(first[0]) if len(first) == 1 else None
    if other:
        name = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}[other[1]]
        raise _Broken(
            f"the columns are separated by {name}, not by commas.",
            _AS_UTF_8,
            lines.index(first) + 1,
        )
    return lines


def lines_of(file: Iterable[str], separator: str = ",") -> Iterator[list[str]]:
    """The cells of CSV text, line by line, without the apostrophe that protects text from being
    read as a formula.

    Raises csv.Error where it is no CSV.
    """
    csv.field_size_limit(LONGEST_CELL)
    for line in csv.reader(file, delimiter=separator, strict=True):
        yield [_unprotected(cell) for cell in line]


def _words(error: str) -> tuple[str, str]:
    """What the reader of CSV found, as a planner says it."""
    if "unexpected end" in error:
        return "a quotation mark that opens in this row is never closed.", "Close it, or delete it."
    if "field larger" in error:
        return (
            f"a cell holds more than {LONGEST_CELL:,} characters.",
            "Shorten it; a quotation mark may be missing before it.",
        )
    return (
        f"the row cannot be read as CSV ({error}).",
        'Inside quotation marks write " twice, or save the file again as CSV UTF-8.',
    )


def _unprotected(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if _PROTECTED.match(cell) else cell


def protected(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_folder(
    tables: Mapping[str, RawSheet], folder: Path, text_columns: Mapping[str, frozenset[str]]
) -> None:
    """Write each table as a CSV file; none is replaced before all are complete.

    `text_columns` names, by sheet, the columns to protect from being read as formulas. Raises
    OSError.
    """
    with all_or_nothing(folder) as unfinished:
        for sheet, table in tables.items():
            _write_file(table, unfinished / f"{sheet}.csv", text_columns.get(sheet, frozenset()))


def _write_file(table: RawSheet, path: Path, text_columns: frozenset[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.headings)
        for _, cells in table.rows:
            texts = ((name, cells.get(name, "")) for name in table.headings)
            writer.writerow(
                [protected(text) if name in text_columns else text for name, text in texts]
            )
