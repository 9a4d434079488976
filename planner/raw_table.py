"""A sheet as text, before it has a meaning: what the readers of workbooks and CSV files hand over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """A sheet's headings and its rows, as text. Rows carry the number that a spreadsheet shows beside them.

    A cell that stands under no heading is kept under the heading `""`, so that it can be reported. `unreadable` holds, by
    row and heading, cells that have no value to read, `broken` the same for the sheet as a whole: what is wrong with it,
    and how to mend it.
    """

    headings: tuple[str, ...] = ()
    rows: Sequence[tuple[int, Mapping[str, str]]] = field(default=())
    heading_row: int = 1
    file: str = ""
    unreadable: Mapping[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    broken: tuple[str, str] | None = None


def table_of(lines: Iterable[Sequence[str]], file: str = "", first: int = 1) -> Table:
    """The table in a sheet's lines: from the line `first` on, the first that is not blank holds the headings; blank lines
    are skipped.
    """
    headings: list[str] | None = None
    heading_row = 1
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line]
        if number < first or not any(cells):
            continue
        if headings is None:
            headings, heading_row = cells, number
        else:
            rows.append((number, _under(headings, cells)))
    return Table(tuple(filter(None, headings or ())), rows, heading_row, file)


def _under(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The filled cells of a row by heading; of a heading that occurs twice, the first."""
    found: dict[str, str] = {}
    for index, cell in enumerate(cells):
        if cell:
            found.setdefault(headings[index] if index < len(headings) else "", cell)
    return found
