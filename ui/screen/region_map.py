"""A map of the schools by their coordinates, drawn here: nothing is asked of a map server."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import cos, radians, sqrt

from markupsafe import Markup

from planner.words import palette
from ui.app.workspace import VisiblePlan
from ui.screen.templating import filled

WIDTH, HEIGHT, EDGE = 900, 520, 60
SMALLEST, LARGEST = 6.0, 20.0
WELL, FAIRLY = 0.98, 0.9
"""Shares of the owed minutes from which on a school counts as well, and as fairly, served."""
SERVED = (
    ("all or nearly all", "#0F6B2B"),
    ("at least 90 %", "#E69F00"),
    ("less than 90 %", "#D55E00"),
)


@dataclass(frozen=True)
class MapDot:
    """A school on the map."""

    name: str
    x: float
    y: float
    size: float
    colour: str
    said: str


@dataclass(frozen=True)
class Way:
    """Two schools that share people."""

    start: MapDot
    end: MapDot
    people: int


def region_map(opened: VisiblePlan) -> Markup | None:
    """The map; None where fewer than two schools have coordinates."""
    placed = [
        s for s in opened.problem.data.schools if s.latitude is not None and s.longitude is not None
    ]
    if len(placed) < 2:
        return None
    middle = sum(float(s.latitude or 0) for s in placed) / len(placed)
    spots = {
        s.school: (float(s.longitude or 0) * cos(radians(middle)), -float(s.latitude or 0))
        for s in placed
    }
    left, top = min(x for x, _ in spots.values()), min(y for _, y in spots.values())
    wide = max(x for x, _ in spots.values()) - left or 1e-6
    high = max(y for _, y in spots.values()) - top or 1e-6
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    most = max((dose.owed for dose in opened.measures.schools.values()), default=1) or 1
    dots = {}
    for school, (x, y) in spots.items():
        dose = opened.measures.schools.get(school)
        size = SMALLEST + (LARGEST - SMALLEST) * sqrt((dose.owed if dose else 0) / most)
        share = dose.share if dose else 1.0
        colour = (
            SERVED[0 if share >= WELL else 1 if share >= FAIRLY else 2][1]
            if dose
            else palette.MUTED
        )
        said = (
            f"{opened.school(school)}: {opened.words.percent(share)} served"
            if dose
            else opened.school(school)
        )
        dots[school] = MapDot(
            opened.school(school),
            EDGE + (x - left) * scale,
            EDGE + (y - top) * scale,
            size,
            colour,
            said,
        )
    return filled(
        "map.html",
        dots=dots.values(),
        ways=_ways(opened, dots),
        width=WIDTH,
        height=HEIGHT,
        served=SERVED,
    )


def _ways(opened: VisiblePlan, dots: dict[str, MapDot]) -> list[Way]:
    at: dict[str, set[str]] = {}
    for placement in opened.plan.placements:
        at.setdefault(placement.staff, set()).add(placement.school)
    shared = Counter(pair for schools in at.values() for pair in combinations(sorted(schools), 2))
    return [
        Way(dots[one], dots[other], people)
        for (one, other), people in shared.items()
        if one in dots and other in dots
    ]
