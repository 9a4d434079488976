"""Cost against minutes served: a dot a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from planner.words import Words
from ui.screen.templating import filled

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 90, 150, 24, 52


@dataclass(frozen=True)
class Dot:
    """A plan: what it costs a year, and the minutes that it delivers."""

    name: str
    cost: float
    minutes: float


@dataclass(frozen=True)
class Drawn:
    """A dot where it stands."""

    name: str
    x: float
    y: float


def cost_chart(dots: Sequence[Dot], currency: str, locale: str, what: str) -> Markup:
    """The chart."""
    words = Words(locale)
    costs, minutes = _scale([dot.cost for dot in dots]), _scale([dot.minutes for dot in dots])

    def across(cost: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (cost - costs[0]) / (costs[-1] - costs[0])

    def down(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - minutes[0]) / (minutes[-1] - minutes[0])

    marks = [(down(value), words.number(round(value))) for value in minutes]
    foot = [(across(cost), words.money(Decimal(round(cost)), currency).removesuffix(".00")) for cost in costs]
    drawn = [Drawn(dot.name, across(dot.cost), down(dot.minutes)) for dot in dots]
    return filled(
        "cost_chart.html",
        dots=drawn,
        marks=marks,
        foot=foot,
        what=what,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        bottom=BOTTOM,
        right=RIGHT,
    )


def _scale(values: Sequence[float]) -> list[float]:
    """Three round marks around some values."""
    low, high = min(values), max(values)
    spread = max(high - low, abs(high) * 0.02, 1.0)
    return [low - spread * 0.25, (low + high) / 2, high + spread * 0.25]
