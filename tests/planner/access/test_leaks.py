"""What a role must not see is nowhere in what it can read: every id, name and amount is looked for
in everything.
"""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.access import ROLES, User
from tests.planner.access import made
from tests.planner.access.reading import hidden_from, leaks, texts, viewer, workbook

PRINCIPALS = [("new-bridge", "mos"), ("new-bridge", "cal"), ("lausd-region", "jun")]
WHOLE_DISTRICT = [
    ("new-bridge", "hr"),
    ("new-bridge", "director"),
    ("new-bridge", "viewer"),
    ("lausd-region", "viewer"),
]


@cache
def everything(example: str) -> str:
    return json.dumps(made.document(example).as_data(), ensure_ascii=False) + repr(
        made.marked(example)
    )


def found_in(who: User, example: str, hidden: set[str]) -> dict[str, list[str]]:
    return {name: told for name, text in texts(who, example) if (told := leaks(text, hidden))}


@pytest.mark.parametrize(("example", "role"), WHOLE_DISTRICT)
def test_who_sees_the_whole_district_reads_nothing_hidden(example: str, role: str):
    who = viewer(role)
    hidden = hidden_from(who, example)
    assert len(leaks(everything(example), hidden)) > 60
    assert found_in(who, example, hidden) == {}


@pytest.mark.parametrize(("example", "school"), PRINCIPALS)
def test_a_principal_reads_nothing_of_other_schools_and_nobody_s_pay(example: str, school: str):
    who = viewer("principal", schools=[school])
    hidden = hidden_from(who, example)
    assert len(leaks(everything(example), hidden)) > 200
    assert found_in(who, example, hidden) == {}


@pytest.mark.parametrize(
    ("example", "who"),
    [
        ("new-bridge", viewer("director")),
        pytest.param("new-bridge", viewer("viewer"), marks=pytest.mark.slow),
        ("new-bridge", viewer("principal", schools=["mos"])),
        ("lausd-region", viewer("principal", schools=["jun"])),
    ],
)
def test_nothing_hidden_is_in_the_file_of_a_workbook(example: str, who: User, tmp_path: Path):
    hidden = hidden_from(who, example)
    assert {
        name: told
        for name, text in workbook(who, example, tmp_path)
        if (told := leaks(text, hidden))
    } == {}


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(
    roles=st.sets(st.sampled_from(ROLES), min_size=1),
    schools=st.sets(st.sampled_from(["cal", "mos", "whf", "hey", "hub", "homes"]), min_size=1),
)
def test_roles_add_up_and_show_no_more_than_their_sum(roles: set[str], schools: set[str]):
    who = User("somebody", frozenset(roles), frozenset(schools if "principal" in roles else ()))
    assert found_in(who, "new-bridge", hidden_from(who, "new-bridge")) == {}
