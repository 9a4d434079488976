"""One pass through a sheet's XML: the texts of its cells, and all else that is to be known of it.

Cells and rows need not say where they stand: one that does not follows the one before. Whatever
would be lost or guessed at ends the pass: a value in an element that no sheet has, two values in
one cell, a cell where no spreadsheet has one.
"""

import re
from array import array
from dataclasses import dataclass, field
from functools import cache
from typing import IO

from planner.sheets.raw_table import MOST_COLUMNS, MOST_ROWS, TOO_FAR, column_number
from planner.sheets.workbook_values import LONGEST_CELL, CellTexts, Unreadable
from planner.sheets.workbook_xml import (
    DEEPEST,
    BrokenXml,
    is_own,
    is_true,
    listen,
    own_names,
    whole_number,
)

MOST_CELLS = 5_000_000
MOST_OTHERS = 2_000_000
"""Elements of a sheet that are no cells: links, conditional formats, merged areas."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The last that a spreadsheet has: its row 1048576, its column XFD."""
_SAVE_AGAIN = "Copy the workbook again, or open it in a spreadsheet and save it again as .xlsx."
DAMAGED = ("the sheet is damaged and cannot be read.", _SAVE_AGAIN)
NO_SHEET = ("the sheet cannot be read: something else is stored in its place.", _SAVE_AGAIN)
TWICE = ("a cell is stored twice.", _SAVE_AGAIN)
NOWHERE = (
    "a cell stands where no spreadsheet has one; the last is XFD1048576.",
    "Delete it, or open the workbook in a spreadsheet and save it again.",
)
TOO_MANY = (
    f"the sheet holds more than {MOST_CELLS:,} cells or {MOST_OTHERS:,} other things.",
    "Delete what does not belong to the table: empty formatted cells, formats, links.",
)

Words = tuple[str, str]
CellAddress = tuple[int, int]
"""The numbers of a row and of a column, from 1."""
Merged = tuple[CellAddress, CellAddress]
"""The first and the last cell of an area."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_LISTENED_TO = {
    "worksheet": ("sheetData", "cols", "mergeCells"),
    "cols": ("col",),
    "mergeCells": ("mergeCell",),
    "sheetData": ("row",),
    "row": ("c",),
    "c": ("v", "f", "is"),
    "is": ("t", "r"),
    "r": ("t",),
}
"""The elements that are listened to, by the one around them; all others are passed over."""
_OWN = own_names("worksheet", *(name for names in _LISTENED_TO.values() for name in names))
_AROUND_VALUES = ("sheetData", "row", "c", "is", "r", "v", "t")
_WITHOUT_VALUE = ("rPh", "rPr", "phoneticPr", "extLst")
"""What may stand in those beside what is listened to, and says nothing of a value."""


@dataclass
class SheetInside:
    """What a sheet's XML says.

    `lines` are the texts of its rows, from the first on; `flaws` cells that have no value to read,
    and why; `no_ids`, by column number, the rows of cells whose text need not be what was typed as
    an id. Where the sheet as a whole cannot be read, `broken` says why, and `broken_row` in which
    row.
    """

    lines: list[list[str]] = field(default_factory=list)
    flaws: dict[CellAddress, Words] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    no_ids: dict[int, "array[int]"] = field(default_factory=dict)
    broken: Words | None = None
    broken_row: int = 0


class _Stopped(Exception):
    """The sheet cannot be read as a whole: what is wrong with it, and in which row."""

    def __init__(self, words: Words, row: int = 0) -> None:
        super().__init__(words[0])
        self.words, self.row = words, row


def read_cells(part: IO[bytes], texts: CellTexts) -> SheetInside:
    """What a sheet's XML says. Raises TooMuchText where its texts would fill the memory."""
    reading = _Pass(texts)
    try:
        listen(part, reading.start, reading.end, reading.text)
        return reading.finished()
    except _Stopped as stopped:
        return SheetInside(broken=stopped.words, broken_row=stopped.row)
    except BrokenXml:
        return SheetInside(broken=DAMAGED)


