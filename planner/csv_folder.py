"""A folder of CSV files, one a sheet: in and out as text.

Text that a spreadsheet would take for a formula (it begins with = + - @) is written with an apostrophe before it, and read
without; numbers stay bare, so that they remain numbers.
"""

import csv
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.errors import DatasetError, Fault
from planner.raw_table import Table, table_of

LARGEST_FILE = 100_000_000
LONGEST_CELL = 1_000_000
_FORMULA = re.compile(r"'*[=+\-@]")
_PROTECTED = re.compile(r"'+[=+\-@]")


def read_folder(folder: Path) -> dict[str, Table]:
    """The tables of all CSV files in a folder, by file name without `.csv`.

    A file that is too large, not UTF-8 or no CSV becomes a broken table. Raises DatasetError where there is no file.
    """
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv" and path.name[0] not in ".~"]
    if not files:
        fix = "A dataset is a folder of CSV files named after their sheets (district.csv, roles.csv, …) or one .xlsx."
        raise DatasetError([Fault("", 0, "", str(folder), "holds no CSV files.", fix)])
    return {path.stem: _read_file(path) for path in files}


def _read_file(path: Path) -> Table:
    try:
        return table_of(_lines(path), path.name)
    except ValueError as error:
        return Table(file=path.name, broken=_sentences(str(error)))


def _lines(path: Path) -> list[list[str]]:
    """The cells of a file, line by line. Raises ValueError with what is wrong with the file and how to mend it."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError(f"the file is larger than {LARGEST_FILE // 1_000_000} MB.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = lines_of(file)
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8 text. Save it as 'CSV UTF-8'.") from None
    except csv.Error as error:
        raise ValueError(f"the file cannot be read as CSV ({error}). Save it again as 'CSV UTF-8'.") from None
    except OSError as error:
        raise ValueError(f"the file cannot be read ({error.strerror}).") from None
    if any("\0" in cell for line in lines for cell in line):
        raise ValueError("the file is not UTF-8 text. Save it as 'CSV UTF-8'.")
    if lines and len(lines[0]) == 1 and re.search(r"\w[;\t]\s*\w", lines[0][0]):
        raise ValueError("the columns are not separated by commas. Save it as 'CSV UTF-8 (comma delimited)'.")
    return lines


def lines_of(file: Iterable[str], separator: str = ",") -> list[list[str]]:
    """The cells of CSV text, line by line, without the apostrophe that protects text from being read as a formula.

    Raises csv.Error where it is no CSV.
    """
    csv.field_size_limit(LONGEST_CELL)
    return [[_unprotected(cell) for cell in line] for line in csv.reader(file, delimiter=separator, strict=True)]


def _sentences(message: str) -> tuple[str, str]:
    """What is wrong, and what to do: the two sentences of a message."""
    wrong, stop, mend = message.partition(". Save")
    return (f"{wrong}.", f"Save{mend}") if stop else (wrong, "")


def _unprotected(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if _PROTECTED.match(cell) else cell


def protected(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_folder(tables: Mapping[str, Table], folder: Path, text_columns: Mapping[str, frozenset[str]]) -> None:
    """Write each table as a CSV file; a file is replaced only when its successor is complete.

    `text_columns` names, by sheet, the columns to protect from being read as formulas. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for sheet, table in tables.items():
        path = folder / f"{sheet}.csv"
        unfinished = path.with_suffix(".csv.unfinished")
        try:
            _write_file(table, unfinished, text_columns.get(sheet, frozenset()))
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)


def _write_file(table: Table, path: Path, text_columns: frozenset[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.headings)
        for _, cells in table.rows:
            texts = ((name, cells.get(name, "")) for name in table.headings)
            writer.writerow([protected(text) if name in text_columns else text for name, text in texts])
