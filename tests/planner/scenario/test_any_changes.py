"""Whatever a scenario changes, it makes a legal dataset or is refused in words; what it makes can
be written and read.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.facts.sheets import SHEETS
from planner.scenario.applying import Applied, applied_to
from planner.scenario.bases import Chain
from planner.scenario.reading import scenario_of
from planner.scenario.writing import scenario_text
from planner.sheets.dataset import dataset_hash, parse, tables_of
from planner.sheets.sheet_reading import columns_by_heading
from planner.words.errors import DatasetError
from tests.planner import small
from tests.planner.scenario.small_scenarios import SUPERVISED

BASE = small.tables(**SUPERVISED)
WORDS = (
    "",
    "elm",
    "oak",
    "ESP-01",
    "ESP-02",
    "t1-elm",
    "para",
    "title-1",
    "Mon",
    "Mon-Fri",
    "09:00",
    "0.5",
    "2",
    "yes",
    "K-2",
    "§",
    "a;b",
    "x:1",
)


@st.composite
def changes(draw: st.DrawFn) -> dict[str, dict[str, object]]:
    """A change of some sheet, mostly of one that has rows, with words that mean something in some
    columns.
    """
    sheet = draw(st.sampled_from([*BASE, *SHEETS]))
    cells = st.dictionaries(
        st.sampled_from(list(columns_by_heading(sheet))),
        st.sampled_from(WORDS),
        min_size=1,
        max_size=3,
    )
    kind = draw(st.sampled_from(["scale", "set", "add", "drop", "drop"]))
    if kind == "scale":
        column = draw(st.sampled_from(list(columns_by_heading(sheet))))
        by = draw(st.sampled_from(["0", "0.5", "1", "3", "1000000"]))
        return {
            kind: {"sheet": sheet, "where": draw(st.just({}) | cells), "column": column, "by": by}
        }
    if kind == "set":
        return {kind: {"sheet": sheet, "where": draw(st.just({}) | cells), "values": draw(cells)}}
    if kind == "add":
        return {kind: {"sheet": sheet, "row": draw(cells)}}
    key = next(iter(columns_by_heading(sheet)))
    rows = [texts.get(key, "") for _, texts in BASE[sheet].rows] if sheet in BASE else [""]
    return {
        kind: {
            "sheet": sheet,
            "where": {key: draw(st.sampled_from(rows))},
            "cascade": draw(st.booleans()),
        }
    }


def tried(some: list[dict[str, dict[str, object]]]) -> Applied | DatasetError:
    """The changes put upon the small dataset, or why they cannot be."""
    try:
        return applied_to(
            BASE,
            Chain(
                (scenario_of(scenario_text("any", "", some), Path("any.yaml")),), Path(), "small"
            ),
        )
    except DatasetError as error:
        return error


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.lists(changes(), min_size=1, max_size=4))
def test_any_changes_make_a_dataset_or_are_refused(some: list[dict[str, dict[str, object]]]):
    found = tried(some)
    if isinstance(found, DatasetError):
        assert found.faults
        assert all(fault.rule and (fault.row or fault.sheet) for fault in found.faults)
        return
    assert dataset_hash(parse(tables_of(found.after))) == dataset_hash(found.after)
    same = dataset_hash(found.before) == dataset_hash(found.after)
    assert bool(found.differences) or same
    assert all(difference.words for difference in found.differences)
