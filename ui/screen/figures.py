"""A row of a few large figures, each with its unit and, on hover, how it is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ui.screen.templating import filled


@dataclass(frozen=True)
class Metric:
    """A figure under its name."""

    name: str
    value: str
    unit: str = ""
    made: str = ""
    tone: str = ""


def figures(some: Sequence[Metric]) -> Markup:
    """The row."""
    return filled("figures.html", figures=some)
