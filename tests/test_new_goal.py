"""A goal is added while the tests run, with the files of docs/add-a-goal.md alone, and is found
everywhere: as few sessions as can be on the last day of the cycle.
"""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from planner.access import Level, User, seen
from planner.plan.result import Status
from planner.rules.checker import goal_values
from planner.rules.goals import GOAL_OF, GOALS
from planner.rules.goals.goal import Goal
from planner.rules.goals.goal_text import goal_text
from planner.words.wording import Words
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.solver.tiny import groups, staff, tiny
from tests.ui.command import planner as command

KEY = "last_day"
CHECKER = '''"""As few sessions as can be on the last day of the cycle."""

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers


def value(problem: Problem, plan: Plan) -> int:
    """Sessions on the last day."""
    return sum(session.day == problem.cycle[-1] for session in plan.sessions)


GOAL = Goal(
    key="last_day",
    title="Free last day",
    unit="sessions",
    one="session",
    formula="Σ sessions on the last day of the cycle",
    better="less",
    value=value,
    readers=Readers.ALL_SCHOOLS,
)
'''
MODEL = '''"""Σ meets[g, d, t] over the last day d."""

from planner.rules.goals.goal import Goal
from solver.posting import Expr
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable, goal: Goal) -> Expr:
    """Sessions on the last day."""
    last = timetable.problem.cycle[-1]
    return sum(
        timetable.meets(service.id, last, *time)
        for service in timetable.services
        for time in timetable.times_of[service.id].get(last, ())
    )
'''
USED = {
    "planner/rules/goals/NAME.py",
    "planner/rules/goals/__init__.py",
    "solver/timetable/goals/NAME.py",
    "tests/solver/test_goals.py",
    "README.md",
}
"""The files that this test writes, or stands for."""
PROBLEM = tiny(
    cycle="Mon;Tue",
    staff=staff("Ana"),
    blocks=[{"days": "Mon;Tue", "start": "08:00", "end": "10:00"}],
    groups=groups(*"ABCDE"),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Goal]:
    """The two modules, where the recipe puts them."""
    packages = {"planner.rules.goals": CHECKER, "solver.timetable.goals": MODEL}
    with pytest.MonkeyPatch.context() as patch:
        for name, text in packages.items():
            folder, package = tmp_path_factory.mktemp("new"), import_module(name)
            (folder / f"{KEY}.py").write_text(text, encoding="utf-8")
            patch.setattr(package, "__path__", [*package.__path__, str(folder)])
        yield import_module(f"planner.rules.goals.{KEY}").GOAL
    for name in packages:
        sys.modules.pop(f"{name}.{KEY}", None)


@pytest.fixture
def last_day(written: Goal) -> Iterator[Goal]:
    """The entry in `GOALS`."""
    with GOALS.register(written):
        yield written


def test_the_recipe_names_the_files_that_it_took():
    recipe = Path(__file__).parent.parent / "docs" / "add-a-goal.md"
    text = recipe.read_text(encoding="utf-8")
    assert set(re.findall(r"^\d+\. `([^`]+)`", text, flags=re.MULTILINE)) == USED
    assert "takes five files" in text
    assert len(USED) == 5


def test_the_solver_reaches_what_the_checker_counts(last_day: Goal):
    """Four sessions fit on Monday; before the goal, any of the five may be on Tuesday."""
    wanted = (GOAL_OF["tier_2_minutes"], last_day)
    result = best_plan(PROBLEM, SolveSettings(goals=wanted, seconds=20, workers=1))
    assert result.plan is not None
    assert result.status is Status.OPTIMAL
    (goal,) = [goal for goal in result.goals if goal.goal == KEY]
    assert (goal.value, goal.bound) == (1, 1)
    assert goal_values(PROBLEM, result.plan)[KEY] == 1
    told = goal_text(goal, Words("en_US"))
    assert (told.title, told.value, told.unit) == ("Free last day", "1", "session")
    assert SolveSettings().goals[-1] is last_day


@pytest.mark.parametrize(("role", "level"), [("viewer", Level.ALL), ("principal", Level.NOT)])
@pytest.mark.usefixtures("last_day")
def test_those_whom_it_names_may_read_it(role: str, level: Level):
    assert seen(User("somebody", frozenset({role}), frozenset({"elm"})), f"goal:{KEY}") is level


@pytest.mark.usefixtures("last_day")
def test_the_tables_know_it():
    assert f"{KEY}: Free last day (less is better)" in command("rules").output
    assert f"| `{KEY}` | Free last day |" in command("rules", "--markdown").output


def test_without_it_nobody_knows_it():
    assert KEY not in GOAL_OF
    assert f"`{KEY}`" not in command("rules", "--markdown").output
    assert seen(User("all", frozenset({"hr"}), frozenset()), f"goal:{KEY}") is Level.NOT
