"""A small picture of lines on two axes, both logarithmic or both plain, written as SVG by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10

LARGE = 1000
WIDTH, HEIGHT = 770, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 40, 50
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
FONT = 'font-family="sans-serif" font-size="12"'
Points = Sequence[tuple[float, float]]


def chart(
    lines: Mapping[str, Points], title: str, across: str, up: str, *, logarithmic: bool = True
) -> str:
    """The SVG of named lines; a line without points stands in the legend alone."""
    least = 0.01 if logarithmic else -math.inf
    xs = [x for points in lines.values() for x, _ in points] or [1.0]
    ys = [max(y, least) for points in lines.values() for _, y in points] or [1.0]
    if logarithmic:
        horizontal, vertical = (
            Axis(min(xs), max(xs), LEFT, WIDTH - RIGHT),
            Axis(min(ys) / 2, max(ys) * 2, HEIGHT - BOTTOM, TOP),
        )
        columns = sorted(set(xs))
    else:
        horizontal, vertical = (
            PlainAxis(min(xs), max(xs), LEFT, WIDTH - RIGHT),
            PlainAxis(min(ys), max(ys), HEIGHT - BOTTOM, TOP),
        )
        columns = horizontal.ticks()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        text(LEFT, 22, title, "start", 'font-size="14"'),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across),
        text(
            18,
            (TOP + HEIGHT - BOTTOM) / 2,
            up,
            "middle",
            f'transform="rotate(-90 18 {(TOP + HEIGHT - BOTTOM) / 2:.1f})"',
        ),
    ]
    for value in columns:
        place = horizontal.place(value)
        parts += [
            line(place, TOP, place, HEIGHT - BOTTOM),
            text(place, HEIGHT - BOTTOM + 18, figure(value)),
        ]
    for value in vertical.ticks():
        place = vertical.place(value)
        parts += [
            line(LEFT, place, WIDTH - RIGHT, place),
            text(LEFT - 8, place + 4, figure(value), "end"),
        ]
    for number, (name, points) in enumerate(lines.items()):
        colour, height = COLOURS[number % len(COLOURS)], TOP + 10 + 20 * number
        places = [(horizontal.place(x), vertical.place(max(y, least))) for x, y in sorted(points)]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        dashes = 'stroke-dasharray="6 4"' if number % 2 else ""
        parts.append(
            f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2" {dashes}/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        parts.append(
            f'<rect x="{WIDTH - RIGHT + 15}" y="{height - 9}" width="10" height="10" '
            f'fill="{colour}"/>'
        )
        parts.append(text(WIDTH - RIGHT + 31, height, name, "start"))
    return "\n".join([*parts, "</svg>", ""])


class Axis:
    """A logarithmic axis from one place of the picture to another."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self.first, self.last = log10(least) - 0.05, log10(most) + 0.05
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (log10(value) - self.first) / (self.last - self.first) * (
            self.end - self.start
        )

    def ticks(self) -> list[float]:
        """1, 2 and 5 of each power of ten that is inside."""
        powers = range(floor(self.first), floor(self.last) + 1)
        return [
            step * 10.0**power
            for power in powers
            for step in (1, 2, 5)
            if self.first <= log10(step) + power <= self.last
        ]


class PlainAxis(Axis):
    """An axis on which equal steps are equally far apart, a twentieth wider than what it shows at
    either end.
    """

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        room = (most - least) / 20 or abs(most) / 20 or 1.0
        self.first, self.last = least - room, most + room
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (value - self.first) / (self.last - self.first) * (
            self.end - self.start
        )

    def ticks(self) -> list[float]:
        """Four to eight round numbers that are inside."""
        rough = (self.last - self.first) / 5
        power = 10.0 ** floor(log10(rough))
        step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
        return [
            step * number
            for number in range(math.ceil(self.first / step), floor(self.last / step) + 1)
        ]


def figure(value: float) -> str:
    """A number at an axis: `0.5`, `1,250,000`."""
    return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:g}"


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line of the grid."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>'


def text(x: float, y: float, words: str, anchor: str = "middle", more: str = "") -> str:
    """Words in the picture."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(words)}</text>'
