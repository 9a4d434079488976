"""A store is brought up to date when it is opened; one of a newer planner, or something else, is told."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from planner.store.errors import PlaceError
from planner.store.tables import SCHEMA

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADERS = 0x706C6175
"""The lock that PostgreSQL's openers hold, so that only one of them upgrades."""


def upgrade(engine: Engine, at: str) -> None:
    """Bring a store up to date, all of it or nothing. Raises StoreError where that cannot be."""
    with engine.connect() as connection:
        if schema_of(connection, at) == SCHEMA:
            return
    with engine.execution_options(writing=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADERS})
        found = schema_of(connection, at)
        if found == SCHEMA:  # somebody else was faster
            return
        from planner.store.migrate import KNOWN, run

        if found and found not in KNOWN:
            newer = f"was written by a newer planner (schema {found}; this one knows {SCHEMA})."
            raise PlaceError(at, newer, "Upgrade the planner.")
        run(connection)


def schema_of(connection: Connection, at: str) -> str:
    """The migration that a store has; blank for an empty database. Raises StoreError for one that is no store."""
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names:
            raise PlaceError(at, f"is a database of something else: it has a table {names[0]}.", "Give the store one of its own.")
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
