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


def cost_chart(dots: Sequence[Dot], best: Sequence[tuple[float, int]], currency: str, locale: str, what: str) -> Markup:
    """The chart; `best` is the line behind the dots."""
    words = Words(locale)
    costs = _scale([dot.cost for dot in dots] + [cost for cost, _ in best])
    minutes = _scale([dot.minutes for dot in dots] + [value for _, value in best])

    def across(cost: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (cost - costs[0]) / (costs[-1] - costs[0])

    def down(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - minutes[0]) / (minutes[-1] - minutes[0])

    marks = [(down(value), words.number(round(value))) for value in minutes]
    foot = [(across(cost), words.money(Decimal(round(cost)), currency).removesuffix(".00")) for cost in costs]
    drawn = [Drawn(dot.name, across(dot.cost), down(dot.minutes)) for dot in dots]
    line = " ".join(f"{across(cost):.1f},{down(value):.1f}" for cost, value in best)
    return filled(
        "cost_chart.html",
        dots=drawn,
        line=line,
        marks=marks,
        foot=foot,
        what=what,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        bottom=BOTTOM,
        right=RIGHT,
    )


def frontier(plans: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
    """Of plans with their cost and minutes, those than which none that costs no more delivers more; the cheapest first."""
    found: list[tuple[float, int]] = []
    for cost, minutes in sorted(plans, key=lambda plan: (plan[0], -plan[1])):
        if not found or minutes > found[-1][1]:
            found.append((cost, minutes))
    return found


def _scale(values: Sequence[float]) -> list[float]:
    """Three round marks around some values."""
    low, high = min(values), max(values)
    spread = max(high - low, abs(high) * 0.02, 1.0)
    return [low - spread * 0.25, (low + high) / 2, high + spread * 0.25]
