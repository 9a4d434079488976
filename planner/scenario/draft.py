"""Hold the sheets of a dataset as text while they are being changed.

Rows can be found by what they say, and cells remember which change wrote them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import PydanticUndefined

from planner.facts.cell_formats import Reading
from planner.facts.row import ColumnSpec
from planner.facts.sheets import SHEETS, heading
from planner.sheets.dataset import contract_sheets, reading_of
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import columns_by_heading, folded, is_remark

_ONLY_SEPARATORS = re.compile(r"[\s;,|]*")
UNREADABLE = object()
"""The value of a cell whose text has no meaning; it equals nothing."""


@dataclass(frozen=True)
class RowOrigin:
    """The change that wrote a cell: its file and line."""

    file: str
    line: int


class SheetDraft:
    """Sheets in the making. Rows are known by the numbers that they have in the base; added ones
    follow after the last.
    """

    def __init__(self, tables: Mapping[str, RawSheet]) -> None:
        self._tables = contract_sheets(tables)[0]
        self._rows = {
            sheet: dict(_canonical(sheet, table)) for sheet, table in self._tables.items()
        }
        self._origins: dict[tuple[str, int, str], RowOrigin] = {}
        self._last = {sheet: max(rows, default=1) for sheet, rows in self._rows.items()}
        self._typed: dict[tuple[str, str, str], Any] = {}
        self.reading = Reading()
        self.reread()

    def reread(self) -> None:
        """Take the cycle and the grades from the district as it stands now."""
        district = self.tables().get("district")
        reading = reading_of({"district": district}) if district else Reading()
        if reading != self.reading:
            self.reading = reading
            self._typed.clear()

    def rows(self, sheet: str) -> Mapping[int, Mapping[str, str]]:
        """The texts of a sheet's rows by row number; blank cells are left out."""
        return self._rows.get(sheet, {})

    def value(self, sheet: str, number: int, column: str) -> Any:
        """What a cell says, typed; its default where it is blank, UNREADABLE where it says nothing
        that can be read.
        """
        return self.meaning(sheet, column, self._rows[sheet][number].get(column, ""))

    def meaning(self, sheet: str, column: str, text: str) -> Any:
        """What a text says in a column, as `value`."""
        key = (sheet, column, text)
        if key not in self._typed:
            try:
                self._typed[key] = self.read(sheet, column, text)
            except ValueError:
                self._typed[key] = UNREADABLE
        return self._typed[key]

    def read(self, sheet: str, column: str, text: str) -> Any:
        """What a text says in a column, as it is compared: lists without regard to order, all days
        where blank means all.

        Raises ValueError where it says nothing that can be read.
        """
        field, described = columns_by_heading(sheet)[column]
        is_blank = _ONLY_SEPARATORS.fullmatch(text) and (
            described.cell.kind != "text" or not text.strip()
        )
        value = default_of(sheet, field) if is_blank else described.cell.parse(text, self.reading)
        if value == () and described.default == "all" and described.cell.kind in ("days", "grades"):
            return frozenset(
                self.reading.cycle if described.cell.kind == "days" else self.reading.grades
            )
        return frozenset(value) if isinstance(value, tuple) and type(value) is tuple else value

    def find(self, sheet: str, where: Mapping[str, tuple[str, ...]]) -> list[int]:
        """The numbers of the rows that say one of the given texts in each of some columns."""
        wanted = {
            column: [self.meaning(sheet, column, text) for text in texts]
            for column, texts in where.items()
        }
        return [
            number
            for number in self.rows(sheet)
            if all(
                any(self.value(sheet, number, column) == value for value in values)
                for column, values in wanted.items()
            )
        ]

    def write(self, sheet: str, number: int, column: str, text: str, origin: RowOrigin) -> None:
        """Write a cell; a blank text clears it."""
        if text:
            self._rows[sheet][number][column] = text
        else:
            self._rows[sheet][number].pop(column, None)
        self._origins[sheet, number, column] = origin

    def add(self, sheet: str, cells: Mapping[str, str], origin: RowOrigin) -> None:
        """Add a row after the last."""
        rows = self._rows.setdefault(sheet, {})
        self._tables.setdefault(sheet, RawSheet(file=f"{sheet}.csv"))
        self._last[sheet] = number = self._last.get(sheet, 1) + 1
        rows[number] = {}
        for column, text in cells.items():
            self.write(sheet, number, column, text, origin)
        self._origins[sheet, number, ""] = origin

    def drop(self, sheet: str, number: int) -> None:
        """Take a row away."""
        del self._rows[sheet][number]

    def origin(self, sheet: str, number: int, column: str) -> RowOrigin | None:
        """The change that wrote a cell, or that added its row; None where none did."""
        return self._origins.get((sheet, number, column)) or self._origins.get((sheet, number, ""))

    def called(self, sheet: str, number: int) -> str:
        """A row by its key, `P-014`, or by its number where rows have none."""
        names = [self._rows[sheet][number].get(heading(name), "") for name in SHEETS[sheet].KEY]
        return " ".join(filter(None, names)) or f"row {number}"

    def tables(self) -> dict[str, RawSheet]:
        """The sheets as they stand; one whose last row was dropped is left out."""
        found = {}
        for sheet, rows in self._rows.items():
            table = self._tables[sheet]
            written = [
                name
                for name in columns_by_heading(sheet)
                if name in _headings(sheet, table).values()
            ]
            new = [
                name
                for name in columns_by_heading(sheet)
                if name not in written and any(name in cells for cells in rows.values())
            ]
            if rows or not table.rows:
                places = {
                    name: table.columns[before]
                    for before, name in _headings(sheet, table).items()
                    if before in table.columns
                }
                found[sheet] = replace(
                    table,
                    headings=(*written, *new),
                    rows=[(number, dict(cells)) for number, cells in sorted(rows.items())],
                    columns=places,
                    strays={},
                    unreadable={},
                )
        return found


def default_of(sheet: str, field: str) -> Any:
    """A column's value where its cell is blank; None where it is required."""
    default = SHEETS[sheet].model_fields[field].default
    return None if default is PydanticUndefined else default


def column_of(sheet: str, name: str) -> ColumnSpec:
    """The column under a heading."""
    return columns_by_heading(sheet)[name][1]


def _headings(sheet: str, table: RawSheet) -> dict[str, str]:
    """The contract's column for each heading as it is written."""
    by_fold = {folded(name): name for name in columns_by_heading(sheet)}
    found = {}
    for written in table.headings:
        name = by_fold.get(folded(written)) or by_fold.get(folded(written).replace(" ", "_"))
        if name and not is_remark(written):
            found[written] = name
    return found


def _canonical(sheet: str, table: RawSheet) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that say anything, by the contract's columns."""
    names = _headings(sheet, table)
    for number, cells in table.rows:
        texts = {
            names[written]: text.strip()
            for written, text in cells.items()
            if written in names and text.strip()
        }
        if texts:
            yield number, texts
