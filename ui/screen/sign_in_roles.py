"""Who signed in on a shared server, and which roles they have.

From a table of the office or, where there is none, from a claim of the sign-in.
"""

import logging
import os
from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.access import User
from planner.access.role_table import Grant, ascii_lower, grant_of
from planner.facts.who import PRINCIPAL
from planner.words.errors import DatasetError, PlannerError, WrongInput
from ui.app.sign_in import CLAIM, is_shared, role_table

LOG = logging.getLogger("planner.screen")


class Unknown(PlannerError):
    """Somebody signed in whom nobody gave a role."""


def shared() -> bool:
    """Whether people must sign in here."""
    return is_shared(os.environ)


def signed_in() -> User | None:
    """Who signed in; None where this is one person's own machine. Raises Unknown for whom there is
    no role.

    Asked at every click: the table is what it is now, so that a role that was taken away ends.
    """
    if not shared():
        return None
    return user_of(dict(st.user))


def user_of(claims: Mapping[str, Any]) -> User:
    """Who somebody is on a shared server, by what the sign-in keeps in their browser. Raises
    Unknown where nobody has signed in, or somebody without a role.
    """
    if claims.get("is_logged_in") is not True:
        raise Unknown("Nobody has signed in.")
    try:
        table = role_table(os.environ)
    except (DatasetError, WrongInput) as error:
        # What is wrong with it is for the log: it names addresses of others.
        LOG.error("%s", error)
        raise Unknown(
            "The table of roles cannot be read. Ask who runs this server to mend it."
        ) from None
    return viewer_of(claims, table, os.environ.get(CLAIM, "").strip())


def viewer_of(claims: Mapping[str, Any], table: Mapping[str, Grant] | None, claim: str) -> User:
    """The roles of who signed in.

    Args:
        claims: What the provider says of them.
        table: The office's table of roles. Where there is one, it alone counts: whoever was taken
            out of it would else come back by a claim.
        claim: The claim that holds roles where there is no table.

    Raises:
        Unknown: They have no role.
    """
    person = _person(claims)
    grant = (
        table.get(person, Grant())
        if table is not None
        else grant_of(_words(claims.get(claim)) if claim else ())[0]
    )
    roles = grant.roles if grant.schools else grant.roles - {PRINCIPAL}
    if not person or not roles:
        raise Unknown(_no_role(claims, person))
    return User(person, roles, grant.schools if PRINCIPAL in roles else frozenset())


def _person(claims: Mapping[str, Any]) -> str:
    """What somebody is called here: the address that the provider has verified, or else the id of
    their account there; blank where there is neither.

    An address that is not verified is what somebody typed. An id that looks like an address would
    be taken for one.
    """
    email, account = claims.get("email"), claims.get("sub")
    if isinstance(email, str) and email.strip() and _is_verified(claims):
        return ascii_lower(email.strip())
    return account if isinstance(account, str) and "@" not in account else ""


def _is_verified(claims: Mapping[str, Any]) -> bool:
    """Some providers write the claim as text."""
    return claims.get("email_verified") in (True, "true", "True")


def _words(claim: Any) -> list[str]:
    """The roles in a claim: one, or a list of them; none where the provider gives anything else."""
    if isinstance(claim, str):
        return [claim]
    return [word for word in claim if isinstance(word, str)] if isinstance(claim, list) else []


def _no_role(claims: Mapping[str, Any], person: str) -> str:
    email = claims.get("email")
    if isinstance(email, str) and email.strip() and not _is_verified(claims):
        account = f" Your account there is {person}." if person else ""
        return (
            f"{email.strip()} has no role here yet: the sign-in does not say that this address is "
            f"verified. Ask who runs this server.{account}"
        )
    return f"{person or 'Whoever signed in'} has no role here yet. Ask who runs this server."
