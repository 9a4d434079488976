"""Cost against minutes served: a dot a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from planner.words.errors import shortened
from planner.words.wording import Words
from ui.screen.templating import filled

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 90, 60, 24, 52
RADIUS = 9
LETTER, LINE, LONGEST = 7, 17, 44
"""How wide a letter of a name and how high its line is at most, and the letters of a name that are
shown.
"""


@dataclass(frozen=True)
class ChartDot:
    """A plan: what it costs a year, and the minutes that it delivers."""

    name: str
    cost: float
    minutes: float


@dataclass(frozen=True)
class ChartDrawing:
    """A dot with its number where it stands, and its name: to the side on which there is room, on a
    line that no other name has.
    """

    name: str
    number: int
    x: float
    y: float
    line: float
    left: bool

    @property
    def span(self) -> tuple[float, float]:
        """From where to where its name goes at most."""
        width = LETTER * len(self.said) + 14
        return (self.x - width, self.x) if self.left else (self.x, self.x + width)

    @property
    def said(self) -> str:
        """Its name, as long as there is room for."""
        return shortened(self.name, LONGEST)


def cost_chart(
    dots: Sequence[ChartDot],
    best: Sequence[tuple[float, int]],
    currency: str,
    locale: str,
    what: str,
) -> Markup:
    """The chart; `best` is the line behind the dots."""
    words = Words(locale)
    costs = _scale([dot.cost for dot in dots] + [cost for cost, _ in best])
    minutes = _scale([dot.minutes for dot in dots] + [value for _, value in best])

    def across(cost: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (cost - costs[0]) / (costs[-1] - costs[0])

    def down(value: float) -> float:
        return (
            HEIGHT
            - BOTTOM
            - (HEIGHT - TOP - BOTTOM) * (value - minutes[0]) / (minutes[-1] - minutes[0])
        )

    marks = [(down(value), words.number(round(value))) for value in minutes]
    foot = [
        (across(cost), words.money(Decimal(round(cost)), currency).removesuffix(".00"))
        for cost in costs
    ]
    drawn = placed([(dot.name, across(dot.cost), down(dot.minutes)) for dot in dots])
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


def placed(dots: Sequence[tuple[str, float, float]]) -> list[ChartDrawing]:
    """Dots (name, across, down) with their names beside them, from above; a name moves down to
    where no dot and no name is.
    """
    found: list[ChartDrawing] = []
    drawn = [
        ChartDrawing(f"{number} {name}", number, x, y, y + 4, x > WIDTH / 2)
        for number, (name, x, y) in enumerate(dots, start=1)
    ]
    for one in sorted(drawn, key=lambda dot: (dot.y, dot.x)):
        left, right = one.span
        taken = [other.line for other in found if other.span[0] < right and left < other.span[1]]
        taken += [
            dot.y + 4
            for dot in drawn
            if dot is not one and left < dot.x + RADIUS and dot.x - RADIUS < right
        ]
        line = one.line
        while any(abs(line - other) < LINE for other in taken):
            line += 1
        found.append(replace(one, line=line))
    return found


def frontier(plans: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
    """Of plans with their cost and minutes, those than which none that costs no more delivers more;
    the cheapest first.
    """
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
