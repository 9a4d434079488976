"""The office's table of roles: read exactly, and refused with the row where it is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.access import ROLES
from planner.access.role_table import Grant, ascii_lower, grant_of, read_role_table
from planner.words.errors import DatasetError, Fault, WrongInput

HEADINGS = "email,roles,schools\n"


def table(folder: Path, text: str | bytes) -> Path:
    path = folder / "roles.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_roles_and_schools_are_read(tmp_path: Path):
    read = read_role_table(
        table(
            tmp_path,
            "\ufeffname,email,roles,schools\n"
            "Ana,ana@x.org,director;HR,\n\n"
            "Kim,Kim@X.org,principal,Elm;oak\n"
            "Lee,lee@x.org,viewer\n"
            "Sam,sam@x.org,,\n"
            "Ann,aBc-7,viewer,\n",
        )
    )
    assert read == {
        "ana@x.org": Grant(frozenset({"director", "hr"})),
        "kim@x.org": Grant(frozenset({"principal"}), frozenset({"Elm", "oak"})),
        "lee@x.org": Grant(frozenset({"viewer"})),
        "sam@x.org": Grant(),
        "aBc-7": Grant(frozenset({"viewer"})),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Email,roles,schools\nana@x.org,director,\n",
            "line 1: 'Email': the heading email is missing. Write it in lower case: email.",
        ),
        (
            "email|roles|schools\nana@x.org|director|\n",
            "line 1: 'email|roles|schools': the heading email is missing. Begin with email,roles,schools.",
        ),
        ("", "line 1: the heading email is missing."),
        ("email,roles,schools,roles\n", "line 1: 'roles': is the heading of two columns."),
        (
            HEADINGS + "ana@x.org,direktor,\n",
            "line 2: 'direktor': is no role. Did you mean 'director'?",
        ),
        (
            HEADINGS + "ana@x.org,boss,\n",
            "line 2: 'boss': is no role. Write one of director, hr, principal, viewer.",
        ),
        (
            HEADINGS + "ana@x.org,hr,\n\nkim@x.org,principal,\n",
            "line 4: the principal has no school.",
        ),
        (
            HEADINGS + "kim@x.org,principal,elm,oak\n",
            "line 2: 'oak': stands beyond the last heading. Separate several schools by a semicolon",
        ),
        (HEADINGS + "kim@x.org,principal,elm|oak\n", "line 2: 'elm|oak': is no id of a school."),
        (
            HEADINGS + "kim@x.org,hr,\nKIM@x.org,viewer,\n",
            "line 3: 'kim@x.org': stands in a row above already.",
        ),
        (HEADINGS + ",hr,\n", "line 2: the email is blank."),
        (HEADINGS + 'ana@x.org,"hr,\n', "line 2: is no row of a CSV file"),
        (
            b"email,roles,schools\nana@x.org,hr,\nb\xf6b@x.org,viewer,\n",
            "line 3: is not written in UTF-8.",
        ),
        ((HEADINGS + "ana@x.org,director,\n").encode("utf-16"), "line 1: is not written in UTF-8."),
        ((HEADINGS + "ana@x.org,director,\n").encode("utf-16-le"), "line 1: "),
    ],
)
def test_a_wrong_table_is_refused_with_its_row(text: str | bytes, said: str, tmp_path: Path):
    path = table(tmp_path, text)
    with pytest.raises(DatasetError) as caught:
        read_role_table(path)
    assert str(caught.value).startswith(f"{path}, {said}")


@pytest.mark.parametrize(
    "email",
    [
        "ana@x.org; kim@x.org",
        "ana@x.org kim@x.org",
        "Ana <ana@x.org>",
        "ana@x.org\nkim@x.org",
        "ana@\u200bx.org",
        "ana@@x.org",
        "account\u200b7",
    ],
)
def test_who_could_never_sign_in_is_said(email: str, tmp_path: Path):
    with pytest.raises(DatasetError) as caught:
        read_role_table(table(tmp_path, HEADINGS + f'"{email}",hr,\n'))
    (fault,) = caught.value.faults
    assert (fault.row, fault.rule) == (2, "is no email of one person.")


def test_every_wrong_row_is_said_at_once(tmp_path: Path):
    with pytest.raises(DatasetError) as caught:
        read_role_table(table(tmp_path, HEADINGS + "a@x.org,boss,\nb@x.org,principal,\n"))
    assert [fault.row for fault in caught.value.faults] == [2, 3]


def test_a_table_that_is_not_there_is_said(tmp_path: Path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(WrongInput, match="The table of roles .* cannot be read"):
            read_role_table(path)


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
):
    path = table(tmp_path_factory.mktemp("any"), data)
    faults: tuple[Fault, ...] = ()
    try:
        read_role_table(path)
    except DatasetError as error:
        faults = error.faults
    assert all(fault.row and fault.rule for fault in faults)


@given(st.text())
def test_only_ascii_letters_are_folded(text: str):
    folded = ascii_lower(text)
    assert all(
        new == (old.lower() if old.isascii() else old)
        for old, new in zip(text, folded, strict=True)
    )
    assert ascii_lower("\u212aim@x.org") != "kim@x.org", "the Kelvin sign is no k"


@given(st.lists(st.one_of(st.sampled_from(ROLES), st.text(max_size=12)), max_size=5))
def test_words_give_known_roles_alone(words: list[str]):
    grant, unknown = grant_of(words)
    assert grant.roles <= set(ROLES)
    assert set(unknown).isdisjoint(ROLES)


def test_ids_of_schools_are_compared_exactly():
    assert grant_of(["principal:Elm, oak"])[0].schools == {"Elm", "oak"}
