"""Two to four plans side by side in a workbook.

A summary, then cost, schools, groups, people, positions and findings.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl.utils import get_column_letter

from planner.comparison import Comparison, ComparisonRow
from planner.comparison.comparison import SECTIONS, SUMMARY, TABLES
from planner.comparison.row import Value
from planner.render.workbook.canvas import HEADING, MUTED, PLAIN, TITLE, Book, Canvas, Look
from planner.words.wording import listed

LISTS = ("cost", "schools", "groups", "people", "positions", "findings")
NUMBERS = {
    "money": "#,##0.00",
    "unit_cost": "#,##0.0000",
    "fte": "0.######",
    "share": "0.0 %",
    "percent": "0.####",
    "adults": "0.00",
}
WHOLE = "#,##0"
SECTION = Look(size=12, bold=True)
WIDTHS = {
    "what": 20,
    "unit": 20,
    "value": 16,
    "of": 10,
    "note": 28,
    "difference": 14,
    "because": 34,
}
FIGURES, INDENTED = ("value", "of", "difference"), ("note", "because")
FIRST, LONG = 40, 80
"""How wide the names of things are, and those of findings, in letters."""
ColumnKey = tuple[str, str, int]
"""A column: its heading, what it holds, and of which plan."""


def write_compare_workbook(path: Path, comparison: Comparison, *, everything: bool) -> None:
    """Write a comparison; rows without any difference only where everything is asked for."""
    book = Book(comparison.locale)
    _write_summary(book.sheet("summary"), comparison, everything=everything)
    for name in LISTS:
        rows = comparison.table(name, everything=everything)
        canvas = book.sheet(name)
        places = list(_places(comparison, rows, "Finding" if name == "findings" else "Of"))
        _widths(canvas, places, LONG if name == "findings" else FIRST)
        last = _write_rows(canvas, comparison, places, rows, 1)
        canvas.sheet.freeze_panes = "B2"
        canvas.sheet.auto_filter.ref = f"A1:{get_column_letter(len(places))}{max(2, last)}"
        canvas.sheet.print_title_rows = "1:1"
        if not rows:
            canvas.put(2, 1, "Nothing differs here.", MUTED)
    book.save(path)


def _write_summary(canvas: Canvas, comparison: Comparison, *, everything: bool) -> None:
    """The plans and what changed in their scenarios, then the four questions."""
    rows = comparison.table(*SUMMARY, everything=everything)
    places = [place for place in _places(comparison, rows, "") if place[1] not in ("id", "what")]
    places[0] = ("", "whole", 0)
    _widths(canvas, places, FIRST)
    canvas.put(1, 1, listed([plan.label for plan in comparison.plans]), TITLE)
    canvas.heights(1, 1, 26)
    base = comparison.plans[comparison.base].label
    money = f", money in {comparison.currency} a year" if comparison.currency else ""
    canvas.put(
        2, 1, f"Figures a {comparison.period}{money}; the differences are from {base}.", MUTED
    )
    row = 3
    for remark in comparison.remarks:
        canvas.put(row, 1, remark)
        row += 1
    for plan in comparison.plans:
        for change in plan.changes:
            canvas.put(row, 1, f"{plan.label}: {change}")
            row += 1
    for section in SECTIONS:
        some = [one for one in rows if TABLES[one.table] == section]
        if some:
            canvas.put(row + 1, 1, section, SECTION)
            row = _write_rows(canvas, comparison, places, some, row + 2) + 1


def _places(
    comparison: Comparison, rows: Sequence[ComparisonRow], first: str
) -> Iterator[ColumnKey]:
    """The columns that some rows need: notes, what is owed and reasons only where there are any."""
    yield first, "label", 0
    if any(row.id for row in rows):
        yield "Id", "id", 0
    yield from (("What", "what", 0), ("Unit", "unit", 0))
    for number, plan in enumerate(comparison.plans):
        yield plan.label, "value", number
        if any(row.owed for row in rows):
            yield "of", "of", number
        if any(row.notes[number] for row in rows):
            yield "Note", "note", number
        if number != comparison.base:
            yield "Difference", "difference", number
        if any(row.because[number] for row in rows):
            yield "Because", "because", number


def _widths(canvas: Canvas, places: Sequence[ColumnKey], first: int) -> None:
    for column, (_, what, _) in enumerate(places, start=1):
        canvas.widths(column, 5.6 * (first if what in ("label", "whole") else WIDTHS.get(what, 14)))


def _write_rows(
    canvas: Canvas,
    comparison: Comparison,
    places: Sequence[ColumnKey],
    rows: Sequence[ComparisonRow],
    top: int,
) -> int:
    """A heading and the rows; gives the last row."""
    for column, (heading, what, _) in enumerate(places, start=1):
        canvas.put(
            top,
            column,
            heading,
            HEADING.but(
                align="right" if what in FIGURES else "", indent=1 if what in INDENTED else 0
            ),
        )
    canvas.heights(top, top, 30)
    for place, row in enumerate(rows, start=top + 1):
        for column, (_, what, plan) in enumerate(places, start=1):
            value, look = _cell(comparison, row, what, plan)
            canvas.put(place, column, value, look)
    return top + len(rows)


def _cell(
    comparison: Comparison, row: ComparisonRow, what: str, plan: int
) -> tuple[Value | str, Look]:
    number = NUMBERS.get(row.unit, WHOLE)
    right = Look(align="right", number=number)
    if what == "value":
        return (None, right) if row.relative else (row.values[plan], right)
    if what == "of":
        return (row.owed[plan] if row.owed else None), right
    if what == "difference":
        return row.differences[plan], right.but(number=f'+{number};"−"{number};{number}')
    words = {
        "label": row.label,
        "whole": row.called,
        "id": row.id,
        "what": row.what,
        "unit": row.unit_words or unit_words(row, comparison.currency),
        "note": row.notes[plan],
        "because": row.because[plan],
    }
    wrapped = what in ("label", "whole", "note", "because")
    return words[what] or None, PLAIN.but(wrap=wrapped, indent=1 if what in INDENTED else 0)


def unit_words(row: ComparisonRow, currency: str) -> str:
    """The unit of a row's figures as the heading of a column would say it."""
    if row.unit in ("money", "unit_cost"):
        return currency
    return {"fte": "FTE", "share": "% (difference: points)", "percent": "%", "changes": ""}.get(
        row.unit, row.unit
    )
