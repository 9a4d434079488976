"""The table of who sees what holds everything that there is, and hides what it does not know."""

from collections.abc import Iterator
from typing import Any

import pytest

from planner.access import ROLES, Level, User, seen
from planner.access.table import TABLE
from planner.facts.sheets import SHEETS, heading
from planner.render.workbook.summary_sheet import SHEETS as WORKBOOK
from planner.rules import RULES
from planner.rules.goals import GOALS
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


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("finding", {rule.key for rule in RULES}),
        ("sheet", {"summary", *WORKBOOK}),
    ],
)
def test_every_rule_and_sheet_of_a_workbook_is_in_the_table_and_no_other(
    kind: str, names: set[str]
):
    assert {key.removeprefix(f"{kind}:") for key in TABLE if key.startswith(f"{kind}:")} == names


def test_every_goal_is_in_the_table():
    assert {goal.key for goal in GOALS} <= {key.removeprefix("goal:") for key in TABLE}


def test_the_table_knows_no_role_that_there_is_not():
    assert {role for who in TABLE.values() for role in who} == set(ROLES)


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
