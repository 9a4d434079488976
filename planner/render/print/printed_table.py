"""Draw tables on paper: the columns of a sheet, as wide as the page.

They run over as many pages as they need, with headings on each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from babel.numbers import format_decimal

from planner.render.print.paper import Paper
from planner.render.print.printed_text import BOLD, LINE, PLAIN, width, wrapped
from planner.render.shares_text import shares_text
from planner.render.workbook.canvas import Value
from planner.render.workbook.table import ReportColumn
from planner.words import palette

TITLE = 16.0
NOTE = 8.5
CELL = 7.0
GROUND = 5.0
"""The smallest type of a table."""
SPACE = 9.0
"""Between columns."""
LEAD = 3.0
"""Above and below the words of a row."""
AFTER = 14.0


@dataclass
class Flow:
    """Where one is on a page that is filled from above, and what to do when it is full."""

    paper: Paper
    locale: str
    heading: str = ""
    _top: float = field(default=0.0, init=False)

    def page(self, heading: str, key: str = "") -> None:
        """Start a page under a heading; with a key it stands in the outline."""
        self.paper.begin()
        self.heading = heading
        if key:
            self.paper.bookmark(key, heading)
        self.paper.text(0, TITLE, heading, TITLE, self.paper.width, bold=True)
        self._top = TITLE + 14

    def _room_for(self, height: float) -> bool:
        return self._top + height <= self.paper.height

    def _next_page(self) -> None:
        self.paper.begin()
        self.paper.text(
            0, 10, f"{self.heading} (continued)", 9, self.paper.width, colour=palette.MUTED
        )
        self._top = 20

    def note(self, text: str, *, bold: bool = False, indent: float = 0, size: float = NOTE) -> None:
        """A paragraph."""
        lines = wrapped(text, BOLD if bold else PLAIN, size, self.paper.width - indent)
        for line in lines:
            if not self._room_for(size * LINE):
                self._next_page()
            self._top = self.paper.lines(
                indent, self._top, [line], size, bold=bold, colour=palette.TEXT
            )

    def space(self, height: float = AFTER) -> None:
        """Some room before what follows."""
        self._top += height

    def table(
        self,
        columns: Sequence[ReportColumn],
        rows: Sequence[Sequence[Value]],
        sums: Sequence[Value] = (),
        title: str = "",
    ) -> None:
        """A table under its title; `sums` stand under a line at its end. Type is as large as its
        columns let it be.
        """
        said = [
            [
                written(value, column.look.number, self.locale)
                for value, column in zip(row, columns, strict=True)
            ]
            for row in rows
        ]
        added = [
            written(value, column.look.number, self.locale)
            for value, column in zip(sums, columns, strict=bool(sums))
        ]
        size, widths = _fit(columns, [*said, *([added] if added else [])], self.paper.width)
        heads = [
            wrapped(column.heading, BOLD, size, room)
            for column, room in zip(columns, widths, strict=True)
        ]
        head = max(len(lines) for lines in heads) * size * LINE + 2 * LEAD
        if not self._room_for((TITLE if title else 0) + head + 3 * size * LINE):
            self._next_page()
        if title:
            self.note(title, bold=True, size=10)
            self.space(2)
        self._head(columns, heads, widths, size, head)
        for row in said:
            lines = [
                wrapped(text, PLAIN, size, room) for text, room in zip(row, widths, strict=True)
            ]
            height = max(map(len, lines), default=1) * size * LINE + LEAD
            if not self._room_for(height):
                self._next_page()
                self._head(columns, heads, widths, size, head)
            self._cells(columns, lines, widths, size, LEAD / 2)
            self._top += height
            self.paper.line(0, self._top, self.paper.width, palette.FAINT)
        if added:
            self._sums(columns, added, widths, size)
        self.space()

    def _head(
        self,
        columns: Sequence[ReportColumn],
        heads: list[list[str]],
        widths: list[float],
        size: float,
        height: float,
    ) -> None:
        self.paper.ground(0, self._top, self.paper.width, height, palette.BAND)
        self._cells(columns, heads, widths, size, LEAD, bold=True)
        self._top += height
        self.paper.line(0, self._top, self.paper.width, palette.MUTED)

    def _sums(
        self, columns: Sequence[ReportColumn], added: list[str], widths: list[float], size: float
    ) -> None:
        height = size * LINE + 2 * LEAD
        if not self._room_for(height):
            self._next_page()
        self.paper.line(0, self._top, self.paper.width, palette.MUTED, 0.8)
        self._cells(
            columns, [[text] if text else [] for text in added], widths, size, LEAD, bold=True
        )
        self._top += height

    def _cells(
        self,
        columns: Sequence[ReportColumn],
        cells: list[list[str]],
        widths: list[float],
        size: float,
        lead: float,
        *,
        bold: bool = False,
    ) -> None:
        left = 0.0
        for column, lines, room in zip(columns, cells, widths, strict=True):
            for number, line in enumerate(lines):
                baseline = self._top + lead + size + number * size * LINE
                self.paper.text(
                    left, baseline, line, size, room, bold=bold, align=column.look.align or "left"
                )
            left += room + SPACE


def printed_rows(
    columns: Sequence[ReportColumn], rows: Sequence[Sequence[Value]], locale: str
) -> list[list[str]]:
    """A table as it is read: in a column of money the same decimals, as many as its longest figure
    has.
    """
    forms = [
        _form(column.look.number, [row[place] for row in rows], locale)
        for place, column in enumerate(columns)
    ]
    return [
        [written(value, form, locale) for value, form in zip(row, forms, strict=True)]
        for row in rows
    ]


def _form(form: str, values: Sequence[Value], locale: str) -> str:
    """The form of a column with its optional decimals made fixed; figures without fixed ones, as
    FTE, are written as they are.
    """
    whole, _, decimals = form.partition(".")
    if "#" not in decimals or not decimals.startswith("0"):
        return form
    longest = max(
        (len(written(value, form, locale).partition(".")[2]) for value in values), default=0
    )
    return f"{whole}.{'0' * longest}"


def written(value: Value, form: str, locale: str) -> str:
    """A cell as it is read: figures in the locale, as many decimals as the column has, with a true
    minus.
    """
    if value is None:
        return ""
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return shares_text(value)
    if isinstance(value, int | float | Decimal):
        return format_decimal(value, format=form or "#,##0.######", locale=locale).replace("-", "−")
    return str(value)


def _fit(
    columns: Sequence[ReportColumn], rows: Sequence[Sequence[str]], room: float
) -> tuple[float, list[float]]:
    """The size of the type, and the width of each column: figures, ids and dates are never parted,
    text shares what is left.

    From the largest type down, the first in which every word fits its column.
    """
    room -= SPACE * (len(columns) - 1)
    size = CELL
    while True:
        least = [
            _least(column, [row[place] for row in rows], size)
            for place, column in enumerate(columns)
        ]
        most = [
            _most(column, [row[place] for row in rows], size)
            for place, column in enumerate(columns)
        ]
        if sum(least) <= room or size <= GROUND:
            break
        size -= 0.25
    if sum(least) > room:
        return size, [each * room / sum(least) for each in least]
    if sum(most) <= room:
        return size, [each * min(room / sum(most), 1.6) for each in most]
    over = [wide - narrow for wide, narrow in zip(most, least, strict=True)]
    share = (room - sum(least)) / sum(over)
    return size, [narrow + extra * share for narrow, extra in zip(least, over, strict=True)]


def _least(column: ReportColumn, cells: Sequence[str], size: float) -> float:
    """What the longest word needs; of a figure, the whole."""
    words = [
        word
        for text in cells
        for word in ([text] if column.look.align == "right" else text.split())
    ]
    heads = column.heading.split()
    return (
        max(
            [width(word, BOLD, size) for word in heads]
            + [width(word, BOLD, size) for word in words],
            default=0,
        )
        + 1
    )


def _most(column: ReportColumn, cells: Sequence[str], size: float) -> float:
    """What the longest cell, or the heading, needs on one line."""
    return max(width(text, BOLD, size) + 1 for text in (column.heading, *cells))
