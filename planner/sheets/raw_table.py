"""A sheet as text, before it has a meaning: what readers of files hand over."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.facts.cell_names import one_line

MOST_ROWS = 200_000
MOST_COLUMNS = 500
TOO_FAR = (
    f"a cell far outside of the table is filled; a sheet may have {MOST_ROWS:,} rows and "
    f"{MOST_COLUMNS} columns.",
    "Delete the rows and columns beyond the table.",
)


@dataclass(frozen=True)
class RawSheet:
    """A sheet's headings and its rows, as text. Rows carry the number that a spreadsheet shows
    beside them.

    A cell that stands under no heading is kept under the heading `""`, so that it can be reported.
    `columns` holds the number of each heading's column, `strays` by row that of the first cell
    under no heading. `unreadable` holds, by row and heading, cells that have no value to read,
    `broken` the same for the sheet as a whole: what is wrong with it, and how to mend it (and in
    which row, where one is meant: `broken_row`). `hidden` says what a planner does not see: the
    whole sheet (0) or rows of it, `hidden_columns` the headings of columns. `no_ids` holds, by
    heading, the rows of cells that are no ids: a number which is not whole or not exact, a date, a
    yes or no.
    """

    headings: tuple[str, ...] = ()
    rows: Sequence[tuple[int, Mapping[str, str]]] = field(default=())
    heading_row: int = 1
    file: str = ""
    unreadable: Mapping[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    broken: tuple[str, str] | None = None
    broken_row: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    strays: Mapping[int, int] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    no_ids: Mapping[str, Collection[int]] = field(default_factory=dict)

    def cell(self, heading: str, row: int) -> str:
        """A cell as a spreadsheet calls it (`D14`), under no heading the row's first; nothing where
        its column is not known.
        """
        number = (
            self.columns.get(heading)
            if heading
            else self.strays.get(row, min(self.strays.values(), default=None))
        )
        return f"{column_letters(number)}{row}" if number else ""


def table_of(lines: Iterable[Sequence[str]], file: str = "", first: int = 1) -> RawSheet:
    """The table in a sheet's lines: from the line `first` on, the first that is not blank holds the
    headings; blank lines are skipped. Of more rows or columns than a sheet may have, none are kept,
    and the table is broken.
    """
    headings: list[str] | None = None
    heading_row = 1
    rows = []
    columns: dict[str, int] = {}
    strays: dict[int, int] = {}
    numbered = enumerate(lines, start=1)
    for number, line in numbered:
        cells = [_writable(one_line(cell)) for cell in line]
        if number < first or not any(cells):
            continue
        if headings is None:
            headings, heading_row = cells, number
            for place, heading in enumerate(headings, start=1):
                columns.setdefault(heading, place)
        else:
            found = _under(headings, cells)
            if "" in found:
                strays[number] = (
                    next(
                        place
                        for place, cell in enumerate(cells)
                        if cell and (place >= len(headings) or not headings[place])
                    )
                    + 1
                )
            rows.append((number, found))
            if len(rows) > MOST_ROWS:
                count = len(rows) + sum(any(map(str.strip, further)) for _, further in numbered)
                return RawSheet(file=file, broken=_too_many(count, MOST_ROWS, "row"))
        if number == heading_row and len(cells) > MOST_COLUMNS:
            return RawSheet(file=file, broken=_too_many(len(cells), MOST_COLUMNS, "column"))
    return RawSheet(
        tuple(filter(None, headings or ())), rows, heading_row, file, columns=columns, strays=strays
    )


def _writable(text: str) -> str:
    """A text without halves of characters, which no file can hold: they become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _too_many(count: int, most: int, what: str) -> tuple[str, str]:
    """What is wrong with a sheet of so many rows or columns, and how to mend it."""
    return (
        f"there are {count:,} {what}s; a sheet may have {most:,}.",
        f"Delete the {what}s that are not needed.",
    )


def _under(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The filled cells of a row by heading; of a heading that occurs twice, the first."""
    found: dict[str, str] = {}
    for index, cell in enumerate(cells):
        if cell:
            found.setdefault(headings[index] if index < len(headings) else "", cell)
    return found


def column_letters(number: int) -> str:
    """What a spreadsheet calls a column: `A` for 1, `AA` for 27."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column: 1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
