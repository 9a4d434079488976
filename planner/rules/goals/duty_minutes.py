"""Minutes of duties done that nothing requires: coaching, observation, family work."""

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers


def value(problem: Problem, plan: Plan) -> int:
    """Minutes of sessions of duties that are not required, a cycle."""
    services = problem.service_of
    optional = (services[session.service] for session in plan.sessions)
    return sum(service.worth for service in optional if service.duty and not service.required)


GOAL = Goal(
    key="duty_minutes",
    title="Minutes of other duties",
    unit="minutes",
    one="minute",
    formula="Σ minutes over the sessions of duties that are not required",
    better="more",
    value=value,
    readers=Readers.EVERYBODY,
    by_counts=True,
    minutes_of_tier=0,
)
