"""Which change of a scenario explains a difference, and when none is named."""

import pytest

from planner.comparison import Comparison, compare
from tests.planner.comparison.plans import CUT, HIRE, Json, changed, now, then

CUT_SAID, HIRE_SAID = CUT["words"], HIRE["words"]


def because(comparison: Comparison, plan: int = 1) -> dict[tuple[str, str, str], str]:
    """What explains each row that differs in a plan."""
    return {
        (row.table, row.id, row.measure): row.because[plan]
        for row in comparison.rows
        if row.differences[plan]
    }


def test_without_changes_nothing_is_claimed():
    found = because(compare([now(), then()]))
    assert set(found.values()) == {""}
    old = changed(then(), lambda plan: plan.pop("changes"))
    assert because(compare([now(), old])) == found


def test_one_change_alone_explains_every_difference():
    found = because(compare([now(), then(changes=[CUT])]))
    assert set(found.values()) == {CUT_SAID}
    assert ("served", "", "tier_2_minutes") in found


def test_a_change_that_both_plans_have_explains_nothing():
    assert set(because(compare([now(changes=[CUT]), then(changes=[CUT])])).values()) == {""}
    assert set(because(compare([now(changes=[CUT]), then(changes=[CUT, HIRE])])).values()) == {
        HIRE_SAID
    }


def test_what_the_base_alone_has_is_read_as_its_absence():
    assert set(because(compare([now(changes=[CUT]), then()])).values()) == {f"without: {CUT_SAID}"}
    found = because(compare([now(changes=[CUT]), then(changes=[HIRE])]))
    assert found["positions", "P-3", "fte"] == HIRE_SAID
    assert found["people", "P1", "days_elsewhere"] == f"without: {CUT_SAID}"


def test_of_several_the_one_that_alone_touches_a_row():
    found = because(compare([now(), then(changes=[CUT, HIRE])]))
    assert found["cost", "t1-elm", "cost"] == CUT_SAID
    assert found["positions", "P-2", "fte"] == CUT_SAID
    assert found["positions", "P-3", "cost"] == HIRE_SAID
    assert found["people", "P1", "days_elsewhere"] == CUT_SAID
    assert found["people", "P-3", "fte"] == HIRE_SAID
    assert found["schools", "elm", "minutes"] == CUT_SAID
    assert found["groups", "elm-1-math", "sessions"] == CUT_SAID
    assert found["findings", "P1 · Mon", "noted:preparation"] == CUT_SAID


def test_of_several_none_where_both_touch_a_row_or_none_does_or_it_is_about_the_whole_plan():
    found = because(compare([now(), then(changes=[CUT, HIRE])]))
    assert found["cost", "general", "cost"] == ""
    assert found["cost", "para", "cost"] == ""
    assert found["findings", "meet", "broken:dosage"] == ""
    assert found["served", "", "tier_2_minutes"] == ""
    assert found["affected", "", "people_move"] == ""


@pytest.mark.parametrize(
    ("subject", "touched", "untouched"),
    [
        (
            "P2",
            {("people", "P2", "fte"), ("positions", "P-2", "fte"), ("schools", "elm", "minutes")},
            {("people", "P-3", "fte")},
        ),
        (
            "oak",
            {("people", "P1", "days_elsewhere"), ("positions", "P-3", "fte")},
            {("positions", "P-2", "fte")},
        ),
        (
            "elm-1-math",
            {("groups", "elm-1-math", "sessions"), ("schools", "elm", "minutes")},
            {("people", "P2", "fte")},
        ),
        (
            "para",
            {("positions", "P-2", "fte"), ("cost", "para", "cost")},
            {("cost", "t1-elm", "cost")},
        ),
    ],
)
def test_the_plans_links_are_followed(
    subject: str, touched: set[tuple[str, str, str]], untouched: set[tuple[str, str, str]]
):
    change: Json = {"words": "this", "sheet": "", "key": "", "subjects": [subject]}
    elsewhere: Json = {"words": "that", "sheet": "", "key": "", "subjects": ["somewhere else"]}
    found = because(compare([now(), then(changes=[elsewhere, change])]))
    assert {found[row] for row in touched} == {"this"}
    assert {found[row] for row in untouched} == {""}
    assert "that" not in found.values()


def test_each_plan_has_its_own_changes():
    found = compare([now(), then(changes=[CUT]), then(changes=[HIRE]), now(changes=[HIRE])])
    assert set(because(found, 1).values()) == {CUT_SAID}
    assert set(because(found, 2).values()) == {HIRE_SAID}
    assert because(found, 3) == {}
    assert [plan.changes for plan in found.plans] == [(), (CUT_SAID,), (HIRE_SAID,), (HIRE_SAID,)]
