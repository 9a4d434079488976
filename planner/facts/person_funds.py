"""The funds that pay each person."""

from collections.abc import Mapping

from planner.facts.sheets import Dataset
from planner.facts.stretches import Stretch, on_day

Stretches = Mapping[str, tuple[Stretch, ...]]


def funds_of_people(data: Dataset, stretches: Stretches) -> Mapping[str, tuple[str, ...]]:
    """The funds that pay each person on the planned day, over all of their positions; people whom
    none pays are left out.
    """
    found: dict[str, dict[str, None]] = {}
    for row in data.positions:
        for held in on_day(row, stretches.get(row.position), data.district.day_planned):
            for share in held.funding or row.funding:
                if share.percent:
                    found.setdefault(held.staff, {})[share.fund] = None
    return {person: tuple(funds) for person, funds in found.items()}
