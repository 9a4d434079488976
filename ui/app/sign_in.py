"""How a server is open to others: whether people must sign in, and where their roles stand.

Asked before anything listens. What is wrong with the table of roles is then said to whoever starts
the server; at the first sign-in it would be said to somebody who cannot mend it.
"""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

from planner.access.role_table import Grant, read_role_table
from planner.words.errors import WrongInput, sentence_of

SHARED, TABLE, CLAIM = "PLANNER_SHARED", "PLANNER_ROLES", "PLANNER_ROLES_CLAIM"
"""Environment: whether people must sign in; a CSV file with the columns email, roles and schools;
the claim that holds roles where there is no table.
"""
SECRETS = Path(".streamlit") / "secrets.toml"
"""Where the provider of the sign-in is named, in the folder of the server or in its user's home."""
EVERYBODY = "everybody who reaches {address} is director and HR, sees what each person is paid and "
EVERYBODY += "which students are in which group, and may change, adopt and purge"
Environment = Mapping[str, str]


def is_shared(environment: Environment) -> bool:
    """Whether people must sign in here."""
    return environment.get(SHARED, "").strip() not in ("", "0")


def is_loopback(address: str) -> bool:
    """Whether an address is reached from this machine alone. A name other than localhost may mean
    anything, and is not looked up.
    """
    if address.lower() == "localhost":
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def role_table(environment: Environment) -> Mapping[str, Grant] | None:
    """Who has which roles, as the table says it now; None where there is no table.

    Raises:
        WrongInput: The table cannot be opened.
        DatasetError: It says what it cannot mean.
    """
    name = environment.get(TABLE, "").strip()
    if not name:
        return None
    path = Path(name)
    try:
        at = path.stat()
    except OSError as error:
        raise WrongInput(
            f"The table of roles {path} cannot be read ({sentence_of(error)}). {TABLE} names it."
        ) from None
    return _table_as_at(path, at.st_mtime_ns, at.st_size, at.st_ino)


@lru_cache(maxsize=1)
def _table_as_at(path: Path, _changed: int, _size: int, _file: int) -> Mapping[str, Grant]:
    """The table, read again once the file is another: every click asks, and a role that was taken
    away must end with the next one.
    """
    return read_role_table(path)


def notes_at_start(
    address: str, environment: Environment, *, without_sign_in: bool
) -> tuple[str, ...]:
    """Look before pages are shown at an address whether strangers would get in.

    Args:
        address: Where the server will listen.
        environment: What the server was told of sign-in and roles.
        without_sign_in: Whether others may reach it though nobody signs in.

    Returns:
        Sentences for whoever starts the server.

    Raises:
        WrongInput: It would be open to others without sign-in, or open to nobody.
        DatasetError: The table of roles says what it cannot mean.
    """
    if is_shared(environment):
        return _notes_on_sign_in(environment, without_sign_in=without_sign_in)
    notes = []
    everybody = EVERYBODY.format(address=address or "this machine")
    if not is_loopback(address):
        if not without_sign_in:
            raise WrongInput(
                f"The pages are not shown at {address or 'every address'}: other machines can "
                f"reach them there, and nobody would have to sign in: {everybody}. Turn sign-in on "
                f"({SHARED}=1, and {TABLE}), or say that you mean it: --without-sign-in."
            )
        notes.append(f"Nobody signs in here: {everybody}.")
    if environment.get(TABLE, "").strip() or environment.get(CLAIM, "").strip():
        notes.append(f"Nobody signs in here, so that roles do not count. {SHARED}=1 turns it on.")
    return tuple(notes)


def _notes_on_sign_in(environment: Environment, *, without_sign_in: bool) -> tuple[str, ...]:
    if without_sign_in:
        raise WrongInput(
            f"--without-sign-in contradicts {SHARED}={environment[SHARED]}. Leave one of them out."
        )
    table, claim = role_table(environment), environment.get(CLAIM, "").strip()
    if table is None and not claim:
        raise WrongInput(
            f"People sign in here ({SHARED}), and nobody has a role. Name a table of roles in "
            f"{TABLE} (CSV: email,roles,schools), or in {CLAIM} the claim that holds them."
        )
    notes = []
    if table is not None and not any(grant.roles for grant in table.values()):
        notes.append(f"Nobody has a role in the table {environment[TABLE]}: nobody gets in.")
    if table is not None and claim:
        notes.append(f"The table {environment[TABLE]} counts; the claim {claim} does not.")
    if not any((folder / SECRETS).is_file() for folder in (Path(), Path.home())):
        notes.append(
            f"There is no {SECRETS}: nobody can sign in before it names your provider under [auth]."
        )
    return tuple(notes)
