"""Save a workbook that openpyxl holds: everything is written by openpyxl, except the cells.

openpyxl builds an element of XML for each cell and walks over it: 7 of the 12 seconds that a plan
of twelve schools took, with 200,000 cells. Here a cell is a piece of text from the start, which
takes less than 1 second, and the file is the same to the character. lxml, of which openpyxl makes
use where it is installed, takes 8 % off the 12 seconds.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from os import PathLike
from typing import IO, Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell._writer import etree_write_cell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import RowDimension, SheetDimension
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, tostring

Sheet: TypeAlias = Any
SheetCell: TypeAlias = Any
"""Of sheets and cells, openpyxl's types name none of what its own writers use."""
_ROWS, _MERGED = "sheetData", "mergeCells"


def save(book: Workbook, file: str | PathLike[str] | IO[bytes]) -> None:
    """Write a workbook, as `Workbook.save` does. Raises OSError."""
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _BookWriter(book, archive).save()


class _BookWriter(ExcelWriter):
    """openpyxl's writer with our own for its sheets."""

    _archive: ZipFile

    def write_worksheet(self, ws: Sheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = _SheetWriter(ws)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.xml())
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """openpyxl's writer of a sheet, which leaves a place for the rows and for the merged ranges."""

    ws: Sheet
    _rels: Any

    def __init__(self, ws: Sheet) -> None:
        self._page = BytesIO()
        self._book = ws.parent
        super().__init__(ws, self._page)
        self._inner: dict[str, str] = {}
        # By identity: looks and fonts are shared by cells, which keep them alive meanwhile, and to
        # hash one takes longer than to write a cell.
        self._styles: dict[int, str] = {}
        self._fonts: dict[int, str] = {}
        self._dimensions: dict[int, str] = {}

    def write_dimensions(self) -> None:
        """Write from where to where cells stand."""
        rows, columns = zip(*self.ws._cells, strict=True) if self.ws._cells else ((1,), (1,))
        first = f"{get_column_letter(min(columns))}{min(rows)}"
        last = f"{get_column_letter(max(columns))}{max(rows)}"
        self.xf.send(SheetDimension(f"{first}:{last}").to_tree())

    def write_rows(self) -> None:
        """Leave a place for the rows; the cells' links and notes are known from here on."""
        self._inner[_ROWS] = "".join(self._row_texts())
        self.xf.send(Element(_ROWS))

    def write_merged_cells(self) -> None:
        """Leave a place for the merged ranges."""
        ranges = self.ws.merged_cells.ranges
        if ranges:
            self._inner[_MERGED] = "".join(f'<mergeCell ref="{area.coord}" />' for area in ranges)
            self.xf.send(Element(_MERGED, {"count": str(len(ranges))}))

    def xml(self) -> bytes:
        """The whole sheet."""
        page = self._page.getvalue().decode()
        parts = []
        for name, inner in self._inner.items():
            # No text holds what begins an element: openpyxl escapes it.
            before, start, page = page.partition(f"<{name}")
            attributes, _, page = page.partition("/>")
            parts += [before, start, attributes.rstrip(), ">", inner, f"</{name}>"]
        return "".join([*parts, page]).encode()

    def _row_texts(self) -> Iterator[str]:
        rows: defaultdict[int, list[tuple[int, SheetCell]]] = defaultdict(list)
        for (row, column), cell in self.ws._cells.items():
            rows[row].append((column, cell))
        dimensions, blanks = self.ws.row_dimensions, dict[int, str]()
        for row in sorted(rows.keys() | dimensions.keys()):
            dimension = dimensions.get(row)
            texts = [f'<row r="{row}"{self._attributes(dimension) if dimension else ""}>']
            for column, cell in sorted(rows.get(row, ())):
                place = f"{get_column_letter(column)}{row}"
                if not isinstance(cell, MergedCell):
                    texts.append(self._cell(cell, place))
                    continue
                end = blanks.get(id(cell))
                if end is None:
                    style = self._style(cell._style)  # type: ignore[attr-defined]
                    end = blanks[id(cell)] = f'{style} t="n" />' if style else ""
                if end:
                    texts.append(f'<c r="{place}"{end}')
            texts.append("</row>")
            yield "".join(texts)

    def _cell(self, cell: SheetCell, place: str) -> str:
        if cell._comment is not None:
            self.ws._comments.append(CommentRecord.from_cell(cell))
        value, style = cell._value, self._style(cell._style)
        if value is None and not style and cell._comment is None:
            return ""
        kind = cell.data_type
        if kind == "d" and not self._book.iso_dates and getattr(value, "tzinfo", None) is None:
            kind, value = "n", to_excel(value, self._book.epoch)  # type: ignore[no-untyped-call]
        if kind not in ("n", "s"):
            return self._rare(cell, styled=bool(style))
        if cell.hyperlink:
            self.ws._hyperlinks.append(cell.hyperlink)
        start = f'<c r="{place}"{style} t="{"inlineStr" if kind == "s" else kind}"'
        if value is None or value == "":
            return f"{start} />"
        if kind == "n":
            return f"{start}><v>{safe_string(value)}</v></c>"
        if isinstance(value, CellRichText):
            return f"{start}><is>{''.join(self._run(part) for part in value)}</is></c>"
        return f"{start}><is>{_text(value)}</is></c>"

    def _rare(self, cell: SheetCell, *, styled: bool) -> str:
        """A formula, a truth value, an error or a date with a time zone, as openpyxl writes it."""
        written = _Written()
        etree_write_cell(written, self.ws, cell, styled)
        return written.text

    def _style(self, style: StyleArray | None) -> str:
        """The attribute of a cell that tells its style; nothing where it has none."""
        known = self._styles.get(id(style))
        if known is None:
            known = ""
            if style is not None and any(style):
                known = f' s="{self._book._cell_styles.add(style)}"'
            self._styles[id(style)] = known
        return known

    def _attributes(self, dimension: RowDimension) -> str:
        known = self._dimensions.get(id(dimension))
        if known is None:
            known = "".join(f" {name}={quoteattr(value)}" for name, value in dimension)
            self._dimensions[id(dimension)] = known
        return known

    def _run(self, part: TextBlock | str) -> str:
        """A stretch of rich text in its own font."""
        if isinstance(part, str):
            return f"<r>{_text(part)}</r>"
        font = self._fonts.get(id(part.font))
        if font is None:
            font = _xml(part.font.to_tree(tagname="rPr"))
            self._fonts[id(part.font)] = font
        return f"<r>{font}{_text(part.text)}</r>"


class _Written:
    """Where openpyxl writes a single cell to."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, element: Element) -> None:
        """Take the cell."""
        self.text = _xml(element)


def _xml(element: Element) -> str:
    written: Any = tostring(element)  # bytes, and not text as its type says
    return str(written, "utf-8")


def _text(value: str) -> str:
    stripped = value.strip()
    kept = ' xml:space="preserve"' if stripped and stripped != value else ""
    return f"<t{kept}>{escape(value)}</t>"
