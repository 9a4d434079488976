"""Groups that meet several times a day: what the checker says, and what a day can hold."""

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules import different_days
from planner.rules.explanations import why
from planner.slots.bound import Bound
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.solver.tiny import groups, staff, tiny


def problem(sessions: int = 4, times: int = 2, minutes: int = 30) -> Problem:
    return tiny(
        "Mon;Tue",
        staff=staff("Ana"),
        blocks=[{"start": "08:00", "end": "10:00"}],
        groups=groups("A", sessions=sessions, min_sessions=1, times_a_day=times, minutes=minutes),
    )


def at(day: str, *starts: int) -> list[Session]:
    return [Session("A", day, t, t + 30, ("Ana",), "elm", "group", "pull_out") for t in starts]


@pytest.mark.parametrize(("times", "over"), [(1, [2]), (2, [1]), (3, [])])
def test_a_day_has_so_many_sessions(times: int, over: list[int]):
    plan = Plan((), tuple(at("Mon", 480, 510, 540)))
    found = different_days.RULE.violations(problem(times=times), plan)
    assert [violation.amount for violation in found] == over


def test_a_group_that_has_as_many_as_a_day_allows_says_so():
    facts = problem(sessions=5)
    placed = tuple(Placement("Ana", day, 480, 600, "elm") for day in facts.cycle)
    plan = Plan(placed, tuple([*at("Mon", 480, 510), *at("Tue", 480, 510)]))
    assert why(facts, plan, facts.service_of["A"]) == (
        "different_days",
        "A has 2 sessions on every day of its windows already.",
    )


@pytest.mark.parametrize(
    ("sessions", "times", "minutes", "most"),
    [(4, 1, 30, 60), (4, 2, 30, 120), (3, 2, 30, 90), (8, 4, 30, 240), (8, 4, 45, 180)],
)
def test_a_bound_counts_them_and_a_plan_reaches_it(
    sessions: int, times: int, minutes: int, most: int
):
    facts = problem(sessions, times, minutes)
    assert Bound(facts).most(facts.groups).minutes == most
    result = best_plan(facts, SolveSettings(seconds=5, reproducible=True))
    assert result.plan is not None
    assert sum(session.minutes for session in result.plan.sessions) == most
