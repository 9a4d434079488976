"""Print text: the typeface that every file carries, and what fits where.

Letters that the typeface lacks are printed as something else.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "Vera", "VeraBd"
"""Bitstream Vera, which comes with reportlab: Latin letters of western and central Europe, dashes
and the true minus.
"""
LINE = 1.2
"""Height of a line, in parts of the type's size."""
ELLIPSIS = "…"
INSTEAD = {"→": "›", "←": "‹", "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "≈": "~"}
"""What is printed for signs that the typeface lacks."""
UNKNOWN = "?"
_BOUND = "\x00"
"""Stands for the space before a dot or a percent sign, where no line ends: printable text has no
such sign.
"""


@cache
def _glyphs(font: str) -> frozenset[int]:
    if font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def printable(text: str) -> str:
    """Text as the typeface can print it.

    A letter that it lacks loses its accent (`ă` is printed as `a`) or, in another script, becomes a
    question mark; spaces of all kinds become plain ones, and signs that cannot be seen go.
    """
    return (
        text if text.isascii() and text.isprintable() else "".join(_letter(sign) for sign in text)
    )


@cache
def _letter(sign: str) -> str:
    if sign.isspace():
        return " "
    if ord(sign) in _glyphs(PLAIN) & _glyphs(BOLD) and sign.isprintable():
        return sign
    if sign in INSTEAD:
        return INSTEAD[sign]
    if unicodedata.category(sign)[0] in "CM":
        return ""
    bare = unicodedata.normalize("NFKD", sign)[0]
    return bare if ord(bare) in _glyphs(PLAIN) and bare != sign else UNKNOWN


def width(text: str, font: str, size: float) -> float:
    """How wide printable text is, in points."""
    _glyphs(font)
    return float(pdfmetrics.stringWidth(text, font, size))


def on_one_line(
    text: str, font: str, size: float, room: float, smallest: float
) -> tuple[str, float]:
    """Text on one line of so much room, and its size: smaller where it must be, and cut off with …
    where that is not enough.
    """
    text = printable(text)
    needed = width(text, font, size)
    if needed <= room:
        return text, size
    size = max(smallest, size * room / needed)
    return cut_off(text, font, size, room), size


def cut_off(text: str, font: str, size: float, room: float) -> str:
    """As much of printable text as there is room for."""
    if width(text, font, size) <= room + 0.01:
        return text
    text = text[: _fitting(text, font, size, room - width(ELLIPSIS, font, size))]
    return text.rstrip() + ELLIPSIS if text else ""


def _fitting(text: str, font: str, size: float, room: float) -> int:
    """How many letters of printable text there is room for.

    Counted letter by letter from the front: to measure shorter and shorter beginnings took minutes
    for a name of 2,000 letters, which a grid's block tries in many sizes.
    """
    used = 0.0
    for count, sign in enumerate(text):
        used += _letter_width(sign, font) * size
        if used > room:
            return count
    return len(text)


@cache
def _letter_width(sign: str, font: str) -> float:
    """In parts of the type's size: the typeface has no pairs of letters that stand closer."""
    return width(sign, font, 1)


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """Text in lines of at most so much room; words that are too long for a line are parted."""
    return [line for part in text.split("\n") for line in _lines(printable(part), font, size, room)]


def _lines(text: str, font: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in text.replace(" · ", f"{_BOUND}· ").replace(" %", f"{_BOUND}%").split():
        word = word.replace(_BOUND, " ")
        longer = f"{line} {word}" if line else word
        if width(longer, font, size) <= room:
            line = longer
            continue
        if line:
            yield line
        if word.endswith(" ·") and width(word, font, size) > room:
            word = word.removesuffix(" ·")
        *full, line = _pieces(word, font, size, room)
        yield from full
    if line:
        yield line


def _pieces(word: str, font: str, size: float, room: float) -> Iterator[str]:
    """A word in pieces of at most so much room, at least a letter each; behind a hyphen where it
    has one.
    """
    while (count := _fitting(word, font, size, room)) < len(word) > 1:
        count = max(1, count)
        hyphen = max(word.rfind(sign, 0, count) for sign in "-/;,·")
        count = hyphen + 1 if hyphen > 0 else count
        yield word[:count]
        word = word[count:]
    yield word
