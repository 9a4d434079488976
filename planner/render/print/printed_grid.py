"""Draw the week grid on paper: the clock down, to scale.

Blocks have a bar at their left, and as many words as there is room for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.render.blocks import TimedBlock
from planner.render.grid_layout import HOUR, Span, clusters, lanes_of, together
from planner.render.print.paper import SMALLEST, Paper
from planner.render.print.printed_text import BOLD, LINE, PLAIN, cut_off, printable, width, wrapped
from planner.words import palette
from planner.words.palette import Tone
from planner.words.wording import clock_time

CLOCK = 30.0
"""Width of the clock's column."""
BAR = 3.0
PAD, PAD_NARROW = 2.5, 1.0
"""Between an edge and words."""
GAP = 0.8
"""White between blocks that touch."""
NARROW = 14.0
"""Lanes below this width say nothing: what would lie side by side there stands in one block."""
WIDE = 40.0
"""From this width on the tier's letter has a place of its own at the right."""
LEGIBLE = 30.0
"""Below this width nothing is cut off: a stump of a word says less than none."""
SHORT = 48.0
"""Below this width a block says the short form of its words."""
LARGEST = 8.0
LEGEND = 7.5
STEP = 0.5


@dataclass(frozen=True)
class PrintedStrip:
    """Blocks one below the other in a column of the page."""

    left: float
    width: float
    blocks: Sequence[TimedBlock]


@dataclass(frozen=True)
class PrintedScale:
    """From which minute to which, where on the page, and how high a minute is."""

    start: int
    end: int
    top: float
    height: float

    def at(self, minute: float) -> float:
        """Where a minute lies, within the grid."""
        inside = min(self.end, max(self.start, minute))
        return self.top + (inside - self.start) / (self.end - self.start) * self.height


@dataclass(frozen=True)
class Wording:
    """What a block says: lines of its title, lines below, and the size of the type."""

    title: list[str]
    detail: list[str]
    size: float


