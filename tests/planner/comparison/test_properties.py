"""What holds of any comparison: no plan differs from itself, and seen from the other side
differences are turned round.
"""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.comparison import ComparisonRow, compare
from tests.planner.comparison.plans import Json, now, then

SIDES = (now(), then())
SWAPPED = {
    "people_come": "people_go",
    "positions_appear": "positions_go",
    "groups_gain": "groups_lose",
    "findings_appear": "findings_go",
}
SWAPPED |= {there: here for here, there in SWAPPED.items()}
"""What a count is called when it is seen from the other side."""


@st.composite
def plans(draw: st.DrawFn) -> Json:
    """One of the two plans with other figures, days, funds and findings, and some of its parts left
    out.
    """
    found = copy.deepcopy(draw(st.sampled_from(SIDES)))
    measures = found["measures"]
    few = st.integers(0, 200)
    for dose in (*measures["minutes"]["tier"].values(), *measures["minutes"]["school"].values()):
        dose["delivered"] = draw(few)
    measures["groups"] = _some(draw, measures["groups"])
    for group in measures["groups"]:
        group["sessions"]["delivered"] = draw(st.integers(0, 5))
    found["positions"] = _some(draw, found["positions"])
    for position in found["positions"]:
        position["fte"] = str(draw(st.decimals(0, 1, places=3)))
        position["total"] = draw(st.none() | st.decimals(0, 90000, places=2).map(str))
    if draw(st.booleans()):
        measures["cost"] = None
    else:
        measures["cost"]["all"] = str(draw(st.decimals(0, 900000, places=2)))
    found["placements"] = _some(draw, found["placements"])
    for placement in found["placements"]:
        placement["school"] = draw(st.sampled_from(["elm", "oak"]))
    found["findings"] = _some(draw, found["findings"])
    return found


def _some(draw: st.DrawFn, rows: list[Any]) -> list[Any]:
    return [row for row in rows if draw(st.booleans())]


def by_key(rows: tuple[ComparisonRow, ...]) -> dict[tuple[str, str, str, str], ComparisonRow]:
    found = {(row.table, row.kind, row.id, row.measure): row for row in rows}
    assert len(found) == len(rows)
    return found


@given(plans())
@settings(max_examples=25, deadline=None)
def test_a_plan_differs_in_nothing_from_itself(plan: Json):
    found = compare([plan, json.loads(json.dumps(plan))])
    assert not [row for row in found.rows if row.differs]
    assert all(row.values[0] == row.values[1] for row in found.rows)


@given(plans(), plans())
@settings(max_examples=40, deadline=None)
def test_seen_from_the_other_side_differences_are_turned_round(one: Json, other: Json):
    there, back = by_key(compare([one, other]).rows), by_key(compare([other, one]).rows)
    assert there.keys() == back.keys()
    for (table, kind, id, measure), row in there.items():
        turned = back[table, kind, id, SWAPPED.get(measure, measure)]
        if row.relative:
            assert row.values[1] == turned.values[1], measure
            continue
        assert row.values == turned.values[::-1]
        difference, opposite = row.differences[1], turned.differences[1]
        assert (difference is None) == (opposite is None)
        assert difference is None or difference == -(opposite or 0), measure