class _Pass:
    """Where in the sheet a pass is, and what it has read so far."""

    def __init__(self, texts: CellTexts) -> None:
        self._inside = SheetInside()
        self._texts = texts
        self._open: list[str] = []
        """The elements that are open and listened to, the outermost first."""
        self._passing = 0
        """How deep in an element that is passed over."""
        self._rows: dict[int, dict[int, str]] = {}
        self._cells: dict[int, str] = {}
        self._row = self._column = 0
        self._row_digits = ""
        self._kind = self._style = ""
        self._raw: list[str] = []
        self._letters = 0
        """Of what is kept of the cell's text: no more than shows that it is too long."""
        self._listening = self._has_value = self._computed = self._has_data = False
        self._last_row = self._last_column = self._count = self._others = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins. Raises _Stopped, as all of these do."""
        if self._passing:
            self._passing += 1
            self._count_other()
            if self._passing > DEEPEST:
                raise _Stopped(DAMAGED)
            return
        around = self._open[-1] if self._open else ""
        element = _OWN.get(name, "")
        if element not in _LISTENED_TO.get(around, ("worksheet",) if not around else ()):
            self._pass_over(name, around)
            return
        self._open.append(element)
        if element == "c":
            self._start_cell(attributes)
        elif element in ("v", "is"):
            if self._has_value:
                raise _Stopped(TWICE, self._row)
            self._has_value = True
            self._listening = element == "v"
        elif element == "row":
            self._start_row(attributes)
        elif element == "t":
            self._listening = True
        elif element == "f":
            self._computed = True
        else:
            self._start_other(element, attributes)

    def text(self, text: str) -> None:
        """Text stands in an element."""
        if self._listening and not self._passing and self._letters <= LONGEST_CELL:
            self._raw.append(text)
            self._letters += len(text)

    def end(self, _: str) -> None:
        """An element ends."""
        if self._passing:
            self._passing -= 1
            return
        element = self._open.pop()
        if element == "c":
            self._end_cell()
        elif element in ("v", "t"):
            self._listening = False
        elif element == "row":
            self._end_row()

    def finished(self) -> SheetInside:
        """All that was read, its rows in their order. Raises _Stopped where no cells were held."""
        if not self._has_data:
            raise _Stopped(NO_SHEET)
        for row in range(1, self._last_row + 1):
            cells = self._rows.pop(row, {})
            last = max(cells, default=0)
            self._inside.lines.append([cells.get(column, "") for column in range(1, last + 1)])
        return self._inside

    def _pass_over(self, name: str, around: str) -> None:
        if not around:
            raise _Stopped(NO_SHEET)
        if around in _AROUND_VALUES and is_own(name, but=_WITHOUT_VALUE):
            raise _Stopped(DAMAGED, self._row)
        self._count_other()
        self._passing = 1

    def _count_other(self) -> None:
        self._others += 1
        if self._others > MOST_OTHERS:
            raise _Stopped(TOO_MANY)

    def _start_other(self, element: str, attributes: dict[str, str]) -> None:
        if element == "sheetData":
            if self._has_data:
                raise _Stopped(DAMAGED)
            self._has_data = True
        elif element == "col" and is_true(attributes.get("hidden")):
            first, last = (whole_number(attributes.get(name, "")) for name in ("min", "max"))
            if not _NUMBER.fullmatch(first) or not _NUMBER.fullmatch(last):
                raise _Stopped(DAMAGED)
            self._inside.hidden_columns.update(range(int(first), min(int(last), MOST_COLUMNS) + 1))
        elif element == "mergeCell":
            self._count_other()
            begin, _, end = attributes.get("ref", "").partition(":")
            if end:
                # Any two corners that face each other name an area.
                rows, columns = zip(_address(begin), _address(end), strict=True)
                self._inside.merged.append(((min(rows), min(columns)), (max(rows), max(columns))))

    def _start_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        number = whole_number(written or "")
        if written is None:
            self._row += 1
        elif _NUMBER.fullmatch(number):
            self._row = int(number)
        else:
            raise _Stopped(DAMAGED, self._row)
        if self._row > LAST_ROW:
            raise _Stopped(NOWHERE, self._row)
        self._row_digits = str(self._row)
        self._column = 0
        self._cells = {}
        if is_true(attributes.get("hidden")):
            self._inside.hidden_rows.append(self._row)

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._row in self._rows:
            raise _Stopped(TWICE, self._row)
        self._rows[self._row] = self._cells
        self._texts.refuse_too_much()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_CELLS:
            raise _Stopped(TOO_MANY)
        written = attributes.get("r")
        # Not matched against a pattern: a million cells are read in half the time.
        if written is None:
            self._column += 1
        elif written.endswith(self._row_digits):
            self._column = _column(written[: -len(self._row_digits)])
        else:
            self._column = 0
        if not 0 < self._column <= LAST_COLUMN:
            row, _ = _address(written or "", self._row)
            raise _Stopped(DAMAGED if row <= LAST_ROW else NOWHERE, self._row)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._has_value = self._computed = False
        self._raw.clear()
        self._letters = 0

    def _end_cell(self) -> None:
        if not self._has_value and not self._computed and self._kind != "e":
            return
        try:
            text, is_id = self._texts.of(
                "".join(self._raw), self._kind, self._style, computed=self._computed
            )
            if not text:
                return
            if not is_id:
                # An array: of a sheet full of decimals a set would take ten times the memory.
                self._inside.no_ids.setdefault(self._column, array("L")).append(self._row)
        except Unreadable as unreadable:
            self._inside.flaws[self._row, self._column] = unreadable.words
            text = ""
        if self._column in self._cells:
            raise _Stopped(TWICE, self._row)
        self._cells[self._column] = text
        if self._row > self._last_row or self._column > self._last_column:
            self._reach_out()

    def _reach_out(self) -> None:
        """A filled cell stands beyond all others."""
        row = self._last_row = max(self._last_row, self._row)
        column = self._last_column = max(self._last_column, self._column)
        if row > MOST_ROWS or column > MOST_COLUMNS or row * column > MOST_CELLS:
            raise _Stopped(TOO_FAR, self._row)


@cache
def _column(letters: str) -> int:
    """The number of a column; 0 where no column is called so."""
    named = len(letters) <= 3 and letters.isascii() and letters.isalpha() and letters.isupper()
    return column_number(letters) if named else 0


def _address(written: str, row: int = 0) -> CellAddress:
    """The row and the column of a cell's name. Raises _Stopped where no spreadsheet has it."""
    reference = _REFERENCE.fullmatch(written)
    if reference is None:
        raise _Stopped(NOWHERE, row)
    address = int(reference[2]), column_number(reference[1])
    if address[0] > LAST_ROW or address[1] > LAST_COLUMN:
        raise _Stopped(NOWHERE, row)
    return address
