"""A change and the change that takes it back leave the dataset as it was."""

from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.scenario.changing import change
from planner.scenario.draft import SheetDraft
from planner.scenario.reading import scenario_of
from planner.scenario.writing import ChangeMap, scenario_text
from planner.sheets.dataset import dataset_hash, parse
from tests.planner import small
from tests.planner.scenario.small_scenarios import SUPERVISED

PAGE = Path("page.yaml")


def hashed(*changes: ChangeMap) -> str:
    """The hash of the small dataset after some changes, which are written and read on the way."""
    draft = SheetDraft(small.tables(**SUPERVISED))
    for each in scenario_of(scenario_text("page", "", changes), PAGE).changes:
        change(draft, each, PAGE.name)
    return dataset_hash(parse(draft.tables()))


UNCHANGED = hashed()


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["2", "4", "5", "8", "10", "1", "1000"]),
    st.sampled_from([{}, {"fund": "general"}, {"program": "title-1"}]),
)
def test_a_scale_and_its_inverse(factor: str, where: dict[str, str]):
    def scaled(by: str) -> ChangeMap:
        return {"scale": {"sheet": "funds", "where": where, "column": "amount", "by": by}}

    assert hashed(scaled(factor), scaled(f"{1 / Decimal(factor):f}")) == UNCHANGED
    assert (hashed(scaled(factor)) == UNCHANGED) == (factor == "1")


NAMES = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\xa0"), max_size=30
).map(str.strip)


@settings(max_examples=60, deadline=None)
@given(NAMES, st.integers(1, 100), st.sampled_from(["0.1", "0.5", "1"]))
def test_a_set_and_the_set_back(name: str, priority: int, fte: str):
    def put(sheet: str, key: dict[str, str], values: dict[str, str]) -> ChangeMap:
        return {"set": {"sheet": sheet, "where": key, "values": values}}

    person, group = {"staff": "ESP-01"}, {"group": "elm-read"}
    there = [
        put("staff", person, {"name": name, "fte": fte}),
        put("groups", group, {"priority": str(priority)}),
    ]
    back = [
        put("staff", person, {"name": "Ada", "fte": ""}),
        put("groups", group, {"priority": ""}),
    ]
    assert hashed(*there, *back) == UNCHANGED


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["P-100", "x y", "ä", "7"]), st.sampled_from(["elm", "oak", "elm;oak"]))
def test_a_row_added_and_dropped(name: str, school: str):
    row = {"position": name, "role": "para", "school": school, "status": "proposed"}
    added: ChangeMap = {"add": {"sheet": "positions", "row": row}}
    dropped: ChangeMap = {"drop": {"sheet": "positions", "where": {"position": name}}}
    assert hashed(added) != UNCHANGED
    assert hashed(added, dropped) == UNCHANGED
