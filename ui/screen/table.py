"""Tables for reading.

Figures right-aligned under a head with their unit, names with ids on hover, a line above sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ui.screen.templating import filled


@dataclass(frozen=True)
class Head:
    """A column: what it says, its unit, whether figures stand in it, and how they are made."""

    name: str
    unit: str = ""
    figures: bool = False
    made: str = ""


@dataclass(frozen=True)
class HtmlCell:
    """What stands in a table: a text; `hover` says more; `key` comes back when it is picked; `tone`
    is a class of the style; `curve` are the points of a small line.
    """

    text: str
    hover: str = ""
    key: str = ""
    tone: str = ""
    under: str = ""
    curve: str = ""


HtmlRow = Sequence[HtmlCell | str]


def table(
    heads: Sequence[Head],
    rows: Sequence[HtmlRow],
    *,
    sums: HtmlRow = (),
    caption: str,
    marked: str = "",
) -> Markup:
    """A table; `marked` is the key of the row that is picked. The caption is for those who hear the
    page.
    """

    def cells(row: HtmlRow) -> list[HtmlCell]:
        return [cell if isinstance(cell, HtmlCell) else HtmlCell(cell) for cell in row]

    return filled(
        "table.html",
        heads=heads,
        rows=[cells(row) for row in rows],
        sums=cells(sums),
        caption=caption,
        marked=marked,
    )
