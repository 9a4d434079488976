"""What is said to be short is short for certain, and the arithmetic is said."""

from pathlib import Path

import pytest

from planner.facts.problem import Problem
from planner.sheets.dataset import load
from planner.slots.bound import Bound
from planner.slots.shortage import Shortage, find_shortages, least_missing
from tests.planner.slots.one_school import groups, school
from tests.planted import overloaded, planted
from tests.planted_windows import planted_windows
from tests.ui.command import FIRST_STEPS, ROOT


def short(problem: Problem) -> list[Shortage]:
    return list(find_shortages(problem, Bound(problem), problem.schools))


def sentences(**changes: str | None) -> list[str]:
    return [found.sentence for found in short(school(**changes))]


def test_the_first_example_is_short_as_its_readme_says():
    found = short(Problem(load(FIRST_STEPS), "first-steps"))
    assert [each.sentence for each in found] == [
        "Grade 2 at Cedar Lane Elementary is owed 360 minutes; its windows hold at most 300 "
        "minutes with the 2 adults who may serve"
        " it (Mon–Fri 60 a day). At least 60 minutes cannot be given, however one schedules.",
        "Grade 3 at Cedar Lane Elementary is owed 270 minutes; G3-MATH-T1 can have 4 of 5 "
        "sessions (none on Wed) with the windows"
        " and adults there are. At least 30 minutes cannot be given, however one schedules.",
    ]
    assert least_missing(found) == 90


def test_the_large_example_is_short_where_its_readme_says():
    found = short(Problem(load(ROOT / "scenarios" / "tacoma-mtss" / "dataset"), "tacoma-mtss"))
    assert {(each.school, each.grades, each.minutes) for each in found} == {
        ("tid", ("K", "1", "3", "4", "5"), 10),
        ("fos", ("K",), 5),
        ("fos", ("3",), 40),
        ("fos", ("4",), 90),
    }


def test_nothing_is_short_where_everything_fits_exactly():
    assert sentences(groups=groups("a,1,30,5", "b,1,30,5", "c,1,60,5")) == []


def test_one_more_session_is_short():
    assert sentences(groups=groups("a,1,30,5", "b,1,30,5", "c,1,60,5", "d,1,10,1")) == [
        "Grade 1 at Elm is owed 610 minutes; its windows hold at most 600 minutes with the 2 "
        "adults who may serve it"
        " (Mon–Fri 120 a day). At least 10 minutes cannot be given, however one schedules."
    ]


def test_rooms_are_named():
    rooms = "school,name,open,close,spaces\nelm,Elm,08:00,15:30,1\n"
    assert sentences(schools=rooms, groups=groups("a,1,60,5", "b,1,60,2"))[0].startswith(
        "Grade 1 at Elm is owed 420 minutes; its windows hold at most 300 minutes in 1 pull-out "
        "room (Mon–Fri 60 a day)."
    )


def test_grades_that_share_their_time_are_short_together():
    staff = "staff,name,role,schools\nP1,Ann,para,elm\n"
    assert sentences(staff=staff, groups=groups("a,1,60,5", "b,2,60,5", "c,3,60,5")) == [
        "Grades 2 and 3 together at Elm are owed 600 minutes; their windows hold at most 300 "
        "minutes with Ann, who alone may serve"
        " them (Mon–Fri 60 a day). At least 300 minutes cannot be given, however one schedules."
    ]


def test_what_only_one_adult_may_serve_is_short_by_itself():
    staff = "staff,name,role,schools,credentials\nP1,Ann,para,elm,dyslexia\nP2,Ben,para,elm,\n"
    asked = groups("a,1,60,5,,,dyslexia", "b,1,30,5,,,dyslexia", "c,1,30,5")
    assert sentences(staff=staff, groups=asked) == [
        "The 2 groups of grade 1 at Elm that only Ann may serve are owed 450 minutes; their "
        "windows hold at most 300 minutes with"
        " Ann, who alone may serve them (Mon–Fri 60 a day). At least 150 minutes cannot be given, "
        "however one schedules."
    ]


def test_nobody_may_serve_them():
    assert sentences(groups=groups("a,1,30,5,,,dyslexia", "b,1,30,5")) == [
        "The group a of grade 1 at Elm that nobody may serve is owed 150 minutes; no adult is "
        "qualified."
        " At least 150 minutes cannot be given, however one schedules."
    ]


def test_shortages_that_share_a_group_are_not_added():
    staff = "staff,name,role,schools\nP1,Ann,para,elm\n"
    found = short(
        school(staff=staff, groups=groups("a,2,60,5", "b,2,30,5", "c,3,60,5", "d,3,30,5"))
    )
    assert [(each.grades, each.minutes) for each in found] == [
        (("2",), 150),
        (("3",), 150),
        (("2", "3"), 450),
    ]
    assert least_missing(found) == 450


@pytest.mark.parametrize("seed", range(30))
def test_a_dataset_that_can_be_served_whole_is_never_called_short(tmp_path: Path, seed: int):
    load_of = (0.7, 0.9, 1.0)[seed % 3]
    days = 10 if seed % 7 == 0 else 5
    planted(
        tmp_path / "a",
        schools=1,
        groups_per_school=8 + seed % 13,
        load=load_of,
        seed=seed,
        cycle_days=days,
    )
    planted_windows(tmp_path / "b", seed=seed, load=load_of)
    for name in ("a", "b"):
        assert [each.sentence for each in short(Problem(load(tmp_path / name)))] == []


@pytest.mark.parametrize("seed", range(6))
def test_a_dataset_that_lacks_an_adult_is_called_short(tmp_path: Path, seed: int):
    overloaded(tmp_path / "a", seed=seed, groups_per_school=10)
    planted_windows(tmp_path / "b", seed=seed, staff=2, groups=16, load=1.0, missing=1)
    for name in ("a", "b"):
        found = short(Problem(load(tmp_path / name)))
        assert found
        assert least_missing(found) > 0
