"""Bring a store up to date when it is opened.

One of a newer planner, or something else, is told.
"""

from sqlalchemy import Connection, Engine, inspect, text

from planner.store.errors import PlaceError
from planner.store.tables import SCHEMA

UPGRADERS = 0x706C6175
"""The lock that PostgreSQL's openers hold, so that only one of them upgrades."""


def upgrade(engine: Engine, at: str) -> None:
    """Bring a store up to date, all of it or nothing. Raises StoreError where that cannot be."""
    with engine.connect() as connection:
        if schema_of(connection, at) == SCHEMA:
            return
    with engine.execution_options(writing=True, upgrading=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADERS})
        found = schema_of(connection, at)
        if found != SCHEMA:  # else somebody was faster
            _run(connection, found, at)
    engine.dispose()  # the connection that upgraded did not look at references


def _run(connection: Connection, found: str, at: str) -> None:
    from planner.store.migrate import KNOWN, run

    if found and found not in KNOWN:
        raise PlaceError(
            at,
            f"was written by a newer planner (schema {found}; this one knows {SCHEMA}).",
            "Upgrade the planner.",
        )
    run(connection)
    lost = (
        connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if connection.dialect.name == "sqlite"
        else []
    )
    if lost:
        what = f"{lost[0][0]} refers to {lost[0][2]} that are not there"
        raise PlaceError(at, f"cannot be brought up to date: {what}.", "Restore a backup.")


def schema_of(connection: Connection, at: str) -> str:
    """The migration that a store has; blank for an empty database. Raises StoreError for one that
    is no store.
    """
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names:
            raise PlaceError(
                at,
                f"is a database of something else: it has a table {names[0]}.",
                "Give the store one of its own.",
            )
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
