"""Goals: for every plan, the best value that the model gives a goal's expression is the value that
the checker counts.
"""

from functools import cache
from random import Random

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Status
from planner.rules import RULES, settings_of
from planner.rules.goals import GOALS as ALL
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from solver.timetable import model
from solver.timetable.goals import expression as expression_of
from solver.timetable.model import build
from tests.slow import quick_and_slow
from tests.solver.every_plan import every_solution, least
from tests.solver.tiny import TWO_SCHOOLS, groups, staff, tiny

GOALS = [goal for goal in ALL if goal.part == "timetable"]
MOST = 25
"""Plans of one instance that are priced one by one, drawn from all."""

INSTANCES: dict[str, Problem] = {
    "two schools": tiny(
        cycle="Mon;Tue",
        roles=[{"role": "para", "obligation_minutes": 60}],
        schools=TWO_SCHOOLS,
        staff=[*staff("Ana"), *staff("Ben", schools="oak")],
        groups=[
            *groups("A", sessions=2, min_sessions=1, windows="Mon-Tue 08:00-10:00"),
            *groups("B", tier=3, priority=2, minutes=20, windows="Mon-Tue 08:00-10:00"),
            *groups(
                "C",
                tier=1,
                school="oak",
                priority=3,
                sessions=2,
                min_sessions=1,
                windows="Mon-Tue 08:00-10:00",
            ),
        ],
        duties=[{"duty": "d"}, {"duty": "must", "required": "yes", "windows": "Tue 08:30-09:00"}],
    ),
    "two people": tiny(
        cycle="Mon;Tue;Wed",
        roles=[{"role": "para", "obligation_minutes": 60}],
        staff=[*staff("Ana"), *staff("Ben", fte="0.5")],
        groups=[
            *groups("A", sessions=3, min_sessions=1, windows="Mon-Wed 08:00-10:00"),
            *groups(
                "B", tier=3, minutes=20, sessions=2, min_sessions=1, windows="Mon-Wed 08:00-10:00"
            ),
        ],
    ),
    "wishes": tiny(
        cycle="Mon;Tue",
        roles=[{"role": "para", "obligation_minutes": 60}],
        staff=[*staff("Ana"), *staff("Ben")],
        groups=groups("A", sessions=2, min_sessions=1, windows="Mon-Tue 08:00-09:00"),
        duties=[{"duty": "met", "adults": "0", "with": "Ana;Ben", "windows": "Tue 08:00-09:00"}],
        preferences=[
            {"who": "staff:Ana", "from": "08:00", "to": "08:25", "weight": "-3"},
            {"who": "role:para", "days": "Tue", "from": "08:30", "to": "09:00", "weight": "2"},
            {"who": "group:A", "from": "08:20", "to": "08:40", "weight": "5"},
            {"who": "grade:1", "days": "Mon", "from": "08:00", "to": "08:10", "weight": "1"},
            {"who": "school:elm", "from": "08:00", "to": "08:05", "weight": "-1"},
        ],
    ),
    "soft": tiny(
        roles=[{"role": "para", "obligation_minutes": 90, "max_contact_minutes": 40}],
        staff=staff("Ana"),
        groups=groups("A", "B", windows="Mon 08:00-10:00"),
        rules=[{"rule": "contact_minutes", "setting": "soft", "weight": 3}],
    ),
}


@cache
def plans_of(name: str) -> tuple[Plan, ...]:
    """Every plan of an instance, by its whole model."""
    problem = INSTANCES[name]
    return tuple(sorted(every_solution(build(problem, settings_of(problem))), key=repr))


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.key)
@pytest.mark.parametrize("name", INSTANCES)
def test_the_models_best_value_of_a_plan_is_the_checkers(name, goal):
    problem = INSTANCES[name]
    plans = plans_of(name)
    timetable = build(problem, settings_of(problem))
    expression = expression_of(goal, timetable)
    for plan in Random(1).sample(plans, min(MOST, len(plans))):
        assert least(timetable, expression, plan, more=goal.better == "more") == goal.value(
            problem, plan
        )


def test_the_instances_tell_plans_apart():
    """Every goal has plans of different values, so a goal that is always the same would be
    noticed.
    """
    of_goal = {goal.key: set() for goal in GOALS}
    for name, problem in INSTANCES.items():
        for plan in plans_of(name):
            for goal in GOALS:
                of_goal[goal.key].add((name, goal.value(problem, plan)))
    assert [key for key, values in of_goal.items() if len(values) <= len(INSTANCES)] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", quick_and_slow([1], [2]))
def test_the_order_of_the_rules_changes_no_tier_value(monkeypatch, seed):
    problem = Problem(load(example_path("first-steps")), "first-steps")
    settings = SolveSettings(goals=GOALS[:3], seconds=20, workers=1)
    before = best_plan(problem, settings)
    monkeypatch.setattr(model, "RULES", tuple(Random(seed).sample(RULES, len(RULES))))
    after = best_plan(problem, settings)
    assert (before.status, after.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert [goal.value for goal in after.goals] == [goal.value for goal in before.goals]
