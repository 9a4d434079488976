"""The table of who sees what holds everything that there is, and hides what it does not know."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.access import ROLES, Level, User, seen
from planner.access.document_cut import cut
from planner.access.document_keys import document_keys, fields_of
from planner.access.table import READERS, TABLE, who_sees
from planner.document.document_part import PlanPart, SeenBy
from planner.document.document_reading import document_in
from planner.document.plan_document import PlanDocument
from planner.document.plan_schema import plan_schema
from planner.facts.sheets import SHEETS, heading
from planner.facts.who import EVERYBODY
from planner.render.workbook.summary_sheet import SHEETS as WORKBOOK
from planner.rules.readers import Readers
from tests.planner.access import made

COLUMNS = {
    f"{sheet}.{heading(field)}" for sheet, row in SHEETS.items() for field in row.model_fields
}


class Unsaid(PlanPart):
    """A part with a field that says nothing of who sees it."""

    told: Annotated[str, SeenBy(EVERYBODY, "It.")] = ""
    untold: str = ""
    unheard_of: dict[str, tuple[str, ...]] = {}


def test_every_column_of_every_sheet_is_in_the_table_and_no_other():
    assert {key for key in TABLE if ":" not in key} == COLUMNS


def test_every_key_of_a_plan_says_who_sees_it_and_what_it_means():
    keys = dict(document_keys())
    assert len(keys) > 130
    assert {key for key, who in keys.items() if not who} == set()
    assert {f"plan:{key}" for key in keys} == {key for key in TABLE if key.startswith("plan:")}
    parts = plan_schema()["$defs"].values()
    assert all(
        field.get("description") or "$ref" in str(field)
        for part in parts
        for field in part["properties"].values()
    )


def test_what_says_nothing_of_who_sees_it_nobody_sees():
    assert dict(document_keys(Unsaid))["unheard_of.*[]"] == {}
    everybody = User("all of them", frozenset(ROLES), frozenset({"elm"}))
    whole = Unsaid(told="yes", untold="no", unheard_of={"a": ("b",)})
    assert cut(everybody, whole).as_data() == {"told": "yes"}


@given(
    roles=st.sets(st.sampled_from(ROLES), min_size=1).map(frozenset),
    example=st.sampled_from(["new-bridge", "lausd-region"]),
)
@settings(max_examples=8, deadline=None)
def test_what_is_cut_from_a_plan_can_be_read_and_is_cut_already(
    roles: frozenset[str], example: str
):
    """What a role may not see has a default, so that its file can be read and compared."""
    viewer = User("somebody", roles, frozenset({"elm"}))
    mine = cut(viewer, made.document(example))
    assert cut(viewer, mine) == mine
    assert document_in(mine.as_data(), "mine") == mine
    shown = {key for key, who in document_keys() if any(who.get(role) for role in roles)}
    assert set(keys(mine.as_data())) <= shown


def keys(value: Any, part: type[PlanPart] = PlanDocument, at: str = "") -> Iterator[str]:
    """Where the values of a part stand in its file."""
    for field in fields_of(part):
        if field.name not in value:
            continue
        key, inner = f"{at}{field.name}{field.steps}", [value[field.name]]
        for step in field.steps.replace("[]", ".[]").split(".")[1:]:
            inner = [each for some in inner for each in (some if step == "[]" else some.values())]
        if field.part is None:
            yield key
        else:
            for each in inner:
                yield from keys(each or {}, field.part, f"{key}.")


def test_every_sheet_of_a_workbook_is_in_the_table_and_no_other():
    sheets = {key.removeprefix("sheet:") for key in TABLE if key.startswith("sheet:")}
    assert sheets == {"summary", *WORKBOOK}


def test_every_group_of_readers_has_its_roles():
    assert set(READERS) == set(Readers)


@pytest.mark.parametrize(
    ("key", "roles"),
    [
        ("finding:shift", {"director", "hr", "principal", "viewer"}),
        ("finding:supplement", {"director", "hr", "principal"}),
        ("finding:fund_total", {"director", "hr"}),
        ("goal:tier_1_minutes", {"director", "hr", "principal", "viewer"}),
        ("goal:worst_served_school", {"director", "hr", "viewer"}),
        ("goal:cost", {"director", "hr"}),
    ],
)
def test_a_rule_and_a_goal_are_read_by_those_whom_they_name(key: str, roles: set[str]):
    assert set(who_sees(key)) == roles


def test_the_table_knows_no_role_that_there_is_not():
    assert {role for who in (*TABLE.values(), *READERS.values()) for role in who} == set(ROLES)


@pytest.mark.parametrize(
    "key",
    [
        "staff.home_address",
        "unheard_of.of",
        "plan:measures.salaries",
        "finding:new_rule",
        "sheet:pay",
    ],
)
def test_what_the_table_does_not_know_nobody_sees(key: str):
    everybody = User("all of them", frozenset(ROLES), frozenset({"elm"}))
    assert seen(everybody, key) is Level.NOT


def test_single_pay_is_hr_s_alone():
    pay = [key for key, who in TABLE.items() if who == {"hr": Level.ALL}]
    assert {
        "staff.lane",
        "staff.step",
        "pay.amount",
        "plan:positions[].total",
        "sheet:cost lines",
    } <= set(pay)
