"""Scenarios in the store: every version stays, and the second of two editors is told."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from planner.store import scenarios
from planner.store.audit import entries
from planner.store.errors import NotThere, SavedMeanwhile, StoreError
from planner.store.store import Store
from planner.store.tables import ScenarioRecord
from tests.planner.store.office import refused

TEXT = "name: Title I cut 8 %\nchanges: []\n"


def test_versions_stay(store: Store):
    first = scenarios.save(store, "cut", "ours", TEXT, seen=0, by="ann")
    second = scenarios.save(store, "cut", "theirs", TEXT + "# later\n", seen=1, by="ben")
    assert scenarios.load(store, "cut") == second
    assert scenarios.load(store, "cut", 1) == first
    assert (first.text, first.base, first.version, first.saved_by) == (TEXT, "ours", 1, "ann")
    assert scenarios.saved(store) == (second, first)
    assert [(e.by, e.action, e.subject, e.detail["version"]) for e in entries(store)] == [
        ("ann", "saved", "scenario cut", 1),
        ("ben", "saved", "scenario cut", 2),
    ]


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(store: Store):
    scenarios.save(store, "cut", "ours", TEXT, seen=0, by="ann")
    scenarios.save(store, "cut", "ours", TEXT + "# ann\n", seen=1, by="ann")
    with pytest.raises(SavedMeanwhile) as caught:
        scenarios.save(store, "cut", "ours", TEXT + "# ben\n", seen=1, by="ben")
    (fault,) = caught.value.faults
    moment = f"{datetime.now(UTC):%Y-%m-%d}"
    assert re.fullmatch(
        rf"ann saved version 2 at {moment} \d\d:\d\d UTC, after you opened version 1\.", fault.rule
    )
    assert fault.fix == "Nothing was written. Look at that version, then save yours again on it."
    assert scenarios.load(store, "cut").text.endswith("# ann\n")
    assert len(entries(store)) == 2
    assert scenarios.save(store, "cut", "ours", TEXT + "# ben\n", seen=2, by="ben").version == 3


def test_who_writes_past_the_store_is_not_overwritten(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    """A version that appears between looking and saving is seen by the statement that saves."""
    scenarios.save(store, "cut", "ours", TEXT, seen=0, by="ann")
    flush = Session.flush

    def faster(session: Session, *args: object) -> None:
        if session.dirty:
            session.connection().execute(update(ScenarioRecord).values(version=7))
        flush(session, *args)

    monkeypatch.setattr(Session, "flush", faster)
    with pytest.raises(
        SavedMeanwhile, match=r"ann saved version 1 at .* UTC, after you opened version 1\."
    ):
        scenarios.save(store, "cut", "ours", TEXT + "# ben\n", seen=1, by="ben")
    assert scenarios.load(store, "cut").text == TEXT


def test_a_name_that_is_taken_is_told(store: Store):
    scenarios.save(store, "cut", "ours", TEXT, seen=0, by="ann")
    with pytest.raises(
        SavedMeanwhile, match=r"there is a scenario of that name: ann saved version 1 at"
    ) as caught:
        scenarios.save(store, "cut", "ours", TEXT, seen=0, by="ben")
    assert (
        caught.value.faults[0].fix
        == "Nothing was written. Choose another name, or open that one and change it."
    )


def test_what_is_not_there_is_told(store: Store):
    with refused(
        NotThere,
        "'cut': there is no version 3 of this scenario in the store. Save it as a new one.",
    ):
        scenarios.save(store, "cut", "ours", TEXT, seen=3, by="ann")
    scenarios.save(store, "cut", "ours", TEXT, seen=0, by="ann")
    with refused(
        NotThere, "'cup': there is no scenario of that name in the store. Did you mean 'cut'?"
    ):
        scenarios.load(store, "cup")
    with refused(NotThere, "'cut': there is no version 2 of it; there are 1."):
        scenarios.load(store, "cut", 2)


@pytest.mark.parametrize("text", ["a\0b", "half \ud800"])
def test_text_that_no_database_holds_is_told(store: Store, text: str):
    with refused(
        StoreError, "the scenario holds characters that no text has. Write it anew as UTF-8."
    ):
        scenarios.save(store, "cut", "ours", text, seen=0, by="ann")


def test_a_scenario_that_is_too_long_is_told(store: Store):
    with refused(StoreError, "the scenario has 1,000,001 characters; at most 1,000,000 are kept."):
        scenarios.save(store, "cut", "ours", "#" * 1_000_001, seen=0, by="ann")
