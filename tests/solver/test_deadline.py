"""A model that is not built in time is given up; what was constructed by then stands."""

import pytest

import solver.search.run
from planner.facts.problem import Problem
from planner.plan.result import Status
from planner.rules import settings_of
from planner.rules.checker import violations
from planner.rules.rule import Strength
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from solver.timetable.model import build

SETTINGS = SolveSettings(seconds=5, workers=1)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem(load(example_path("first-steps")), "first-steps")


@pytest.fixture
def no_time_for_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver.search.run, "GRACE", -1000.0)


def test_a_model_is_given_up_once_the_time_is_over(problem: Problem):
    with pytest.raises(TimeoutError):
        build(problem, settings_of(problem), is_over=lambda: True)


@pytest.mark.usefixtures("no_time_for_models")
def test_what_was_constructed_stands(problem: Problem):
    result = best_plan(problem, SETTINGS)
    assert result.status is Status.FEASIBLE
    assert result.plan
    assert result.plan.sessions
    assert violations(problem, result.plan, strength=Strength.HARD) == []


@pytest.mark.usefixtures("no_time_for_models")
def test_without_that_there_is_no_plan_yet(problem: Problem, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solver.search.run, "first_plan", lambda *_, **__: None)
    result = best_plan(problem, SETTINGS)
    assert result.status is Status.NO_PLAN_YET
    assert result.stopped == "deadline"


@pytest.mark.usefixtures("no_time_for_models")
def test_what_must_come_out_alike_does_not_look_at_the_clock(problem: Problem):
    result = best_plan(problem, SolveSettings(seconds=2, workers=1, reproducible=True))
    assert any(goal.bound is not None for goal in result.goals)
