"""Sheets of paper to draw on, of the size that the locale prints on.

They are landscape, numbered, with links and bookmarks.

Measures are points, from the upper left corner; equal drawings are equal bytes.
"""

from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas

from planner.render.print.printed_text import BOLD, LINE, PLAIN, on_one_line, printable, width
from planner.render.workbook.canvas import LETTER_LOCALES
from planner.words import palette
from planner.words.palette import Tone

MARGIN = 30.0
FOOTER = 16.0
"""Height kept free at the foot of the page for its number."""
SMALLEST = 5.0
"""The smallest type that is printed."""
_STRIPES = 5.0


class Paper:
    """A document in the making, page by page."""

    def __init__(self, locale: str, title: str, author: str, footer: str = "") -> None:
        size = landscape(LETTER if locale in LETTER_LOCALES else A4)
        self._sheet_height = float(size[1])
        self.width = float(size[0]) - 2 * MARGIN
        self.height = self._sheet_height - 2 * MARGIN - FOOTER
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file, pagesize=size, invariant=1, pageCompression=1, lang=locale.replace("_", "-")
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("planner")
        self._footer = footer or title
        self.pages = 0

    def begin(self, total: int | None = None) -> None:
        """Start a page; `total` is how many there will be."""
        if self.pages:
            self._canvas.showPage()
        self.pages += 1
        number = f"{self.pages} / {total}" if total else str(self.pages)
        room = self.width - width(number, PLAIN, 8) - 12
        self.text(0, self.height + FOOTER, self._footer, 8, room, colour=palette.MUTED)
        self.text(
            0, self.height + FOOTER, number, 8, self.width, colour=palette.MUTED, align="right"
        )

    def finish(self) -> bytes:
        """The whole document."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def text(
        self,
        left: float,
        baseline: float,
        text: str,
        size: float,
        room: float,
        *,
        bold: bool = False,
        colour: str = palette.TEXT,
        align: str = "left",
        smallest: float = SMALLEST,
    ) -> None:
        """One line, never wider than its room: in smaller type where it must be, and cut off where
        that is not enough.
        """
        font = BOLD if bold else PLAIN
        shown, size = on_one_line(text, font, size, room, min(size, smallest))
        if not shown:
            return
        free = room - width(shown, font, size)
        left += {"left": 0.0, "right": free, "center": free / 2}[align]
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(font, size)
        self._canvas.drawString(MARGIN + left, self._up(baseline), shown)

    def turned(
        self,
        left: float,
        bottom: float,
        text: str,
        size: float,
        room: float,
        *,
        bold: bool = False,
        colour: str = palette.TEXT,
    ) -> None:
        """One line that reads from below upwards; `left` is its baseline, `room` how high it may
        be.
        """
        font = BOLD if bold else PLAIN
        shown, size = on_one_line(text, font, size, room, min(size, SMALLEST))
        self._canvas.saveState()
        self._canvas.translate(MARGIN + left, self._up(bottom))
        self._canvas.rotate(90)
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(font, size)
        self._canvas.drawString(0, 0, shown)
        self._canvas.restoreState()

    def lines(
        self,
        left: float,
        top: float,
        lines: list[str],
        size: float,
        *,
        bold: bool = False,
        colour: str,
    ) -> float:
        """Lines that fit already, one below the other; gives where the last one ends."""
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(BOLD if bold else PLAIN, size)
        for line in lines:
            self._canvas.drawString(MARGIN + left, self._up(top + size), line)
            top += size * LINE
        return top

    def ground(self, left: float, top: float, width_: float, height: float, colour: str) -> None:
        """A coloured rectangle without an edge."""
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(MARGIN + left, self._up(top + height), width_, height, stroke=0, fill=1)

    def tone(
        self, left: float, top: float, width_: float, height: float, tone: Tone, bar: float
    ) -> None:
        """The ground of a block, its stripes and the bar at its left."""
        self.ground(left, top, width_, height, tone.ground)
        if tone.striped:
            self._stripes(left, top, width_, height)
        if tone.bar:
            self.ground(left, top, bar, height, tone.bar)

    def _stripes(self, left: float, top: float, width_: float, height: float) -> None:
        canvas = self._canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(MARGIN + left, self._up(top + height), width_, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColor(HexColor(palette.STRIPE))
        canvas.setLineWidth(0.6)
        place = -height
        while place < width_:
            low = self._up(top + height)
            canvas.line(MARGIN + left + place, low, MARGIN + left + place + height, low + height)
            place += _STRIPES
        canvas.restoreState()

    def line(
        self, left: float, top: float, right: float, colour: str = palette.LINE, weight: float = 0.5
    ) -> None:
        """A level line."""
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(weight)
        self._canvas.line(MARGIN + left, self._up(top), MARGIN + right, self._up(top))

    def bookmark(self, key: str, title: str, level: int = 0) -> None:
        """This page can be reached under a key, and from the outline beside the pages."""
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(printable(title), key, level)

    def link(self, left: float, top: float, width_: float, height: float, key: str) -> None:
        """A place that leads to the page of a key."""
        low = self._up(top + height)
        area = (MARGIN + left, low, MARGIN + left + width_, low + height)
        self._canvas.linkRect("", key, area, thickness=0)

    def _up(self, top: float) -> float:
        """From points below the upper margin to the paper's own measure."""
        return self._sheet_height - MARGIN - top
