"""Where the store is: a PostgreSQL database that an office shares, or a file of one's own."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from planner.store.errors import StoreError

DATABASE, FILE = "PLANNER_DATABASE_URL", "PLANNER_STORE"
USUAL = Path("plans") / "store.sqlite"
"""Beside the plans of the folder in which one works."""

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


def place_of(environment: Mapping[str, str]) -> URL:
    """The store that the environment names: `PLANNER_DATABASE_URL` (PostgreSQL), else the file
    `PLANNER_STORE`, else `plans/store.sqlite`. Raises StoreError where the address is none.
    """
    address = environment.get(DATABASE, "").strip()
    if not address:
        return file_at(Path(environment.get(FILE, "").strip() or USUAL))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = URL.create("")
    if url.drivername not in _POSTGRESQL:
        # The address may hold a password: it is not shown.
        raise StoreError(
            DATABASE,
            "is no address of a PostgreSQL database.",
            "It looks like postgresql://user:password@host/name.",
        )
    return url.set(drivername="postgresql+psycopg")


def file_at(path: Path) -> URL:
    """The store in a file."""
    return URL.create("sqlite", database=str(path))


def shown(url: URL) -> str:
    """A place as it may be shown: without its password, which may also stand among the options."""
    if url.drivername == "sqlite":
        return url.database or ""
    host = {name: value for name, value in url.query.items() if name == "host"}
    return url.set(drivername="postgresql", query=host).render_as_string(hide_password=True)
