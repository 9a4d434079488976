"""The workbook's tables on the screen: the same columns and rows, so that nothing is computed or worded twice."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from planner.exports.printed_table import written
from planner.reports.canvas import Value
from planner.reports.table import Column
from planner.words import Words
from ui.screen.table import Cell, Head, table

MOST = 7
"""Columns before one must ask for more."""


def sheet_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    words: Words,
    *,
    caption: str,
    shown: Collection[str] = (),
    sums: Sequence[Value] = (),
    key: str = "",
) -> Markup:
    """The table; of its columns those `shown` (by heading, else all). With `key`, each row can be picked by what it has there."""
    kept = [place for place, column in enumerate(columns) if not shown or column.heading in shown]
    picking = next((place for place, column in enumerate(columns) if column.heading == key), None)
    heads = [Head(columns[place].heading, figures=columns[place].look.align == "right") for place in kept]

    def cells(row: Sequence[Value]) -> list[Cell]:
        texts = [written(row[place], columns[place].look.number, words.locale) for place in kept]
        picked = "" if picking is None or row[picking] is None else str(row[picking])
        return [Cell(text, key=picked if number == 0 else "") for number, text in enumerate(texts)]

    return table(heads, [cells(row) for row in rows], sums=cells(sums) if sums else (), caption=caption)
