"""The commands, as an office with a shared database uses them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.planner.store.office import SCENARIOS, first_steps, plan
from tests.ui.command import planner


def said(*words: object) -> str:
    told = planner(*words)
    assert told.exit_code == 0, told.output
    return told.stdout


def test_the_commands_know_the_shared_database(
    place: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shared = place.drivername != "sqlite"
    address = (
        place.set(drivername="postgresql").render_as_string(hide_password=False) if shared else ""
    )
    monkeypatch.setenv("PLANNER_DATABASE_URL", address)
    monkeypatch.setenv("PLANNER_STORE", place.database or "")
    document = plan(first_steps(), sessions=[], placements=[], positions=[])
    (tmp_path / "plan.json").write_text(json.dumps(document))
    said("store", "keep", tmp_path, "--data", SCENARIOS / "first-steps" / "dataset", "--as", "Ann")
    said("adopt", 1, "--as", "Dora")
    assert said("store").startswith(
        "Store: postgresql://planner@" if shared else f"Store: {place.database}"
    )
    assert "Verified: 3 entries" in said("history", "--verify")
    said("backup", tmp_path / "office.zip")
    monkeypatch.setenv("PLANNER_DATABASE_URL", "")
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path / "copy.sqlite"))
    said("restore", tmp_path / "office.zip")
    assert [each["adopted"] for each in json.loads(said("store", "--json"))["plans"]] == [True]
