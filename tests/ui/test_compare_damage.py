"""A plan's file with anything in the place of one of its values is either a fault or a comparison
that can be said and written.
"""

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.comparison import compare
from planner.render.workbook.compare_workbook import write_compare_workbook
from planner.words.errors import DatasetError
from tests.planner.comparison.plans import CUT, HIRE, Json, now, then
from ui.render.compare_text import as_text
from ui.tables.compare_data import as_data

BASE = now()
SOUND = then(changes=[CUT, HIRE])
Steps = tuple[Any, ...]


def places(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Every place in a document."""
    if path:
        yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, one in inner:
        yield from places(one, (*path, name))


READ = (
    "positions",
    "placements",
    "findings",
    "measures",
    "names",
    "district",
    "changes",
    "solver",
    "scenario",
    "sessions",
)
PLACES = [path for path in places(SOUND) if path[0] in READ]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(
        [
            10**400,
            -(10**13),
            "1e999999",
            "1e-999999",
            "NaN",
            "\x1b[31m",
            "=1+1",
            "xx_YY",
            [],
            {},
            [[]],
            {"": ""},
        ]
    ),
)


@given(st.sampled_from(PLACES), VALUES)
@example(("district", "locale"), "xx_YY")
@example(("measures", "cost", "all"), "1e999999")
@example(("measures", "cost", "all"), "1e-999999")
@example(("measures", "people", "P1", "obligation"), 10**400)
@example(("names", "schools", "elm"), "\x1b[31m")
@settings(max_examples=60, deadline=None)
def test_any_damage_is_a_fault_or_can_be_said(path: Steps, value: Any):
    found: Json = copy.deepcopy(SOUND)
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    try:
        comparison = compare([BASE, found])
    except DatasetError:
        return
    for everything in (False, True):
        said = as_text(comparison, everything=everything)
        assert said.replace("\n", "").isprintable()
        json.dumps(as_data(comparison, everything=everything))
    if path[0] in ("names", "district"):
        with tempfile.TemporaryDirectory() as folder:
            write_compare_workbook(Path(folder) / "c.xlsx", comparison, everything=True)
