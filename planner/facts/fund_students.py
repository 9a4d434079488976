"""Whether the money that pays a person may serve a group.

By the tiers and the tags of each of their funds.
"""

from planner.facts.funds import Program
from planner.facts.group_rows import Group
from planner.facts.problem import Problem
from planner.facts.service import Service


def funds_allow(problem: Problem, person: str, service: Service) -> bool:
    """Whether some fund that pays somebody may serve a group. People whom no fund pays are free, as
    is all other work.
    """
    funds = problem.funds_of.get(person, ())
    return (
        not service.group
        or not funds
        or any(serves(problem.fund_terms[fund], service.group) for fund in funds)
    )


def serves(terms: Program, group: Group) -> bool:
    """Whether money on these terms may serve a group: its tier, and students with one of its
    tags.
    """
    return (not terms.tiers or group.tier in terms.tiers) and (
        not terms.tags or not set(terms.tags).isdisjoint(group.tags)
    )
