"""One document: what is written can be read, agrees with its published schema, and older files are
migrated.
"""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from planner.comparison.comparable import lacks_figures
from planner.document.document_reading import (
    document_in,
    document_in_text,
    read_document_file,
    rows_in,
)
from planner.document.measure_rows import figures_of
from planner.document.migrations import STEPS
from planner.document.plan_document import VERSION
from planner.document.plan_file import plan_document, read_document, write_json
from planner.document.plan_schema import plan_schema
from planner.document.position_rows import PositionRow
from planner.store import plans
from planner.store.place import file_at
from planner.store.store import open_store
from planner.words.errors import DatasetError
from tests.planner import planned
from tests.planner.access import made
from tests.planner.access.reading import viewer
from tests.planner.comparison.plans import CUT, Json, now, then
from tests.planner.document.test_measure_rows import READABLE, as_it_stands
from ui.app.workspace import Workspace

SCHEMA = Draft202012Validator(plan_schema())
SOUND = then(changes=[CUT])


def written(name: str) -> Json:
    """A plan of an example: as it stands, or with everything in it (`made …`)."""
    example = name.removeprefix("made ")
    return as_it_stands(name) if example == name else made.document(example).as_data()


@pytest.mark.parametrize("name", [*READABLE, "made new-bridge"])
def test_the_plan_of_every_example_agrees_with_the_schema_and_comes_back(name: str, tmp_path: Path):
    found = written(name)
    assert [error.json_path for error in SCHEMA.iter_errors(found)] == []
    assert document_in(found, name).as_data() == found
    write_json(tmp_path / "plan.json", found)
    read = read_document_file(tmp_path / "plan.json")
    assert read == document_in(found, name)
    write_json(tmp_path / "again.json", read.as_data())
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "plan.json").read_bytes()


def test_the_schema_is_one_and_names_every_key_that_is_written():
    Draft202012Validator.check_schema(plan_schema())
    assert plan_schema()["properties"].keys() - SOUND.keys() == {"elsewhere"}
    assert {"sessions", "placements", "solver", "document_version"} == set(
        plan_schema()["required"]
    )


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for name, each in inner for place in places(each, (*path, name)))]


SAID_APART = {("solver", "status"), ("district", "locale")}
"""Values of which the schema says no more than that they are text."""
PLACES = [path for path in places(SOUND) if path and path not in SAID_APART]


@given(
    st.sampled_from(PLACES),
    st.sampled_from([None, True, 5, -1, 0.5, "x", "1.5", [], {}, ["x"], {"x": "y"}, [[]]]),
)
@settings(max_examples=60, deadline=None)
def test_what_the_schema_allows_can_be_read(path: tuple[Any, ...], value: Any):
    found = copy.deepcopy(SOUND)
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    if SCHEMA.is_valid(found):
        document_in(found, "plan.json")
        document_in_text(json.dumps(found), "plan.json")
    else:
        with pytest.raises(DatasetError):
            document_in_text(json.dumps(found | {"sessions": 5}), "plan.json")


def test_funding_is_typed():
    (first, *_) = rows_in(SOUND, "plan.json").positions
    assert isinstance(first, PositionRow)
    assert [(share.fund, str(share.percent), str(share.amount)) for share in first.funding] == [
        ("t1-elm", "100", "40000.00")
    ]


# -- older versions


def of_version_0(*without: str) -> Json:
    """A file from before versions were counted, without some keys (`measures.groups`)."""
    found = copy.deepcopy(SOUND)
    del found["document_version"]
    for name in without:
        *way, last = name.split(".")
        place = found
        for step in way:
            place = place[step]
        del place[last]
    return found


def test_every_version_has_a_step_to_the_next():
    assert len(STEPS) == VERSION


def test_a_file_without_a_version_is_the_same_plan():
    assert document_in(of_version_0(), "old") == document_in(SOUND, "new")
    assert document_in_text(json.dumps(of_version_0()), "old") == document_in(SOUND, "new")


def test_a_file_without_changes_does_not_tell_of_them():
    found = document_in(of_version_0("changes"), "old")
    assert not found.tells_changes
    assert document_in(SOUND, "new").tells_changes


@pytest.mark.parametrize(
    "lost", [("measures.groups",), ("district",), ("measures",), ("measures.groups", "district")]
)
def test_what_only_the_dataset_could_fill_is_lacking(lost: tuple[str, ...]):
    found = document_in(of_version_0(*lost, "names"), "old")
    assert lacks_figures(found)
    assert (found.measures, found.district) == (None, None)
    assert found.sessions == document_in(SOUND, "new").sessions


def test_a_file_of_a_newer_planner_is_told_from_a_damaged_one():
    for version, said in (
        (VERSION + 1, f"was written by a newer planner (version {VERSION + 1}; this one knows {VERSION})."),
        ("1.5", "input should be a valid integer."),
        (-1, "input should be greater than or equal to 1."),
    ):  # fmt: skip
        with pytest.raises(DatasetError) as raised:
            document_in_text(json.dumps(SOUND | {"document_version": version}), "plan.json")
        assert [fault.rule for fault in raised.value.faults] == [said]


def test_a_timetable_of_another_program_can_be_read():
    alone = {name: now()[name] for name in ("sessions", "placements")}
    assert read_document(rows_in(alone, "theirs"), planned.problem()).plan == planned.PLAN


def test_a_stored_plan_of_an_older_version_opens_with_figures_worked_out_anew(tmp_path: Path):
    small = planned.problem()
    new = plan_document(small, planned.RESULT, scenario="", dataset_hash="")
    old = new.as_data()
    for name in ("document_version", "district", "changes"):
        del old[name]
    store = open_store(file_at(tmp_path / "store.sqlite"))
    office = Workspace(store, viewer("director", "hr"))
    old["dataset_hash"] = office.save(small.data, "Trust").hash
    opened = office.open(plans.keep(store, old, {}, "Trust", by="somebody").number)
    assert opened.document.measures == figures_of(opened.problem, opened.plan)
    assert not lacks_figures(opened.document)
    assert opened.document.sessions == new.sessions
    store.close()
