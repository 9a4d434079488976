"""The unusual features of random datasets show, alone and together, and change nothing where they are not asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle import check
from tests.oracle_cells import rows_of
from tests.oracle_read import read
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
        due = {person.staff for person in data.people.values() if person.is_employed_on(data.plan_date)}
        idle = {sentence.split()[0] for sentence in check(folder, NOTHING) if "works 0 minutes a cycle" in sentence}
        assert idle == due


def test_without_features_the_datasets_are_what_they_were(tmp_path: Path):
    random_small(tmp_path / "plain", seed=3)
    assert {path.name: path.read_text() for path in (tmp_path / "plain").iterdir()} == {
        path.name: path.read_text() for path in small(tmp_path, 3).iterdir()
    }
