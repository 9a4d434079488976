"""Somebody leaves, as changes of a scenario."""

from planner.facts.sheets import Dataset
from planner.scenario.wish_names import known
from planner.scenario.writing import ChangeMap


def leaves(data: Dataset, staff: str, on: str = "") -> list[ChangeMap]:
    """Somebody who leaves: with a last day, or from the start. Then their positions become vacant,
    and a group that they alone might serve is anybody's who is qualified: it is still owed its
    minutes.
    """
    known("person", staff, [one.staff for one in data.staff])
    if on:
        return [{"set": {"sheet": "staff", "where": {"staff": staff}, "values": {"end_date": on}}}]
    found: list[ChangeMap] = []
    if any(group.staff == (staff,) for group in data.groups):
        found.append(
            {"set": {"sheet": "groups", "where": {"staff": staff}, "values": {"staff": ""}}}
        )
    return [*found, {"drop": {"sheet": "staff", "where": {"staff": staff}, "cascade": True}}]