def draw(paper: Paper, scale: PrintedScale, strips: Sequence[PrintedStrip]) -> None:
    """Draw the hours, and the blocks of each strip over them."""
    for minute in range(scale.start, scale.end + 1, HOUR // 2):
        hour = minute % HOUR == 0
        for strip in strips:
            paper.line(
                strip.left,
                scale.at(minute),
                strip.left + strip.width,
                palette.LINE if hour else palette.FAINT,
            )
        if hour and minute < scale.end:
            paper.text(
                0,
                scale.at(minute) + 7,
                clock_time(minute),
                7,
                CLOCK - 5,
                colour=palette.MUTED,
                align="right",
            )
    for strip in strips:
        for block, left, room in _areas(strip):
            _block(paper, scale, block, left, room)


def _areas(strip: PrintedStrip) -> Iterator[tuple[TimedBlock, float, float]]:
    """Where each block goes: over the whole strip, or side by side with those at the same time."""
    placed = sorted(
        (((b.start, b.end - 1), b) for b in strip.blocks if b.end > b.start),
        key=lambda each: (each[0], each[1].title),
    )
    for cluster in clusters(placed):
        spans: list[Span] = [span for span, _ in cluster]
        places = lanes_of(spans)
        room = strip.width / (max(places) + 1)
        if room < NARROW and len(cluster) > 1:
            yield together([block for _, block in cluster]), strip.left, strip.width
            continue
        for (_, block), place in zip(cluster, places, strict=True):
            yield block, strip.left + place * room, room


def _block(paper: Paper, scale: PrintedScale, block: TimedBlock, left: float, room: float) -> None:
    top, bottom = scale.at(block.start), scale.at(block.end)
    if bottom <= top:
        return
    height = max(1.0, bottom - top - GAP)
    bar = min(BAR, room / 6)
    paper.tone(left, top, room - GAP, height, block.tone, bar if block.tone.bar else 0)
    pad = PAD if room >= WIDE else min(PAD_NARROW, room / 10)
    inner = room - GAP - bar - 2 * pad
    if not (block.title or block.letter) or inner <= 0:
        return
    if room < WIDE and (turned := _turned(block, inner, height)):
        said, size = turned
        paper.turned(
            left + bar + (room - GAP - bar + size * 0.7) / 2,
            bottom - GAP - 2,
            said,
            size,
            height - 2,
            bold=True,
        )
        return
    apart = bool(block.letter) and room >= WIDE
    letter_room = width(block.letter, BOLD, LARGEST) + 4 if apart else 0
    words = words_of(block, inner - letter_room, height, with_letter=not apart)
    left += bar + pad
    if block.tone.striped and words.title:
        shown = max(width(line, BOLD, words.size) for line in words.title)
        paper.ground(left - 1, top, min(inner, shown) + 2, height, block.tone.ground)
    below = paper.lines(
        left, top + _lead(words, height), words.title, words.size, bold=True, colour=palette.TEXT
    )
    paper.lines(left, below, words.detail, words.size - STEP, colour=palette.MUTED)
    if apart and height >= SMALLEST:
        size = min(words.size if words.title else LARGEST, height / LINE)
        paper.text(
            left,
            top + _lead(words, height) + size,
            block.letter,
            size,
            inner,
            bold=True,
            align="right",
        )


def _turned(block: TimedBlock, room: float, height: float) -> tuple[str, float] | None:
    """The short form on end, and its size, where it does not fit across but does so along the
    block.
    """
    said = printable(block.short or block.title)
    if len(said) <= 2 or width(said, BOLD, SMALLEST) <= room:
        return None
    said = f"{block.letter} · {said}" if block.letter.isdigit() else said
    size = min(LARGEST - 1, room / LINE, (height - 4) / width(said, BOLD, 1))
    return (said, size) if size >= SMALLEST else None


def _lead(words: Wording, height: float) -> float:
    """Space above the first line: a little, and none where lines fill the block."""
    return min(1.5, max(0.0, (height - _height(words)) / 2))


def _height(words: Wording) -> float:
    return (len(words.title) * words.size + len(words.detail) * (words.size - STEP)) * LINE


def words_of(block: TimedBlock, room: float, height: float, *, with_letter: bool) -> Wording:
    """As much of a block's words as fits: title and all below it, less of that, the short form, in
    the end the letter alone.

    Type shrinks by half points before words are left out, and words that still do not fit on one
    line are cut off.
    """
    mark = f"{block.letter} · " if with_letter and block.letter.isdigit() else ""
    for title, detail in _forms(block, mark, whole=room >= SHORT):
        size = LARGEST
        while size >= SMALLEST:
            found = Wording(
                wrapped(title, BOLD, size, room) if title else [],
                wrapped(detail, PLAIN, size - STEP, room) if detail else [],
                size,
            )
            # No title is parted within a word: a shorter form, or none, says more.
            if _height(found) <= height and not _parted(title, room, size):
                return found
            size -= STEP
    if height < SMALLEST:
        return Wording([], [], SMALLEST)
    shown = printable(block.short or block.title)
    return Wording([cut_off(shown, BOLD, SMALLEST, room)] if room >= LEGIBLE else [], [], SMALLEST)


def _parted(title: str, room: float, size: float) -> bool:
    return any(width(word, BOLD, size) > room for word in printable(title).split())


def _forms(block: TimedBlock, mark: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Title and detail, with less and less; the long forms only where there is room for them
    (`whole`).
    """
    detail = block.detail
    while detail and whole:
        yield mark + block.title, detail
        detail = detail.rpartition(" · ")[0]
    if whole or not block.short:
        yield mark + block.title, ""
    if block.short:
        if block.brief:
            yield mark + block.short, block.brief
        yield mark + block.short, ""
        yield block.short, ""
    if block.letter:
        yield block.letter, ""


def legend(paper: Paper, top: float, tones: Sequence[Tone] = palette.LEGEND) -> None:
    """The meaning of the colours, side by side."""
    room = paper.width / len(tones)
    for place, tone in enumerate(tones):
        paper.tone(place * room, top, room - 4, 13, tone, BAR)
        said = f"{tone.letter}  {tone.name}".strip()
        if tone.striped:
            paper.ground(
                place * room + BAR + 3, top, width(said, PLAIN, LEGEND) + 2, 13, tone.ground
            )
        paper.text(place * room + BAR + 4, top + 9.5, said, LEGEND, room - BAR - 10)
