"""A plain table in a sheet: a frozen heading, fitting columns, figures at the right."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from planner.render.workbook.canvas import HEADING, PLAIN, Canvas, Look, Value
from planner.words import palette

RIGHT = Look(align="right", number="#,##0")
SHARE = Look(align="right", number="0.0 %")
WRAPPED = Look(wrap=True)


@dataclass(frozen=True)
class ReportColumn:
    """A column of a table: its heading, how wide it is in letters, and how its cells look."""

    heading: str
    width: float
    look: Look = PLAIN


def write_table(
    canvas: Canvas,
    columns: Sequence[ReportColumn],
    rows: Iterable[Sequence[Value]],
    top: int = 1,
    *,
    whole: bool = True,
) -> int:
    """Write a table; gives its last row. A `whole` sheet's table has a frozen heading, a filter and
    its own widths.
    """
    looks = _apart([column.look for column in columns])
    for place, (column, own) in enumerate(zip(columns, looks, strict=True), start=1):
        look = HEADING.but(align=own.align, indent=own.indent)
        canvas.put(top, place, column.heading, look)
        if whole:
            canvas.widths(place, column.width * 5.6)
    canvas.heights(top, top, 30 if any(len(c.heading) > c.width for c in columns) else 18)
    row = top
    for row, values in enumerate(rows, start=top + 1):
        for place, (own, value) in enumerate(zip(looks, values, strict=True), start=1):
            canvas.put(row, place, value, own)
    if whole:
        canvas.sheet.freeze_panes = f"A{top + 1}"
        canvas.sheet.auto_filter.ref = (
            f"A{top}:{get_column_letter(len(columns))}{max(row, top + 1)}"
        )
        canvas.sheet.print_title_rows = f"{top}:{top}"
    return row


def _apart(looks: Sequence[Look]) -> list[Look]:
    """The looks of columns, with some room where text follows a column of figures."""
    before = [PLAIN, *looks]
    return [
        look.but(indent=1) if not look.align and last.align == "right" else look
        for last, look in zip(before, looks, strict=False)
    ]


def total_line(canvas: Canvas, row: int, values: Sequence[Value], looks: Sequence[Look]) -> None:
    """The sum under a table, under a line."""
    for place, (value, look) in enumerate(zip(values, looks, strict=True), start=1):
        canvas.put(row, place, value, look.but(bold=True, above=palette.MUTED))


def without(
    columns: Sequence[ReportColumn], rows: Iterable[Sequence[Value]], headings: Collection[str]
) -> tuple[list[ReportColumn], list[list[Value]]]:
    """A table without some of its columns, for those who are not to see them."""
    kept = [place for place, column in enumerate(columns) if column.heading not in headings]
    return [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]
