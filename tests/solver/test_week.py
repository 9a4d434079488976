"""A timetable that follows the best week: whole and proved where all of it finds its hours; said
where it does not.
"""

import pytest

from planner.facts.problem import Problem
from planner.rules import settings_of
from planner.rules.goals import GOAL_OF
from solver.stop import Stop
from solver.timetable.incumbent import SearchSettings
from solver.timetable.model import build
from solver.timetable.search import Search
from solver.timetable.week import follow
from tests.solver.tiny import groups, staff, tiny

MINUTES = GOAL_OF["tier_2_minutes"]


def begun(problem: Problem) -> Search:
    """A search with its first plan."""
    search = Search(build(problem, settings_of(problem)), SearchSettings(workers=1), Stop())
    search.start(10)
    return search


def day(windows: dict[str, str]) -> Problem:
    """One person's hour, and groups of 20 minutes that have these windows."""
    role = {"role": "para", "obligation_minutes": 60, "lunch_minutes": 0, "prep_minutes": 0}
    rows = [
        row
        for name, window in windows.items()
        for row in groups(name, minutes=20, windows=f"Mon {window}")
    ]
    return tiny(grid=5, roles=[role], staff=staff("Ana"), groups=rows)


@pytest.mark.parametrize(
    ("windows", "given", "fits"),
    [
        ({"A": "08:00-09:00", "B": "08:00-09:00", "C": "08:00-09:00"}, 60, True),
        ({"A": "08:00-08:20", "B": "08:00-08:20"}, 20, True),
        ({"A": "08:05-08:25", "B": "08:10-08:50", "C": "08:35-08:55"}, 40, False),
    ],
    ids=["an hour holds three", "a window holds one", "any two of three, not all"],
)
def test_a_week_and_its_hours(windows: dict[str, str], given: int, fits: bool):
    search = begun(day(windows))
    minutes = search.expression(MINUTES)
    proved = follow(search, [MINUTES], minutes, 10)
    assert search.value_of(minutes) == given
    assert search.fits is fits
    assert proved is fits
