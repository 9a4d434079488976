"""Who signed in on a shared server, and which roles they have.

From a table of the office, or from a claim of the sign-in.
"""

import csv
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from planner.access import ROLES, User
from planner.access.viewer import PRINCIPAL
from planner.words.errors import PlannerError

SHARED, TABLE, CLAIM = "PLANNER_SHARED", "PLANNER_ROLES", "PLANNER_ROLES_CLAIM"
"""Environment: whether people must sign in; a CSV file with the columns email, roles and schools;
the claim that holds roles.
"""


class Unknown(PlannerError):
    """Somebody signed in whom nobody gave a role."""


def shared() -> bool:
    """Whether people must sign in here."""
    return os.environ.get(SHARED, "").strip() not in ("", "0")


def signed_in() -> User | None:
    """Who signed in; None where this is one person's own machine. Raises Unknown for whom there is
    no role.
    """
    if not shared():
        return None
    if not st.user.is_logged_in:
        raise Unknown("Nobody has signed in.")
    claims = dict(st.user)
    return viewer_of(claims, os.environ.get(TABLE, ""), os.environ.get(CLAIM, ""))


def viewer_of(claims: Mapping[str, Any], table: str, claim: str) -> User:
    """The roles of who signed in. The table counts before the claim. Raises Unknown."""
    email = str(claims.get("email") or claims.get("sub") or "").strip()
    said = _in_table(Path(table), email) if table else []
    given = claims.get(claim, ()) if claim and not said else ()
    said = said or ([given] if isinstance(given, str) else list(given))
    roles, schools = set(), set()
    for one in said:
        role, _, places = str(one).strip().casefold().partition(":")
        if role in ROLES:
            roles.add(role)
            schools |= {place.strip() for place in places.split(",") if place.strip()}
    if roles == {PRINCIPAL} and not schools or not roles:
        raise Unknown(
            f"{email or 'Whoever signed in'} has no role here yet. Ask who runs this server."
        )
    if PRINCIPAL in roles and not schools:
        roles.discard(PRINCIPAL)
    return User(email, frozenset(roles), frozenset(schools) if PRINCIPAL in roles else frozenset())


def _in_table(path: Path, email: str) -> list[str]:
    """The roles of an address: `principal:elm,oak; viewer`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if email and str(row.get("email", "")).strip().casefold() == email.casefold():
                schools = ",".join(
                    part.strip()
                    for part in str(row.get("schools") or "").split(";")
                    if part.strip()
                )
                roles = [
                    part.strip() for part in str(row.get("roles") or "").split(";") if part.strip()
                ]
                return [
                    f"{role}:{schools}" if role.casefold() == PRINCIPAL else role for role in roles
                ]
    return []
