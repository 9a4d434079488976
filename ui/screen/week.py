"""The week grid: days or adults across, clock down, to scale.

A block that can be picked is a button; its key comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from planner.render.blocks import TimedBlock
from planner.render.grid_layout import HOUR, USUAL_DAY, clusters, hours_around, lanes_of
from planner.words import palette
from planner.words.palette import Tone
from planner.words.wording import clock_range, clock_time
from ui.screen.templating import filled

PIXELS = 1.5
"""Pixels a minute: half an hour has room for two lines."""
TITLE, DETAIL, PAD = 15, 14, 4
"""Pixels of a block's first line, of each further line, and around them."""


@dataclass(frozen=True)
class Picked:
    """A block, what comes back when it is picked (nothing: it cannot be), and who or when, for
    those who hear the page.
    """

    block: TimedBlock
    key: str = ""
    said: str = ""


@dataclass(frozen=True)
class DayColumn:
    """One day, or one adult's day: its head, what stands below it, its blocks, and what lies behind
    them.
    """

    head: str
    under: str
    blocks: Sequence[Picked]
    ground: Sequence[TimedBlock] = ()


@dataclass(frozen=True)
class WeekDrawing:
    """A block where it stands: pixels from the top and in height, and its lane as shares of the
    column's width.
    """

    picked: Picked
    top: int
    height: int
    left: float
    width: float

    @property
    def lines(self) -> int:
        """Lines of detail that fit below the title."""
        return max(0, (self.height - TITLE - 2 * PAD) // DETAIL)

    @property
    def slim(self) -> bool:
        """Whether even the title has little room."""
        return self.height < TITLE + PAD

    @property
    def spoken(self) -> str:
        """The block in words: when, what, where."""
        block = self.picked.block
        tier = f"tier {block.letter}" if block.letter.isdigit() else ""
        parts = (
            self.picked.said,
            clock_range(block.start, block.end),
            block.title,
            tier,
            block.detail,
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Week:
    """Columns beside one clock, with a legend and a line of sums below."""

    title: str
    columns: Sequence[DayColumn]
    sums: str = ""
    legend: Sequence[Tone] = palette.LEGEND
    fallback: tuple[int, int] = USUAL_DAY
    narrow: int = field(default=132, kw_only=True)
    """Pixels below which a column does not shrink: then the grid scrolls."""

    def holds(self, key: str) -> bool:
        """Whether a block with a key stands in it."""
        return any(picked.key == key for column in self.columns for picked in column.blocks)

    def html(self, picked: str = "") -> Markup:
        """The grid; `picked` is the block that stands out."""
        ground = (
            block
            for column in self.columns
            for block in column.ground
            if block.tone is not palette.AWAY
        )
        stands = (picked.block for column in self.columns for picked in column.blocks)
        start, end = hours_around((*stands, *ground), self.fallback)
        hours = [
            (clock_time(minute), int((minute - start) * PIXELS))
            for minute in range(-(-start // HOUR) * HOUR, end, HOUR)
        ]
        halves = [
            int((minute - start) * PIXELS) for minute in range(start, end, 30) if minute % HOUR
        ]
        columns = [
            (
                column,
                drawn(column.blocks, start, end),
                [
                    _drawn(Picked(block), 0, 1, start, end)
                    for block in _seen(column.ground, start, end)
                ],
            )
            for column in self.columns
        ]
        height = int((end - start) * PIXELS)
        return filled(
            "week.html",
            week=self,
            hours=hours,
            halves=halves,
            columns=columns,
            height=height,
            picked=picked,
        )


def drawn(blocks: Sequence[Picked], start: int, end: int) -> list[WeekDrawing]:
    """Where each block stands between two moments; those at the same time stand side by side."""
    placed = [
        ((p.block.start, p.block.end - 1), p)
        for p in blocks
        if p.block.start < end and p.block.end > start
    ]
    found: list[WeekDrawing] = []
    for cluster in clusters(sorted(placed, key=lambda each: (each[0], each[1].block.title))):
        lanes = lanes_of([span for span, _ in cluster])
        count = max(lanes) + 1
        found += [
            _drawn(picked, lane, count, start, end)
            for (_, picked), lane in zip(cluster, lanes, strict=True)
        ]
    return found


def _drawn(picked: Picked, lane: int, lanes: int, start: int, end: int) -> WeekDrawing:
    first, last = max(start, picked.block.start), min(end, picked.block.end)
    top, height = int((first - start) * PIXELS), int((last - first) * PIXELS)
    return WeekDrawing(picked, top, max(height - 2, 3), 100 * lane / lanes, 100 / lanes)


def _seen(blocks: Sequence[TimedBlock], start: int, end: int) -> list[TimedBlock]:
    return [block for block in blocks if block.start < end and block.end > start]
