"""Read an export as it comes: a CSV file, or a workbook.

The CSV file may have one of the usual encodings and one of the usual separators.
"""

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path

from planner.facts.cell_formats import nearest
from planner.sheets.csv_folder import LARGEST_FILE, lines_of
from planner.sheets.raw_table import RawSheet, table_of
from planner.words.errors import DatasetError, Fault

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_TITLE_ROWS = 10
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Export:
    """The rows of an export, and how they were read: `encoding` and `separator` in words, blank for
    a workbook.
    """

    table: RawSheet
    encoding: str = ""
    separator: str = ""


def read_export(path: Path, sheet: str | None = None, heading_row: int = 1) -> Export:
    """The export in a CSV file, or in a sheet of a workbook (its first, if none is named).

    Raises DatasetError where it cannot be read or holds no rows.
    """
    if not path.is_file():
        raise _unreadable(
            path.name,
            "is not there."
            if not path.exists()
            else "is a folder; give the file that was exported.",
        )
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        export = Export(_sheet_of_workbook(path, sheet, heading_row))
    elif sheet is not None:
        raise _unreadable(path.name, "is no workbook, so it has no sheets.", "Leave out --sheet.")
    else:
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise _unreadable(path.name, f"is larger than {LARGEST_FILE // 1_000_000} MB.")
            export = export_of(path.read_bytes(), path.name, heading_row)
        except OSError as error:
            raise _unreadable(path.name, f"cannot be read ({error.strerror}).") from None
    if not export.table.headings:
        raise _unreadable(
            path.name, "holds no headings.", "Export it again with a row of headings."
        )
    return export


def read_below_title(path: Path, sheet: str | None = None) -> Export:
    """The same for an export of which nothing is known yet: rows of one cell above the headings are
    taken for its title.
    """
    first = export = read_export(path, sheet)
    for _ in range(MOST_TITLE_ROWS):
        if len(export.table.headings) > 1 or not export.table.rows:
            break
        export = read_export(path, sheet, export.table.heading_row + 1)
    return export if len(export.table.headings) > 1 else first


def export_of(content: bytes, file: str, heading_row: int = 1) -> Export:
    """The export in the bytes of a CSV file. Raises DatasetError where they are none."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _unreadable(
            file,
            "is a workbook or an archive under another name.",
            "Rename a workbook to end in .xlsx.",
        )
    text, encoding = _decoded(content, file)
    separator = _separator(text, heading_row)
    try:
        lines = list(lines_of(io.StringIO(text, newline=""), separator))
    except csv.Error as error:
        raise _unreadable(
            file, f"cannot be read as CSV ({error}).", "Export it again as CSV."
        ) from None
    table = table_of(lines, file, heading_row)
    if table.broken:
        raise _unreadable(file, "cannot be read: " + table.broken[0], table.broken[1])
    return Export(table, encoding, SEPARATORS[separator])


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    """The text, and what its encoding is called: by its mark, else UTF-8 if it can be that, else
    Latin-1 as Windows has it.
    """
    try:
        for mark, name in _MARKS:
            if content.startswith(mark):
                return content.decode(name), "UTF-16" if name == "utf-16" else "UTF-8"
        if b"\0" in content[:1000]:
            little = content[1:2] == b"\0"
            return content.decode("utf-16-le" if little else "utf-16-be"), "UTF-16"
    except UnicodeDecodeError:
        raise _unreadable(
            file, "is no text in a known encoding.", "Export it again as 'CSV UTF-8'."
        ) from None
    try:
        text, name = content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        try:
            text, name = content.decode("cp1252"), "Latin-1"
        except UnicodeDecodeError:
            text, name = content.decode("latin-1"), "Latin-1"
    if "\0" in text:
        raise _unreadable(file, "is no text.", "Export it again as 'CSV UTF-8'.")
    return text, name


def _separator(text: str, heading_row: int) -> str:
    """What stands between the cells: whatever gives the line of headings the most cells."""

    def cells(separator: str) -> int:
        sample = text[:100_000].splitlines(keepends=True)[heading_row - 1 :]
        try:
            return next(
                (
                    len(line)
                    for line in csv.reader(sample, delimiter=separator, strict=True)
                    if any(map(str.strip, line))
                ),
                0,
            )
        except csv.Error:
            return 0

    return max(SEPARATORS, key=cells)


def _sheet_of_workbook(path: Path, sheet: str | None, heading_row: int) -> RawSheet:
    from planner.sheets.workbook_reading import read_workbook

    tables = read_workbook(path, heading_row)
    if not tables:
        raise _unreadable(path.name, "holds no sheet.")
    if sheet is not None and sheet not in tables:
        raise _unreadable(
            path.name,
            f"has no sheet '{sheet}'.",
            nearest(sheet, tables) or f"Its sheets are {', '.join(tables)}.",
        )
    table = tables[sheet] if sheet else next(iter(tables.values()))
    if table.broken:
        raise _unreadable(path.name, f"cannot be read: {table.broken[0]}", table.broken[1])
    return table


def _unreadable(file: str, rule: str, fix: str = "") -> DatasetError:
    return DatasetError([Fault("", 0, "", "", f"the export {rule}", fix, file)])
