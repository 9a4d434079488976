"""The week grid: the clock down, to scale, one row for five minutes.

Each block is one merged cell with a bar at its left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color

from planner.render.blocks import TimedBlock
from planner.render.grid_layout import HOUR, Span, clusters, lanes_of, together
from planner.render.workbook.canvas import FONT, Canvas, Look, Value, whole_pixels, writable
from planner.words import palette
from planner.words.palette import Tone
from planner.words.wording import clock_time

STEP = 5
"""Minutes a row."""
TALLEST_STEP = 7.5
LINE_HEIGHT = 1.22
LETTER_WIDTH = 0.53
"""Height of a line and width of an average letter, in parts of the type's size."""
LINE, FAINT_LINE = Look(above=palette.LINE), Look(above=palette.FAINT)
"""On the hour, and between."""
LABEL_ROWS = 3
WIDE = 90.0
NARROW = 60.0
TINY = 18.0
"""Widths in points: from which on words stand off the bar, below which they are short, and below
which only a letter is left.
"""


@dataclass(frozen=True)
class Strip:
    """Blocks one below the other in some columns. With `letters`, the last column holds the tier's
    letter alone.
    """

    first: int
    last: int
    blocks: Sequence[TimedBlock]
    letters: bool = False


@dataclass(frozen=True)
class Scale:
    """The rows of a grid: from which minute to which, starting at which row, and how high five
    minutes are.
    """

    start: int
    end: int
    top: int
    step: float
    size: float = 9

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return (self.end - self.start) // STEP

    @property
    def bottom(self) -> int:
        """The last row."""
        return self.top + self.rows - 1

    def span(self, block: TimedBlock) -> Span | None:
        """The first and last row of a block, to the nearest row; None where it lies outside."""
        if block.end <= self.start or block.start >= self.end:
            return None
        first = max(0, round((block.start - self.start) / STEP))
        last = min(self.rows, max(first + 1, round((block.end - self.start) / STEP))) - 1
        return (self.top + first, self.top + last) if first < self.rows and last >= first else None


@dataclass(frozen=True)
class _Area:
    """Where a block goes."""

    top: int
    bottom: int
    first: int
    last: int


def step_height(rows: int, room: float) -> float:
    """How high five minutes may be so that so many rows fill the room and no more."""
    return max(2 * 0.75, min(TALLEST_STEP, whole_pixels(room / max(1, rows))))


def draw(
    canvas: Canvas,
    scale: Scale,
    time_column: int,
    strips: Sequence[Strip],
    widths: dict[int, float],
    lines: int = 30,
) -> None:
    """Draw a grid: hour labels in the time column, the strips' blocks, and a line every `lines`
    minutes between them.
    """
    canvas.heights(scale.top, scale.bottom, scale.step)
    lined = [
        row
        for row in range(scale.top, scale.bottom + 1)
        if (scale.start + (row - scale.top) * STEP) % lines == 0
    ]
    covered: set[tuple[int, int]] = set()
    for strip in strips:
        ended: set[tuple[int, int]] = set()
        for block, area in _areas(strip, scale):
            touches = (area.top, area.first) in ended
            _draw_block(canvas, scale, block, area, strip.letters, widths, touches)
            ended.add((area.bottom + 1, area.first))
            rows = [row for row in lined if area.top <= row <= area.bottom]
            covered |= {
                (row, column) for row in rows for column in range(area.first, area.last + 1)
            }
    columns = [column for strip in strips for column in range(strip.first, strip.last + 1)]
    for row in lined:
        minute = scale.start + (row - scale.top) * STEP
        line = FAINT_LINE if minute % HOUR else LINE
        canvas.paint((each for column in columns if (each := (row, column)) not in covered), line)
    for row in range(scale.top, scale.bottom + 1):
        minute = scale.start + (row - scale.top) * STEP
        if minute % HOUR == 0:
            last = min(scale.bottom, row + LABEL_ROWS)
            canvas.put(
                row,
                time_column,
                clock_time(minute),
                Look(size=8, colour=palette.MUTED, align="right", indent=1),
            )
            canvas.merge(row, time_column, last, time_column)


