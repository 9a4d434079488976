"""The table of who sees what holds everything that there is, and hides what it does not know."""

from collections.abc import Iterator
from typing import Any

import pytest

from planner.access import ROLES, Level, User, seen
from planner.access.table import BRANCHES, READERS, TABLE, seen_within, who_sees
from planner.facts.sheets import SHEETS, heading
from planner.render.workbook.summary_sheet import SHEETS as WORKBOOK
from planner.rules.readers import Readers
from tests.planner.access import made

COLUMNS = {
    f"{sheet}.{heading(field)}" for sheet, row in SHEETS.items() for field in row.model_fields
}


def keys(value: Any, path: str) -> Iterator[str]:
    """Where the values of a document stand; names of a mapping that the table does not list are any
    name.
    """
    if isinstance(value, dict):
        for name, inner in value.items():
            below = f"{path}.{name}" if path else name
            yield from keys(inner, below if below in BRANCHES else f"{path}.*")
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")
    else:
        yield f"plan:{path}"


def test_every_column_of_every_sheet_is_in_the_table_and_no_other():
    assert {key for key in TABLE if ":" not in key} == COLUMNS


@pytest.mark.parametrize("example", ["new-bridge", "lausd-region"])
def test_every_key_of_a_plan_is_in_the_table(example: str):
    assert set(keys(made.document(example), "")) - TABLE.keys() == set()


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
    assert seen_within(everybody, "measures.salaries") is Level.NOT


def test_single_pay_is_hr_s_alone():
    pay = [key for key, who in TABLE.items() if who == {"hr": Level.ALL}]
    assert {
        "staff.lane",
        "staff.step",
        "pay.amount",
        "plan:positions[].total",
        "sheet:cost lines",
    } <= set(pay)
