"""A solve that begins with a plan: what it keeps of it, and what it moves when something in it
cannot stay.
"""

from dataclasses import replace

import pytest

from planner.facts.decisions import Edit, Pin
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Status
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from solver.timetable.stability_objective import disturbed

SETTINGS = SolveSettings(seconds=4, reproducible=True)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem(load(example_path("first-steps")), "first-steps")


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    found = best_plan(problem, SETTINGS).plan
    assert found
    return found


def held(problem: Problem, *pins: Pin) -> Problem:
    return replace(problem, edits=tuple(Edit(pin, "It was decided.") for pin in pins))


@pytest.mark.slow
def test_a_legal_plan_stays(problem: Problem, plan: Plan):
    result = best_plan(problem, replace(SETTINGS, reference=plan, seed=7))
    assert result.status is Status.OPTIMAL
    assert result.plan
    assert result.plan.sessions == plan.sessions


def test_what_is_left_of_a_plan_is_filled_up_and_stays(problem: Problem, plan: Plan):
    rest = tuple(session for session in plan.sessions if session.service != "G3-MATH-T2")
    result = best_plan(problem, replace(SETTINGS, reference=Plan(plan.placements, rest)))
    assert result.plan
    assert set(rest) <= set(result.plan.sessions)
    assert len(result.plan.sessions_of["G3-MATH-T2"]) == 4


def test_a_pin_moves_little(problem: Problem, plan: Plan):
    """G3-MATH-T1 (four of five days, in an hour of two half-hours) is moved by half an hour on one
    day.
    """
    session = plan.sessions_of["G3-MATH-T1"][0]
    other = 13 * 60 + 30 if session.start >= 14 * 60 else 14 * 60
    pin = Pin(
        kind="session",
        subject="G3-MATH-T1",
        staff=session.staff[0],
        day=(session.day,),
        start=other,
    )
    settings = replace(SETTINGS, reference=plan, goals=SETTINGS.goals[:3])
    result = best_plan(held(problem, pin), settings)
    assert result.plan
    moved = set(plan.sessions) - set(result.plan.sessions)
    assert moved == {session}


def test_only_those_whom_an_edit_is_about_are_disturbed(problem: Problem, plan: Plan):
    session = plan.sessions_of["G1-READ-T3"][0]
    pin = Pin(
        kind="forbid", subject="G1-READ-T3", staff="INT-1", day=(session.day,), start=session.start
    )
    found = disturbed(held(problem, pin), plan)
    assert {"G1-READ-T3", "INT-1"} <= found
    bystanders = {s.service for s in plan.sessions if "INT-1" not in s.staff}
    assert not bystanders & found


def test_a_contradiction_by_hand_is_said_as_it_was_decided(problem: Problem, plan: Plan):
    pin = Pin(kind="lunch", staff="ESP-1", day=("Mon",), start=9 * 60)
    result = best_plan(held(problem, pin), replace(SETTINGS, reference=plan))
    assert result.status is Status.INFEASIBLE
    assert set(result.conflict) == {
        "It was decided.",
        "ESP 1 has 30 minutes of duty-free lunch between 11:00 and 13:00 on Mon.",
    }
