"""The office's table of who signs in with which roles: a CSV file of email, roles and schools.

A table that says anything it cannot mean is refused whole, with the row: read in part, it would
lock out the one person whose row is wrong, who cannot know why.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from planner.facts.cell_names import SEPARATORS, pieces
from planner.facts.cell_type import nearest
from planner.facts.who import PRINCIPAL, ROLES
from planner.words.errors import DatasetError, Fault, WrongInput, sentence_of

EMAIL, ROLE, SCHOOL = "email", "roles", "schools"
HEADINGS = (EMAIL, ROLE, SCHOOL)
SIZE = 10_000_000
"""Bytes of a table. What is larger is some other file: a table of 100,000 people has 5 million."""
_BESIDE_ADDRESSES = frozenset(' ,;<>"')
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class Grant:
    """The roles of somebody, and the schools of which they are principal. No role at all is what is
    left of somebody whose roles were taken away.
    """

    roles: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()


def ascii_lower(text: str) -> str:
    """A text with A to Z as a to z, and all else as it is.

    Python's own folding takes other letters for these (the Kelvin sign for k), and whoever may
    choose an address at the provider would be somebody else here.
    """
    return text.translate(_LOWER)


def grant_of(words: Sequence[str]) -> tuple[Grant, tuple[str, ...]]:
    """The roles in words such as `director` and `principal:elm,oak`, and the words that are none.

    Ids of schools are compared exactly: `Elm` is another school than `elm`.
    """
    roles, schools, unknown = set[str](), set[str](), list[str]()
    for word in words:
        role, _, places = word.partition(":")
        role = ascii_lower(role.strip())
        if role in ROLES:
            roles.add(role)
            schools |= _schools(places)
        else:
            unknown.append(word)
    return Grant(frozenset(roles), frozenset(schools)), tuple(unknown)


def read_role_table(path: Path) -> Mapping[str, Grant]:
    """Read who has which roles.

    Args:
        path: A CSV file, UTF-8, with the headings email, roles and schools. Several roles or
            schools are separated by semicolons. Who has no email that the sign-in confirms stands
            there with the id of their account (the claim `sub`), letter by letter.

    Returns:
        The roles by email, in lower case as far as ASCII has one, or by the id of the account.

    Raises:
        WrongInput: The file is not there or cannot be opened.
        DatasetError: It says what it cannot mean; every row that does so.
    """
    rows = _rows(path)
    faults = list(_headings_faults(path, rows))
    if faults:
        raise DatasetError(faults)
    at = {name: rows[0].index(name) for name in HEADINGS}
    grants: dict[str, Grant] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            continue
        faults += (_fault(path, number, *wrong) for wrong in _row_faults(len(rows[0]), cells))
        email, roles, schools = (cells[at[name]] if at[name] < len(cells) else "" for name in at)
        grant, unknown = grant_of(_parts(roles))
        grant = Grant(grant.roles, grant.schools | _schools(schools))
        email = ascii_lower(email) if "@" in email else email
        for word in unknown:
            known = nearest(word, ROLES) or f"Write one of {', '.join(ROLES)}."
            faults.append(_fault(path, number, word, "is no role.", known))
        if not email:
            faults.append(
                _fault(path, number, "", "the email is blank.", "Enter it, or delete it.")
            )
        elif not _is_one_person(email):
            rule, fix = "is no email of one person.", "Write it alone, and others into their rows."
            faults.append(_fault(path, number, email, rule, fix))
        elif email in grants:
            rule = "stands in a row above already."
            faults.append(_fault(path, number, email, rule, "Write all roles into one row."))
        for school in sorted(grant.schools):
            if set(school) & set(SEPARATORS):
                fix = "Separate several schools by semicolons: elm;oak."
                faults.append(_fault(path, number, school, "is no id of a school.", fix))
        if PRINCIPAL in grant.roles and not grant.schools:
            rule, fix = "the principal has no school.", "Enter its id in the column schools."
            faults.append(_fault(path, number, "", rule, fix))
        grants[email] = grant if PRINCIPAL in grant.roles else Grant(grant.roles)
    if faults:
        raise DatasetError(faults)
    return grants


def _rows(path: Path) -> list[list[str]]:
    """The cells of every row, without the blanks around them; a blank line is a row without
    cells.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE + 1)
    except OSError as error:
        raise WrongInput(
            f"The table of roles {path} cannot be read ({sentence_of(error)}). "
            "PLANNER_ROLES names it."
        ) from None
    if len(content) > SIZE:
        raise WrongInput(f"The table of roles {path} is larger than {SIZE:,} bytes.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        rule, fix = "is not written in UTF-8.", "Save the table as “CSV UTF-8”."
        raise DatasetError([_fault(path, row, "", rule, fix)]) from None
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), strict=True):
            rows.append([cell.strip() for cell in cells])
    except csv.Error as error:
        rule = f"is no row of a CSV file ({error})."
        raise DatasetError([_fault(path, len(rows) + 1, "", rule, "")]) from None
    return rows


def _headings_faults(path: Path, rows: list[list[str]]) -> Iterator[Fault]:
    headings = rows[0] if rows else []
    for name in HEADINGS:
        if name not in headings:
            like = next((cell for cell in headings if ascii_lower(cell) == name), "")
            rule = f"the heading {name} is missing."
            fix = (
                f"Write it in lower case: {name}." if like else f"Begin with {','.join(HEADINGS)}."
            )
            yield _fault(path, 1, like or ",".join(headings), rule, fix)
        elif headings.count(name) > 1:
            yield _fault(path, 1, name, "is the heading of two columns.", "Delete one of them.")


def _row_faults(columns: int, cells: list[str]) -> Iterator[tuple[str, str, str]]:
    """A row with more cells than headings: what stands beyond them would not count."""
    beyond = [cell for cell in cells[columns:] if cell]
    if beyond:
        fix = "Separate several schools by a semicolon: elm;oak."
        yield ",".join(beyond), "stands beyond the last heading.", fix


def _is_one_person(email: str) -> bool:
    """Whether a cell holds one address, or the id of an account, and nothing that nobody sees: who
    signs in would never be called so.
    """
    return email.isprintable() and (
        "@" not in email or (email.count("@") == 1 and not set(email) & _BESIDE_ADDRESSES)
    )


def _schools(text: str) -> frozenset[str]:
    """Ids of schools, as the sheets of a dataset hold them."""
    return frozenset(normalize("NFC", place) for place in pieces(text, ";,"))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _fault(path: Path, row: int, value: str, rule: str, fix: str) -> Fault:
    return Fault("", row, "", value, rule, fix, str(path))
