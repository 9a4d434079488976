"""A sheet to draw on: looks are named once and shared by all cells.

Text stays text, and pages are measured in points.

openpyxl builds a style anew for each cell that is given a font; here a look is built once and
handed to thousands of cells.
"""

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from planner.facts.cell_type import Share
from planner.render.shares_text import shares_text
from planner.sheets.workbook_saving import save
from planner.sheets.workbook_style import FORMULA_STARTS
from planner.words import palette

FONT = "Arial"
SCALE = 75
"""Printed size of a timetable, in percent: a week fills a screen at full size and a page at
this.
"""
PAGE_WIDTH = 905.0
PAGE_HEIGHT = 700.0
"""What a landscape page holds at that scale, in points of the sheet: the smaller of A4 and Letter,
less the margins.
"""
PIXEL = 0.75
"""Points a pixel; a spreadsheet rounds heights to it."""
LETTER_LOCALES = ("en_US", "en_CA")
Value = str | int | float | Decimal | time | CellRichText | tuple[Share, ...] | None


_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2)."""


@dataclass(frozen=True)
class Look:
    """How a cell looks. `bar` is the thick line at its left; `above` and `below` are thin lines in
    a colour.

    `turned` text reads from below upwards.
    """

    size: float = 10
    bold: bool = False
    underline: bool = False
    colour: str = palette.TEXT
    ground: str = ""
    striped: bool = False
    bar: str = ""
    above: str = ""
    below: str = ""
    align: str = ""
    middle: bool = False
    wrap: bool = False
    indent: int = 0
    turned: bool = False
    number: str = ""

    def but(self, **changes: object) -> "Look":
        """The same look with something changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


PLAIN = Look()
BOLD = Look(bold=True)
MUTED = Look(colour=palette.MUTED)
TITLE = Look(size=16, bold=True)
HEADING = Look(bold=True, ground=palette.BAND, below=palette.LINE, wrap=True, middle=True)
LINK = Look(colour=palette.ACCENT, underline=True)


def writable(text: str) -> str:
    """Text as a workbook's XML may hold it. openpyxl's own pattern looks at plain cells alone and
    leaves halves of pairs and the last two code points in, with which no program opens a workbook.
    """
    return _NOT_XML.sub("", text)


