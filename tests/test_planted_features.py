"""The unusual features of random datasets show, alone and together, and change nothing where they
are not asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import check, delivered, owed
from tests.oracle_cells import clock, rows_of, shown
from tests.oracle_read import read
from tests.planted import FEATURES, planted
from tests.planted_small import random_small
from tests.planted_unusual import ALL

NOTHING = {"sessions": [], "placements": []}


def small(folder: Path, seed: int, *features: str) -> Path:
    """A random dataset with some features."""
    random_small(folder / f"{seed}", seed=seed, features=frozenset(features))
    return folder / f"{seed}"


SIGNS = {
    "two_sites": ("roles", "max_sites_per_day", "2"),
    "teacher_time": ("duties", "with", "TTA"),
    "order": ("duties", "after", "D1"),
    "supervision": ("roles", "supervised", "named"),
    "hourly": ("district", "jurisdiction", "us-wa"),
    "training": ("training", "training", "safety"),
    "calendar": ("calendar", "kind", "minimum_day"),
    "dated": ("groups", "sessions", "4/quarter"),
    "group_size": ("rules", "parameter", "max_students"),
    "rules": ("rules", "setting", "off"),
    "off_site": ("schools", "kind", "off_site"),
    "weeks": ("roles", "max_contact_week", "120"),
    "classes": ("groups", "teacher", "CA1"),
    "twice_a_day": ("groups", "times_a_day", "2"),
    "together": ("groups", "together", "y"),
    "several": ("groups", "adults", "2"),
    "lengths": ("groups", "lengths", "20;30"),
    "a_b_weeks": ("district", "cycle", "MonA;TueA;WedA;ThuA;FriA;MonB;TueB;WedB;ThuB;FriB"),
}


def shows(folder: Path, feature: str) -> bool:
    """Whether a dataset bears the sign of a feature."""
    sheet, column, value = SIGNS[feature]
    return any(row.get(column) == value for row in rows_of(folder, sheet))


def test_every_feature_has_a_sign():
    assert SIGNS.keys() == ALL


@pytest.mark.parametrize("feature", sorted(ALL))
def test_a_feature_shows_only_where_it_is_asked_for(tmp_path: Path, feature: str):
    seeds = range(40)
    asked = [shows(small(tmp_path / "with", seed, feature), feature) for seed in seeds]
    others = [shows(small(tmp_path / "without", seed), feature) for seed in seeds]
    assert sum(asked) > sum(others)


def test_with_all_features_a_dataset_can_be_read(tmp_path: Path):
    for seed in range(60):
        folder = small(tmp_path, seed, *ALL)
        data = read(folder)
        due = {
            person.staff for person in data.people.values() if person.is_employed_on(data.plan_date)
        }
        idle = {
            sentence.split()[0]
            for sentence in check(folder, NOTHING)
            if "works 0 minutes a cycle" in sentence
        }
        assert idle == due


def test_without_features_the_datasets_are_what_they_were(tmp_path: Path):
    random_small(tmp_path / "plain", seed=3)
    assert {path.name: path.read_text() for path in (tmp_path / "plain").iterdir()} == {
        path.name: path.read_text() for path in small(tmp_path, 3).iterdir()
    }


# -- planted plans


SIZES = [(1, 9, 0.8, 5), (2, 12, 0.9, 5), (3, 10, 0.7, 5), (2, 20, 0.9, 10)]
CHOICES = [*(frozenset([name]) for name in FEATURES), frozenset(FEATURES)]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("schools", "groups", "load", "days"), SIZES)
@pytest.mark.parametrize("features", CHOICES, ids=lambda names: "+".join(sorted(names)))
def test_a_planted_plan_with_features_is_legal_and_serves_everything(
    tmp_path, schools, groups, load, days, seed, features
):
    plan = planted(
        tmp_path,
        schools=schools,
        groups_per_school=groups,
        load=load,
        seed=seed,
        cycle_days=days,
        features=features,
    )
    assert check(tmp_path, plan) == []
    assert delivered(tmp_path, plan) == owed(tmp_path)


@pytest.fixture
def rich(tmp_path: Path) -> dict[str, Any]:
    return planted(
        tmp_path, schools=2, groups_per_school=20, load=0.8, seed=2, features=frozenset(FEATURES)
    )


def test_all_features_are_planted(tmp_path: Path, rich: dict[str, Any]):
    services = {row["service"] for row in rich["sessions"]}
    assert {"am", "pm"} <= {row["half"] for row in rich["placements"]}
    assert any(name.endswith("-debrief") for name in services)
    assert any(name.endswith("-twin") for name in services)
    assert any(row["dates"] for row in rich["sessions"] if row["kind"] == "duty")
    assert {row["kind"] for row in rows_of(tmp_path, "calendar")} == {
        "holiday",
        "pd_day",
        "minimum_day",
    }


def swap_halves(plan: dict[str, Any]) -> None:
    """The way of an itinerant begins five minutes later."""
    am, pm = [row for row in plan["placements"] if row["staff"] == "IT1"][:2]
    pm["shift_start"] = am["shift_end"] = shown(clock(am["shift_end"]) + 5)


def lose_a_date(plan: dict[str, Any]) -> None:
    """A session that is due in every quarter loses its first date."""
    del next(row for row in plan["sessions"] if row["service"].endswith("-twin"))["dates"][0]


def share_a_date(plan: dict[str, Any]) -> None:
    """A twin comes on the dates of the other group."""
    twin = next(row for row in plan["sessions"] if row["service"].endswith("-twin"))
    other = next(
        row for row in plan["sessions"] if row["service"] == twin["service"].removesuffix("-twin")
    )
    twin["dates"] = other["dates"]


def talk_first(plan: dict[str, Any]) -> None:
    """A debrief and its observation change places."""
    talk = next(row for row in plan["sessions"] if row["service"].endswith("-debrief"))
    watch = next(
        row
        for row in plan["sessions"]
        if row["service"] == talk["service"].replace("debrief", "observation")
    )
    for key in ("day", "start", "end"):
        talk[key], watch[key] = watch[key], talk[key]


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (swap_halves, "IT1 on Mon: the way "),
        (lose_a_date, " dates from 2026-08-31 to 2026-11-15, 3 are due"),
        (share_a_date, "is in two places at once"),
        (talk_first, "is given before"),
        (talk_first, "lies outside the planning time of"),
    ],
)
def test_a_change_of_what_is_planted_is_caught(
    tmp_path: Path, rich: dict[str, Any], break_it: Callable[[dict[str, Any]], None], sentence: str
):
    break_it(rich)
    assert any(sentence in found for found in check(tmp_path, rich)), check(tmp_path, rich)
