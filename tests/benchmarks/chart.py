"""A small picture of lines on two logarithmic axes, written as SVG by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10

WIDTH, HEIGHT = 770, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 40, 50
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
FONT = 'font-family="sans-serif" font-size="12"'
Points = Sequence[tuple[float, float]]


def chart(lines: Mapping[str, Points], title: str, across: str, up: str) -> str:
    """The SVG of named lines; a line without points stands in the legend alone."""
    xs = [x for points in lines.values() for x, _ in points] or [1.0]
    ys = [max(y, 0.01) for points in lines.values() for _, y in points] or [1.0]
    horizontal = Axis(min(xs), max(xs), LEFT, WIDTH - RIGHT)
    vertical = Axis(min(ys) / 2, max(ys) * 2, HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        text(LEFT, 22, title, "start", 'font-size="14"'),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across),
        text(18, (TOP + HEIGHT - BOTTOM) / 2, up, "middle", f'transform="rotate(-90 18 {(TOP + HEIGHT - BOTTOM) / 2:.1f})"'),
    ]
    for value in sorted(set(xs)):
        place = horizontal.place(value)
        parts += [line(place, TOP, place, HEIGHT - BOTTOM), text(place, HEIGHT - BOTTOM + 18, f"{value:g}")]
    for value in vertical.ticks():
        place = vertical.place(value)
        parts += [line(LEFT, place, WIDTH - RIGHT, place), text(LEFT - 8, place + 4, f"{value:g}", "end")]
    for number, (name, points) in enumerate(lines.items()):
        colour, height = COLOURS[number % len(COLOURS)], TOP + 10 + 20 * number
        places = [(horizontal.place(x), vertical.place(max(y, 0.01))) for x, y in sorted(points)]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        dashes = 'stroke-dasharray="6 4"' if number % 2 else ""
        parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2" {dashes}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        parts.append(f'<rect x="{WIDTH - RIGHT + 15}" y="{height - 9}" width="10" height="10" fill="{colour}"/>')
        parts.append(text(WIDTH - RIGHT + 31, height, name, "start"))
    return "\n".join([*parts, "</svg>", ""])


class Axis:
    """A logarithmic axis from one place of the picture to another."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self.first, self.last = log10(least) - 0.05, log10(most) + 0.05
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (log10(value) - self.first) / (self.last - self.first) * (self.end - self.start)

    def ticks(self) -> list[float]:
        """1, 2 and 5 of each power of ten that is inside."""
        powers = range(floor(self.first), floor(self.last) + 1)
        return [step * 10.0**power for power in powers for step in (1, 2, 5) if self.first <= log10(step) + power <= self.last]


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line of the grid."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>'


def text(x: float, y: float, words: str, anchor: str = "middle", more: str = "") -> str:
    """Words in the picture."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(words)}</text>'
