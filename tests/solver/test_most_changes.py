"""A limit of changes against a plan is hard: what the model counts is what
`planner.plan.plan_distance` counts.
"""

from dataclasses import replace

import pytest

from planner.facts.decisions import Edit, Pin
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.plan_distance import changed
from planner.plan.result import Status
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.slow import quick_and_slow

SETTINGS = SolveSettings(seconds=4, reproducible=True)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem(load(example_path("first-steps")), "first-steps")


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    found = best_plan(problem, SETTINGS).plan
    assert found
    return found


def without(problem: Problem, plan: Plan, count: int) -> Problem:
    """The problem in which so many groups' sessions may not be where they are."""
    groups = [session for session in plan.sessions if session.kind == "group"][:count]
    pins = [Pin(kind="forbid", subject=s.service, day=(s.day,), start=s.start) for s in groups]
    return replace(problem, edits=tuple(Edit(pin, "It was decided.") for pin in pins))


@pytest.mark.parametrize(("forbidden", "most"), quick_and_slow([(0, 0), (1, 1)], [(1, 4), (2, 6)]))
def test_no_more_is_changed_than_may_be(problem: Problem, plan: Plan, forbidden: int, most: int):
    result = best_plan(
        without(problem, plan, forbidden),
        replace(SETTINGS, reference=plan, most_changes=most, seconds=2, seed=5),
    )
    assert result.plan
    assert forbidden <= changed(plan, result.plan) <= most


@pytest.mark.slow
def test_a_limit_costs_minutes_where_more_changes_would_win_them(problem: Problem, plan: Plan):
    """From an empty plan of the same days, every session is a change: with three of them, three are
    given.
    """
    empty = Plan(
        plan.placements, tuple(session for session in plan.sessions if session.kind != "group")
    )
    result = best_plan(problem, replace(SETTINGS, seconds=1, reference=empty, most_changes=3))
    assert result.plan
    assert changed(empty, result.plan) <= 3
    given = [session for session in result.plan.sessions if session.kind == "group"]
    assert 0 < len(given) <= 3


def test_too_few_changes_are_said(problem: Problem, plan: Plan):
    result = best_plan(without(problem, plan, 1), replace(SETTINGS, reference=plan, most_changes=0))
    assert result.status is Status.INFEASIBLE
    assert result.conflict == (
        "At most 0 changes against the plan to stay close to are allowed, and no legal plan is so "
        "close to it.",
    )


def test_what_contradicts_itself_without_the_limit_is_said_as_ever(problem: Problem, plan: Plan):
    meeting = next(session for session in plan.sessions if session.service == "DATA-MEETING")
    pin = Pin(kind="forbid", subject="DATA-MEETING", day=(meeting.day,), start=meeting.start)
    result = best_plan(
        replace(problem, edits=(Edit(pin, "No."),)),
        replace(SETTINGS, reference=plan, most_changes=9),
    )
    assert result.status is Status.INFEASIBLE
    assert "No." in result.conflict


@pytest.mark.slow
def test_changes_count_against_the_reference_wherever_the_search_begins(
    problem: Problem, plan: Plan
):
    """As where a search was interrupted: its best plan so far had used up some of the changes."""
    moved = without(problem, plan, 1)
    settings = replace(SETTINGS, seconds=2, reference=plan, most_changes=2)
    best = best_plan(moved, settings).plan
    assert best
    assert 1 <= changed(plan, best) <= 2
    result = best_plan(moved, replace(settings, start=best))
    assert result.plan
    assert changed(plan, result.plan) <= 2
    # No change against the best plan so far would be needed; against the reference, one is.
    none = replace(settings, start=best, most_changes=0)
    assert best_plan(moved, none).status is Status.INFEASIBLE


@pytest.mark.slow
def test_a_beginning_beyond_the_limit_does_not_end_the_search(problem: Problem, plan: Plan):
    result = best_plan(
        problem,
        replace(SETTINGS, seconds=2, start=Plan(plan.placements), reference=plan, most_changes=0),
    )
    assert result.plan
    assert changed(plan, result.plan) == 0
