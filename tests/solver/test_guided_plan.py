"""A region's plan that begins with where people are wanted is legal, and holds what must be."""

from pathlib import Path

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import as_they_stand, staffed
from planner.rules import settings_of
from planner.rules.checker import violations
from planner.rules.rule import Strength
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.region.guided_plan import guided_plans
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.components import components
from solver.timetable.construct.first_plan import first_plan, must_of
from solver.training.assign_training import plan_training
from tests.planted_region import planted_region
from tests.slow import quick_and_slow

SETTINGS = SolveSettings(seconds=20)
GOALS = [goal for goal in SETTINGS.goals if goal.part == "timetable"]


def shifts(plan: Plan) -> set[tuple[str, str, str, int, int]]:
    return {(p.staff, p.day, p.school, p.start, p.end) for p in plan.placements}


def planted(folder: Path) -> Problem:
    planted_region(folder, schools=4, groups=20, load=0.95, seed=2)
    return Problem(load(folder), "region")


def of_an_example(_: Path) -> Problem:
    problem = Problem(load(example_path("tacoma-mtss")), "tacoma-mtss")
    return staffed(problem, as_they_stand(problem))


@pytest.mark.parametrize("posed", quick_and_slow([planted], [of_an_example]))
def test_each_plan_is_legal_and_keeps_what_must_be(tmp_path: Path, posed):
    problem = posed(tmp_path)
    training = plan_training(problem, settings_of(problem))
    first = first_plan(
        problem, GOALS, training.attendances, Stop(), seconds=0.5, seed=1, staying=True
    )
    assert first is not None
    plans = list(
        guided_plans(
            problem, components(problem), GOALS, SETTINGS, training, first, 1.0, Stop(), seconds=6
        )
    )
    assert plans
    must = must_of(problem, first)
    for plan in plans:
        assert violations(problem, plan, strength=Strength.HARD) == []
        assert set(must.sessions) <= set(plan.sessions)
        # Lunch and preparation may move beside it.
        assert shifts(must) <= shifts(plan)


def test_nothing_is_placed_once_the_end_is_asked_for(tmp_path: Path):
    problem = planted(tmp_path)
    training = plan_training(problem, settings_of(problem))
    first = first_plan(problem, GOALS, (), Stop(), seconds=0.5, seed=1, staying=True)
    assert first is not None
    stop = Stop(asked=True)
    plans = list(
        guided_plans(problem, components(problem), GOALS, SETTINGS, training, first, 1.0, stop, 6)
    )
    assert len(plans) <= 1


def test_where_little_is_missing_nobody_is_placed_anew(tmp_path: Path):
    problem = planted(tmp_path)
    training = plan_training(problem, settings_of(problem))
    first = first_plan(
        problem, GOALS, training.attendances, Stop(), seconds=0.5, seed=1, staying=True
    )
    assert first is not None
    parts = components(problem)
    plans = list(
        guided_plans(problem, parts, GOALS, SETTINGS, training, first, 0.01, Stop(), seconds=2)
    )
    assert len(plans) == 1
    assert violations(problem, plans[0], strength=Strength.HARD) == []
