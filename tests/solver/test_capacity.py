"""What a week can hold at most is never less than what a timetable gives."""

import pytest

from planner.facts.problem import Problem
from planner.plan.result import Status
from planner.rules import settings_of
from planner.rules.goals import GOAL_OF
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.capacity import Capacity
from solver.timetable.incumbent import SearchSettings
from solver.timetable.model import build
from solver.timetable.relaxation import Relaxation
from tests.solver.tiny import groups, staff, tiny

MINUTES = GOAL_OF["tier_2_minutes"]


def day(grid: int, lunch_from: str, *, lunch: int = 20, prep: int = 0, shift: int = 120) -> Problem:
    """One person's two hours with a lunch and two groups, in a grid that lunch does not share."""
    window = {
        "lunch_minutes": lunch,
        "lunch_from": lunch_from,
        "lunch_to": "10:00",
        "prep_minutes": prep,
        "obligation_minutes": shift - lunch,
    }
    return tiny(
        grid=grid,
        roles=[{"role": "para"} | window],
        staff=staff("Ana"),
        groups=groups("A", "B", windows="Mon 08:00-10:00"),
    )


def most(problem: Problem) -> int:
    capacity = Capacity(build(problem, settings_of(problem)))
    bound = Relaxation(capacity, [MINUTES], SearchSettings(), Stop()).ask(MINUTES, 10)[1]
    assert bound is not None
    return bound


@pytest.mark.parametrize(
    ("problem", "given"),
    [
        (day(20, "09:00"), 60),
        (day(20, "08:10", lunch=40), 60),
        (day(30, "08:45"), 60),
        (day(30, "08:40", prep=40), 60),
    ],
    ids=[
        "on the grid",
        "lunch off the grid",
        "lunch inside a session's slot",
        "a day with preparation",
    ],
)
def test_a_week_holds_what_is_given(problem: Problem, given: int):
    result = best_plan(problem, SolveSettings(goals=(MINUTES,), seconds=10))
    assert result.status is Status.OPTIMAL
    assert result.goals[0].value == given
    assert most(problem) >= given


def test_a_shift_shorter_than_its_preparation_holds_nothing_and_contradicts_nothing():
    problem = day(30, "08:30", prep=60, shift=50)
    assert most(problem) == 0
