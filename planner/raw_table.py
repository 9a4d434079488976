"""A sheet as text, before it has a meaning: what the readers of workbooks and CSV files hand over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """A sheet's headings and its rows, as text. Rows carry the number that a spreadsheet shows beside them.

    A cell that stands under no heading is kept under the heading `""`, so that it can be reported. `unreadable` holds, by
    row and heading, cells that have no value to read, `broken` the same for the sheet as a whole: what is wrong with it,
    and how to mend it. `columns` numbers the headings' columns from 1, and under `""` the first filled column that has no
    heading; it is empty where the rows come from no sheet.
    """

    headings: tuple[str, ...] = ()
    rows: Sequence[tuple[int, Mapping[str, str]]] = field(default=())
    heading_row: int = 1
    file: str = ""
    unreadable: Mapping[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    broken: tuple[str, str] | None = None
    columns: Mapping[str, int] = field(default_factory=dict)

    def cell(self, heading: str, row: int) -> str:
        """A cell as a spreadsheet calls it (`D14`); nothing where its column is not known."""
        return f"{column_letters(self.columns[heading])}{row}" if heading in self.columns else ""


def column_letters(number: int) -> str:
    """A column as a spreadsheet calls it: `A` for 1, `AA` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def table_of(lines: Iterable[Sequence[str]], file: str = "") -> Table:
    """The table in a sheet's lines: the first line that is not blank holds the headings, blank lines are skipped."""
    headings: list[str] | None = None
    heading_row = 1
    rows = []
    columns: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if headings is None:
            headings, heading_row = cells, number
            columns = {heading: column for column, heading in reversed([*enumerate(cells, start=1)]) if heading}
        else:
            nameless = [column for column, cell in enumerate(cells) if cell and "".join(headings[column : column + 1]) == ""]
            if nameless:
                columns[""] = min(nameless[0] + 1, columns.get("", len(cells)))
            rows.append((number, _under(headings, cells)))
    return Table(tuple(filter(None, headings or ())), rows, heading_row, file, columns=columns)


def _under(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The filled cells of a row by heading; of a heading that occurs twice, the first."""
    found: dict[str, str] = {}
    for index, cell in enumerate(cells):
        if cell:
            found.setdefault(headings[index] if index < len(headings) else "", cell)
    return found
