"""Whether the money that pays a person may serve a group: by the tiers and the tags of each of their funds."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planner.problem.funds import Program
from planner.problem.services import Group
from planner.problem.sheets import Dataset

if TYPE_CHECKING:
    from planner.problem.problem import Problem
    from planner.problem.service import Service


def funds_of_people(data: Dataset) -> Mapping[str, tuple[str, ...]]:
    """The funds that pay each person on the planned day, over all of their positions; people whom none pays are left out."""
    day = data.district.day_planned
    found: dict[str, dict[str, None]] = {}
    for row in data.positions:
        if row.staff and row.is_in_force(day):
            for share in row.funding:
                if share.percent:
                    found.setdefault(row.staff, {})[share.fund] = None
    return {person: tuple(funds) for person, funds in found.items()}


def funds_allow(problem: "Problem", person: str, service: "Service") -> bool:
    """Whether some fund that pays somebody may serve a group. People whom no fund pays are free, as is all other work."""
    funds = problem.funds_of.get(person, ())
    return not service.group or not funds or any(serves(problem.fund_terms[fund], service.group) for fund in funds)


def serves(terms: Program, group: Group) -> bool:
    """Whether money on these terms may serve a group: its tier, and students with one of its tags."""
    return (not terms.tiers or group.tier in terms.tiers) and (not terms.tags or not set(terms.tags).isdisjoint(group.tags))
