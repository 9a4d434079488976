"""Minutes delivered to the groups of a tier, each weighted by its group's priority."""

from collections.abc import Iterable

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers


def tier_minutes(problem: Problem, plan: Plan, tier: int) -> int:
    """Minutes × priority over the sessions of one tier's groups, a cycle; those with named dates
    count what they come to.
    """
    services = problem.service_of
    return sum(
        services[session.service].gives(session.minutes) * services[session.service].priority
        for session in plan.sessions
        if services[session.service].tier == tier
    )


def owed(services: Iterable[Service]) -> dict[str, int]:
    """All that each tier's goal could ever be: minutes owed × priority."""
    found = dict.fromkeys((goal.key for goal in GOALS), 0)
    for service in services:
        if service.group:
            found[f"tier_{service.tier}_minutes"] += service.owed * service.priority
    return found


def _goal(tier: int) -> Goal:
    return Goal(
        key=f"tier_{tier}_minutes",
        title=f"Tier {tier} minutes",
        unit="minutes × priority",
        one="minute × priority",
        formula=f"Σ minutes × priority(g) over the sessions of tier {tier}",
        better="more",
        value=lambda problem, plan: tier_minutes(problem, plan, tier),
        readers=Readers.EVERYBODY,
        by_counts=True,
        minutes_of_tier=tier,
        twin="tier_minutes",
    )


GOALS = tuple(_goal(tier) for tier in (3, 2, 1))
