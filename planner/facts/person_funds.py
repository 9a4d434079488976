"""The funds that pay each person."""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.facts.cell_formats import Share
from planner.facts.funds import Position
from planner.facts.sheets import Dataset
from planner.facts.stretches import Stretch

Stretches = Mapping[str, tuple[Stretch, ...]]


def funds_of_people(data: Dataset, stretches: Stretches) -> Mapping[str, tuple[str, ...]]:
    """The funds that pay each person on the planned day, over all of their positions; people whom
    none pays are left out.
    """
    found: dict[str, dict[str, None]] = {}
    for row in data.positions:
        for staff, funding in _paid(row, stretches.get(row.position), data.district.day_planned):
            for share in funding:
                if share.percent:
                    found.setdefault(staff, {})[share.fund] = None
    return {person: tuple(funds) for person, funds in found.items()}


def _paid(
    row: Position, stretches: tuple[Stretch, ...] | None, day: date
) -> Iterator[tuple[str, tuple[Share, ...]]]:
    """Who holds a position on a day, with who pays."""
    if stretches is None:
        if row.staff and row.is_in_force(day):
            yield row.staff, row.funding
        return
    for stretch in stretches:
        if stretch.holds_on(day):
            yield stretch.staff, stretch.funding or row.funding
