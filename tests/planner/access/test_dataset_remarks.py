"""The screen warns as `planner validate` does, and nobody is warned of what they do not see."""

import pytest

from planner.access import ROLES, User, remarks_for
from planner.facts.who import DIRECTOR, HR, PRINCIPAL
from planner.sheets.dataset import tables_of
from planner.sheets.validation import remarks, validated
from tests.planner import small

CHANGES = {
    "pay": "schedule,step,amount,unit\npara,1,27.81,year\n",
    "positions": "position,role,status\n",
    "members": "student,group\nAnn Lee,elm-read\n",
    "groups": "group,school,grades,tier,students,minutes,sessions\nelm-read,elm,K-2,2,4,1,4\n",
    "calendar": "date,kind\n2026-09-12,pd_day\n",
}


def test_who_sees_everything_is_warned_as_validate_warns():
    data = small.dataset(**CHANGES)
    problem, overdrawn = validated(tables_of(data), "")
    said = [one for one in remarks(problem, tables_of(data), overdrawn) if one.kind == "warning"]
    assert list(remarks_for(User("all", frozenset({DIRECTOR, HR})), data)) == said
    assert {"pay", "members", "groups", "calendar"} <= {fault.sheet for fault in said}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_warned_of_what_they_do_not_see(role: str):
    schools = frozenset({"oak"}) if role == PRINCIPAL else frozenset[str]()
    told = remarks_for(User("one", frozenset({role}), schools), small.dataset(**CHANGES))
    assert {fault.kind for fault in told} == {"warning"}
    sheets = {fault.sheet for fault in told}
    assert ("pay" in sheets) == (role == HR)
    assert "calendar" in sheets
    assert not (role == PRINCIPAL and sheets & {"groups", "members"})
