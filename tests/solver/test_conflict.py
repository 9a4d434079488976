"""Contradictory datasets: the conflict names what contradicts what, and nothing that has no part in
it.
"""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.facts.problem import Problem
from planner.plan.result import Status
from planner.rules import settings_of
from planner.rules.goals import duty_minutes
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.search.conflict import conflict
from solver.settings import SolveSettings
from solver.timetable.components import components
from tests.solver.judged import solved

SETTINGS = SolveSettings(goals=(duty_minutes.GOAL,), seconds=60, workers=1)
Edit = Callable[[Path], None]
MEETING = {"kind": "meeting", "school": "cedar", "sessions": "1", "required": "yes"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(example_path("first-steps"), tmp_path / "first-steps")


def rows(folder: Path, sheet: str) -> list[dict[str, str]]:
    path = folder / f"{sheet}.csv"
    return (
        list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []
    )


def write(folder: Path, sheet: str, known: list[dict[str, str]]) -> None:
    columns = list(dict.fromkeys(column for row in known for column in row))
    with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(known)


def add(sheet: str, **row: str) -> Edit:
    return lambda folder: write(
        folder,
        sheet,
        [*rows(folder, sheet), {name.rstrip("_"): cell for name, cell in row.items()}],
    )


def change(sheet: str, key: str, **cells: str) -> Edit:
    """Change cells of the row with this id (of a pin: its subject)."""
    return lambda folder: write(
        folder, sheet, [row | (cells if key in row.values() else {}) for row in rows(folder, sheet)]
    )


def infeasible(folder: Path) -> tuple[str, ...]:
    _, result = solved(folder, SETTINGS)
    assert result.status is Status.INFEASIBLE
    assert result.plan is None
    assert all(sentence.endswith(".") for sentence in result.conflict)
    return result.conflict


def named(sentences: tuple[str, ...], *words: str) -> list[str]:
    """The sentences that hold all of the words."""
    return [sentence for sentence in sentences if all(word in sentence for word in words)]


SECOND = add(
    "duties", duty="SECOND", minutes="60", with_="INT-1;ESP-1", windows="Wed 13:30-14:30", **MEETING
)
LONG = add(
    "duties", duty="LONG", minutes="100", with_="INT-1", windows="Wed 11:00-13:00", **MEETING
)
PINNED = add("pins", kind="session", subject="G1-READ-T3", day="Tue", start="13:30")


# -- what is said


def test_two_meetings_at_once(folder: Path):
    SECOND(folder)
    told = infeasible(folder)
    for duty in ("DATA-MEETING", "SECOND"):
        assert named(told, duty, "is required"), told
        assert named(told, duty, "windows", "Wed 13:30-14:30"), told
    assert named(told, "in one place at a time on Wed"), told
    assert len(told) == 5, told


def test_without_any_time_what_was_decided_is_named_and_that_no_more_is_known(folder: Path):
    SECOND(folder)
    problem = Problem(load(folder))
    (part,) = components(problem)
    (told, *decided) = conflict(problem, settings_of(problem), part, seconds=0)
    assert "the time was too short" in told
    for duty in ("DATA-MEETING", "SECOND"):
        assert named(tuple(decided), duty, "is required"), decided


def test_a_duty_that_leaves_no_lunch(folder: Path):
    LONG(folder)
    told = infeasible(folder)
    assert named(told, "LONG", "is required"), told
    assert named(told, "LONG", "windows", "Wed 11:00-13:00"), told
    assert named(
        told, "Interventionist 1", "30 minutes of duty-free lunch between 11:00 and 13:00 on Wed"
    ), told
    assert named(told, "Interventionist 1 works 07:45–15:45"), told
    assert len(told) == 4, told


@pytest.mark.slow
def test_a_pin_outside_of_the_groups_window(folder: Path):
    PINNED(folder)
    told = infeasible(folder)
    assert named(told, "Pin 1", "G1-READ-T3", "Tue at 13:30"), told
    assert named(told, "G1-READ-T3", "windows", "09:30-10:00"), told
    assert len(told) == 2, told


def test_a_split_that_the_district_does_not_allow(folder: Path):
    for name, fte in (("E-1", "0.25"), ("E-2", "0.5")):
        add("positions", position=name, role="mtss-esp", status="filled", staff="ESP-1", fte=fte)(
            folder
        )
    add(
        "rules",
        rule="position_split",
        setting="hard",
        parameter="allowed_hours",
        value="3+3;3+5;4+4",
    )(folder)
    told = infeasible(folder)
    assert told == (
        "ESP 1 holds E-1 (2 h) and E-2 (4 h); a classified job is split as 3+3, 3+5 or 4+4 hours "
        "a day alone.",
    )


@pytest.mark.slow
def test_days_that_the_contract_has_not_enough_of(folder: Path):
    """36 Tuesdays and 38 Wednesdays are 74 dates; 0.4 of 180 days are 72, which Monday and Friday
    keep.
    """
    change("staff", "INT-1", fte="0.4")(folder)
    change("duties", "DATA-MEETING", required="")(folder)
    for day in ("Tue", "Wed"):
        add("pins", kind="placement", staff="INT-1", day=day)(folder)
    told = infeasible(folder)
    assert named(told, "Interventionist 1's contract has 72 days"), told
    assert named(told, "Pin 1"), told
    assert named(told, "Pin 2"), told


# -- each member is needed: relaxed in the data, there is a plan

AWAY = change("staff", "INT-1", fte="0.8", days="Mon;Tue;Thu;Fri")
PAID = change("duties", "LONG", time="paid")
MEMBERS = {
    "second not required": (SECOND, change("duties", "SECOND", required="")),
    "data not required": (SECOND, change("duties", "DATA-MEETING", required="")),
    "second at another time": (SECOND, change("duties", "SECOND", windows="Wed 12:30-14:30")),
    "data at another time": (SECOND, change("duties", "DATA-MEETING", windows="Wed 12:30-14:30")),
    "nobody in both places": (SECOND, change("duties", "SECOND", **{"with": "T-1", "adults": "0"})),
    "long not required": (LONG, change("duties", "LONG", required="")),
    "long in a longer window": (LONG, change("duties", "LONG", windows="Wed 11:00-13:10")),
    "a shorter lunch": (LONG, change("roles", "interventionist", lunch_minutes="20")),
    "no shift that day": (
        LONG,
        AWAY,
        PAID,
        change("duties", "DATA-MEETING", **{"with": "ESP-1;ESP-2"}),
    ),
    "pin without its time": (PINNED, change("pins", "G1-READ-T3", start="")),
    "a window at the pin": (
        PINNED,
        change("groups", "G1-READ-T3", windows="all 09:30-10:00; Tue 13:30-14:00"),
    ),
}


@pytest.mark.parametrize("edits", MEMBERS.values(), ids=MEMBERS)
def test_without_one_member_there_is_a_plan(folder: Path, edits: tuple[Edit, ...]):
    for edit in edits:
        edit(folder)
    _, result = solved(folder, SETTINGS)
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE), result.conflict