class Canvas:
    """One sheet of a workbook, drawn cell by cell. Rows and columns count from 1."""

    def __init__(self, sheet: Worksheet, styles: dict[Look, StyleArray]) -> None:
        self.sheet = sheet
        self._styles = styles
        self._blanks: dict[Look, MergedCell] = {}
        self._heights: dict[float, RowDimension] = {}
        sheet.sheet_view.showGridLines = False

    def put(self, row: int, column: int, value: Value = None, look: Look = PLAIN) -> None:
        """Fill a cell; without a value, what it holds stays. Text never becomes a formula, whatever
        it starts with.
        """
        if value is None:
            self.paint([(row, column)], look)
            return
        cell = self.sheet._cells.get((row, column))
        if not isinstance(cell, Cell):
            cell = Cell(self.sheet, row, column)
            self.sheet._add_cell(cell)  # type: ignore[attr-defined]
        cell._style = self._styles.get(look) or self._build(look)  # type: ignore[attr-defined]
        if isinstance(value, tuple):
            value = shares_text(value)
        if isinstance(value, str):
            cell.value = writable(value)
            cell.data_type = "s"
            if value.startswith(FORMULA_STARTS):
                cell._style = copy(cell._style)  # type: ignore[attr-defined]
                cell.quotePrefix = True
        else:
            cell.value = value

    def paint(self, places: Iterable[tuple[int, int]], look: Look) -> None:
        """Give cells a look, each by its row and column; what they hold stays."""
        blank = self._blanks.get(look) or self._blank(look)
        cells, style = self.sheet._cells, blank._style  # type: ignore[attr-defined]
        for place in places:
            cell = cells.get(place)
            if isinstance(cell, Cell):
                cell._style = style  # type: ignore[attr-defined]
            else:
                cells[place] = blank

    def link(
        self, row: int, column: int, text: str, sheet: str, target_row: int = 1, look: Look = LINK
    ) -> None:
        """Text that leads to a row of a sheet."""
        self.put(row, column, text, look)
        cell = self.sheet.cell(row, column)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=f"'{sheet}'!A{target_row}", display=writable(text)
        )

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Join cells. What they hold and how they look is left as it is; ranges must not
        overlap.
        """
        if (row, column) != (last_row, last_column):
            # Not merge_cells: it looks through all earlier ranges and builds every cell inside, a
            # minute for a large plan.
            self.sheet.merged_cells.ranges.add(_Area(row, column, last_row, last_column))

    def across(
        self, row: int, column: int, last_column: int, value: Value, look: Look = PLAIN
    ) -> None:
        """Fill a cell that reaches over several columns."""
        self.put(row, column, value, look)
        if look.ground or look.above or look.below:
            self.paint(((row, each) for each in range(column + 1, last_column + 1)), look)
        self.merge(row, column, row, last_column)

    def heights(self, first: int, last: int, points: float) -> None:
        """Set the height of rows. Rows that are equally high share what openpyxl says of them: to
        build that takes as long as twenty cells.
        """
        if points not in self._heights:
            self._heights[points] = RowDimension(self.sheet, height=points)
        shared = self._heights[points]
        self.sheet.row_dimensions.update((row, shared) for row in range(first, last + 1))

    def widths(self, first: int, points: float, count: int = 1) -> None:
        """Set the width of columns, in points."""
        for column in range(first, first + count):
            self.sheet.column_dimensions[get_column_letter(column)].width = round(
                points / PIXEL / 7, 2
            )

    def end_page(self, row: int) -> None:
        """A page ends below this row."""
        self.sheet.row_breaks.append(Break(id=row))

    def _blank(self, look: Look) -> MergedCell:
        """What stands for all cells of the sheet that have a look and no value: most of a timetable
        are such, and a file is told of each by its place alone.
        """
        blank = MergedCell(self.sheet)
        blank._style = self._styles.get(look) or self._build(look)  # type: ignore[attr-defined]
        self._blanks[look] = blank
        return blank

    def _build(self, look: Look) -> StyleArray:
        scratch = Cell(self.sheet, row=1, column=1)
        scratch.font = Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            underline="single" if look.underline else None,
            color=_argb(look.colour),
        )
        if look.ground:
            scratch.fill = _fill(look)
        scratch.border = Border(
            left=Side("thick", _argb(look.bar)) if look.bar else None,
            top=_line(look.above),
            bottom=_line(look.below),
        )
        scratch.alignment = Alignment(
            horizontal=look.align or ("left" if look.indent else None),
            vertical="center" if look.middle else "bottom" if look.turned else "top",
            wrap_text=look.wrap,
            indent=look.indent,
            text_rotation=90 if look.turned else 0,
        )
        if look.number:
            scratch.number_format = look.number
        built: StyleArray = scratch._style  # type: ignore[attr-defined]
        self._styles[look] = built
        return built


class _Area(CellRange):
    """Merged cells. openpyxl checks each of the four numbers three times over; a sheet of thousands
    of areas takes half a second to do so.
    """

    def __init__(self, row: int, column: int, last_row: int, last_column: int) -> None:
        vars(self).update(
            min_row=row, min_col=column, max_row=last_row, max_col=last_column, title=None
        )


def _fill(look: Look) -> PatternFill:
    if look.striped:
        return PatternFill("lightUp", fgColor=_argb(palette.STRIPE), bgColor=_argb(look.ground))
    return PatternFill("solid", fgColor=_argb(look.ground))


def _line(colour: str) -> Side | None:
    return Side("thin", _argb(colour)) if colour else None


def _argb(colour: str) -> str:
    return "FF" + colour.lstrip("#")


def whole_pixels(points: float) -> float:
    """The largest height a spreadsheet can show that is not more."""
    return int(points / PIXEL) * PIXEL


def sheet_name(text: str) -> str:
    """A name that a sheet may bear."""
    return re.sub(r"[\[\]:*?/\\]", " ", text)[:31]


class Book:
    """A workbook in the making: its sheets share their looks. It is written by its own `save`:
    openpyxl's asks each cell where it stands, which those that are shared do not know.
    """

    def __init__(self, locale: str) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        normal = next(style for style in self.workbook._named_styles if style.name == "Normal")  # type: ignore[attr-defined]
        normal.font = Font(name=FONT, size=10)
        self._styles: dict[Look, StyleArray] = {}
        self._paper = 1 if locale in LETTER_LOCALES else 9

    def save(self, path: Path) -> None:
        """Write the workbook and let go of its cells, which it cannot be asked for again. Raises
        OSError.
        """
        save(self.workbook, path)
        # Each cell knows its sheet and the sheet its cells: left alone, they wait for a search
        # through all that the process holds.
        for sheet in self.workbook.worksheets:
            sheet._cells.clear()

    def sheet(self, name: str, *, timetable: bool = False, portrait: bool = False) -> Canvas:
        """A new sheet, set up for print: a timetable at its fixed scale, a table fitted to the
        page's width.
        """
        sheet = self.workbook.create_sheet(sheet_name(name))
        set_up = sheet.page_setup
        set_up.paperSize = self._paper
        set_up.orientation = "portrait" if portrait else "landscape"
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.4, 0.5, 0.2, 0.25
        sheet.oddFooter.right.text = "&P / &N"
        sheet.oddFooter.left.text = "&A"
        if timetable:
            # Not "fit to one page wide": a spreadsheet that fits pages passes over the page breaks.
            set_up.scale = SCALE
            sheet.print_options.horizontalCentered = True
        else:
            set_up.fitToWidth, set_up.fitToHeight = 1, 0
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
        return Canvas(sheet, self._styles)