def _areas(strip: Strip, scale: Scale) -> list[tuple[TimedBlock, _Area]]:
    """Where each block goes: the whole strip, or side by side with those at the same time."""
    placed = sorted(
        ((span, b) for b in strip.blocks if (span := scale.span(b))),
        key=lambda each: (each[0], each[1].title),
    )
    found = []
    for cluster in clusters(placed):
        places = lanes_of([span for span, _ in cluster])
        count, width = max(places) + 1, strip.last - strip.first + 1
        if count > width:
            found.append(_together(cluster, strip))
            continue
        for (span, block), lane in zip(cluster, places, strict=True):
            first = strip.first + lane * width // count
            found.append(
                (block, _Area(*span, first, strip.first + (lane + 1) * width // count - 1))
            )
    return found


def _together(cluster: list[tuple[Span, TimedBlock]], strip: Strip) -> tuple[TimedBlock, _Area]:
    """One block for several that are at the same time and do not fit side by side."""
    top, bottom = min(span[0] for span, _ in cluster), max(span[1] for span, _ in cluster)
    return together([block for _, block in cluster]), _Area(top, bottom, strip.first, strip.last)


def _draw_block(
    canvas: Canvas,
    scale: Scale,
    block: TimedBlock,
    area: _Area,
    letters: bool,
    widths: dict[int, float],
    touches: bool,
) -> None:
    """One merged cell for the words, one for the letter; other cells carry the bar and part it from
    the block above.
    """
    text_last = area.last - 1 if letters and area.last > area.first else area.last
    apart = text_last < area.last
    width = sum(widths[column] for column in range(area.first, text_last + 1))
    looks = _block_looks(block.tone, scale.size, width > WIDE, touches)
    if block.tone.bar:
        rows = range(area.top + 1, area.bottom + 1)
        canvas.paint(((row, area.first) for row in rows), looks.side)
    if touches:
        columns = range(area.first + 1, area.last + 1)
        canvas.paint(((area.top, column) for column in columns), looks.top)
    height = scale.step * (area.bottom - area.top + 1)
    text = block_text(block, scale.size, width, height, letter="" if apart else block.letter)
    canvas.put(area.top, area.first, text, looks.text)
    canvas.merge(area.top, area.first, area.bottom, text_last)
    if apart:
        canvas.put(area.top, area.last, block.letter or None, looks.letter)
        canvas.merge(area.top, area.last, area.bottom, area.last)


@dataclass(frozen=True)
class _BlockLooks:
    """The looks of a block's cells: the words, the bar below them, the upper edge, and the
    letter.
    """

    text: Look
    side: Look
    top: Look
    letter: Look


@cache
def _block_looks(tone: Tone, size: float, wide: bool, touches: bool) -> _BlockLooks:
    edge = palette.WHITE if touches else ""
    top = Look(size=size, ground=tone.ground, striped=tone.striped, above=edge, wrap=True)
    text = top.but(bar=tone.bar, indent=int(wide))
    return _BlockLooks(text, text.but(above=""), top, top.but(bold=True, align="right"))


def block_text(
    block: TimedBlock, size: float, width: float, height: float, letter: str = ""
) -> Value:
    """As much of a block's words as there is room for: the title, or its short form, and below it
    the rest.
    """
    lines = max(1, int(height / (size * LINE_HEIGHT)))
    a_line = max(3, int((width - 6) / (size * LETTER_WIDTH)))
    mark = f"{letter} · " if letter and width >= NARROW else ""
    title, detail = mark + block.title, block.detail
    if width < TINY:
        title, detail = block.letter or block.short, ""
    elif block.short and width < NARROW:
        title, detail = block.short, block.brief
    elif block.short and ceil(len(title) / a_line) > max(1, lines - bool(detail)):
        title = mark + block.short
    left = lines - ceil(len(title) / a_line)
    while detail and ceil(len(detail) / a_line) > left:
        detail = detail.rpartition(" · ")[0]
    bold, light = _fonts(size)
    if not title:
        return None
    if not detail:
        return CellRichText(TextBlock(bold, writable(title)))
    return CellRichText(TextBlock(bold, writable(title)), TextBlock(light, writable("\n" + detail)))


@cache
def _fonts(size: float) -> tuple[InlineFont, InlineFont]:
    text, muted = (Color(rgb=colour.replace("#", "FF")) for colour in (palette.TEXT, palette.MUTED))
    return InlineFont(rFont=FONT, sz=size, b=True, color=text), InlineFont(
        rFont=FONT, sz=size - 1, color=muted
    )
