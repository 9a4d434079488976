"""Who gets in: what a server must know before it listens, and what roles somebody has who signs
in.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.access.role_table import Grant, read_role_table
from planner.words.errors import DatasetError, WrongInput
from ui.app.sign_in import is_loopback, notes_at_start, role_table
from ui.screen import sign_in_roles
from ui.screen.sign_in_roles import Unknown, viewer_of

OTHERS = ("0.0.0.0", "::", "", "10.0.0.5", "planner.district.org", "localhost.evil.org", "127.evil")
TABLE = """email,roles,schools
ana@district.org,director;hr,
Kim@district.org,principal,Cedar
sam@district.org,,
Acc-77,viewer,
"""


@pytest.fixture
def roles(tmp_path: Path) -> Path:
    path = tmp_path / "roles.csv"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize("address", OTHERS)
def test_others_are_let_in_only_where_it_is_meant(address: str):
    with pytest.raises(WrongInput) as caught:
        notes_at_start(address, {}, without_sign_in=False)
    said = str(caught.value)
    assert "is director and HR" in said
    assert "PLANNER_SHARED=1" in said
    assert "--without-sign-in" in said
    (note,) = notes_at_start(address, {}, without_sign_in=True)
    assert "Nobody signs in here: everybody who reaches" in note


@pytest.mark.parametrize(
    "address", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", "[::1]"]
)
def test_one_s_own_machine_asks_nobody_to_sign_in(address: str):
    assert is_loopback(address)
    assert notes_at_start(address, {}, without_sign_in=False) == ()


@given(st.ip_addresses())
def test_an_address_is_loopback_or_others_reach_it(address: Any):
    assert is_loopback(str(address)) == address.is_loopback


def test_with_sign_in_somebody_must_have_a_role(
    roles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    shared = {"PLANNER_SHARED": "1"}
    with pytest.raises(WrongInput, match="nobody has a role"):
        notes_at_start("0.0.0.0", shared, without_sign_in=False)
    with pytest.raises(WrongInput, match="contradicts PLANNER_SHARED=1"):
        notes_at_start("0.0.0.0", shared, without_sign_in=True)
    by_table = shared | {"PLANNER_ROLES": str(roles)}
    (note,) = notes_at_start("0.0.0.0", by_table, without_sign_in=False)
    assert "nobody can sign in before it names your provider" in note
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").touch()
    assert notes_at_start("0.0.0.0", by_table, without_sign_in=False) == ()
    by_claim = shared | {"PLANNER_ROLES_CLAIM": "groups"}
    assert notes_at_start("0.0.0.0", by_claim, without_sign_in=False) == ()
    (note,) = notes_at_start("0.0.0.0", by_table | by_claim, without_sign_in=False)
    assert "the claim groups does not" in note


@pytest.mark.parametrize("address", ["localhost", "0.0.0.0"])
def test_a_wrong_table_ends_the_start(address: str, tmp_path: Path):
    path = tmp_path / "roles.csv"
    path.write_text("email,roles,schools\nana@x.org,direktor,\n")
    wrong = {"PLANNER_SHARED": "1", "PLANNER_ROLES": str(path)}
    with pytest.raises(DatasetError, match=r"roles\.csv, line 2: 'direktor': is no role"):
        notes_at_start(address, wrong, without_sign_in=False)
    with pytest.raises(WrongInput, match="cannot be read"):
        notes_at_start(
            address, wrong | {"PLANNER_ROLES": str(tmp_path / "no")}, without_sign_in=False
        )


@pytest.mark.parametrize(
    ("claims", "roles", "schools"),
    [
        ({"email": "ana@district.org"}, {"director", "hr"}, set()),
        ({"email": "KIM@district.org"}, {"principal"}, {"Cedar"}),
        ({"email": "ana@district.org", "groups": "viewer"}, {"director", "hr"}, set()),
        ({"email": "x@y.z", "email_verified": False, "sub": "Acc-77"}, {"viewer"}, set()),
    ],
)
def test_the_table_gives_roles(
    claims: dict[str, Any], roles: set[str], schools: set[str], tmp_path: Path
):
    (tmp_path / "roles.csv").write_text(TABLE)
    table = read_role_table(tmp_path / "roles.csv")
    found = viewer_of({"email_verified": True} | claims, table, "groups")
    assert (set(found.roles), set(found.schools)) == (roles, schools)


@pytest.mark.parametrize(
    ("groups", "roles", "schools"),
    [
        (["principal:Elm,oak", "staff"], {"principal"}, {"Elm", "oak"}),
        ("hr", {"hr"}, set()),
        (["hr", "principal"], {"hr"}, set()),
    ],
)
def test_a_claim_gives_roles_where_there_is_no_table(
    groups: Any, roles: set[str], schools: set[str]
):
    claims = {"email": "Lee@district.org", "email_verified": True, "groups": groups}
    found = viewer_of(claims, None, "groups")
    assert (found.name, set(found.roles), set(found.schools)) == (
        "lee@district.org",
        roles,
        schools,
    )


ANA: dict[str, Any] = {"email": "ana@district.org"}


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "x@y.z", "email_verified": True},
        ANA,
        ANA | {"email_verified": False},
        ANA | {"email_verified": None},
        ANA | {"email_verified": "false"},
        ANA | {"email_verified": False, "sub": "ana@district.org"},
        {"sub": "acc-77"},
        {"sub": 77},
        {"email": "\u0430na@district.org", "email_verified": True},
        {"email": "sam@district.org", "email_verified": True, "groups": ["hr"]},
        {"email": "x@y.z", "email_verified": True, "groups": ["hr"]},
    ],
)
def test_the_table_gives_nobody_else_a_role(claims: dict[str, Any], roles: Path):
    with pytest.raises(Unknown, match="has no role here yet"):
        viewer_of(claims, read_role_table(roles), "groups")


@pytest.mark.parametrize(
    "groups", [None, 3, {}, {"hr": True}, [], ["staff", "principal"], [None, 7], "", "principal:"]
)
def test_a_claim_of_anything_else_gives_no_role(groups: Any):
    claims = {"email": "x@y.z", "email_verified": True, "groups": groups}
    with pytest.raises(Unknown, match="has no role here yet"):
        viewer_of(claims, None, "groups")


def test_who_is_not_verified_is_told_how_they_may_stand_in_the_table():
    with pytest.raises(
        Unknown, match="not say that this address is verified.*Your account there is q9"
    ):
        viewer_of({"email": "x@y.z", "sub": "q9"}, {"x@y.z": Grant(frozenset({"hr"}))}, "")


class SignedIn(dict[str, Any]):
    """`st.user` of somebody who signed in."""

    is_logged_in = True


def test_a_role_ends_with_the_next_click(roles: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PLANNER_SHARED", "1")
    monkeypatch.setenv("PLANNER_ROLES", str(roles))
    monkeypatch.setenv("PLANNER_ROLES_CLAIM", "groups")
    claims = SignedIn(
        is_logged_in=True, email="ana@district.org", email_verified=True, groups=["hr"]
    )
    monkeypatch.setattr(sign_in_roles.st, "user", claims)
    found = sign_in_roles.signed_in()
    assert found is not None
    assert found.roles == {"director", "hr"}
    assert role_table(os.environ) is role_table(os.environ), "read once"
    roles.write_text(TABLE.replace("director;hr", "viewer"))
    found = sign_in_roles.signed_in()
    assert found is not None
    assert found.roles == {"viewer"}
    for text in (TABLE.replace("ana@", "eve@"), TABLE.replace("director;hr", ""), "email\n"):
        roles.write_text(text)
        with pytest.raises(Unknown):
            sign_in_roles.signed_in()
    roles.unlink()
    with pytest.raises(Unknown, match="The table of roles cannot be read"):
        sign_in_roles.signed_in()
