"""The funds that pay each person."""

from collections.abc import Mapping

from planner.facts.sheets import Dataset


def funds_of_people(data: Dataset) -> Mapping[str, tuple[str, ...]]:
    """The funds that pay each person on the planned day, over all of their positions; people whom
    none pays are left out.
    """
    day = data.district.day_planned
    found: dict[str, dict[str, None]] = {}
    for row in data.positions:
        if row.staff and row.is_in_force(day):
            for share in row.funding:
                if share.percent:
                    found.setdefault(row.staff, {})[share.fund] = None
    return {person: tuple(funds) for person, funds in found.items()}
