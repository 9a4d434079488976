"""Open a store: reading sees one moment, and writing is one at a time, all of it or nothing.

Both hold on SQLite and on PostgreSQL.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import SQLITE_ERROR
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import Session

from planner.private_files import make_folder
from planner.store.errors import PlaceError, Unreachable
from planner.store.place import shown
from planner.store.upgrade import upgrade

BUSY = 10_000
"""Milliseconds that a writer waits for the others."""
WRITERS = 0x706C616E
"""The lock that PostgreSQL's writers hold one after the other."""
SILENCE = {
    "connect_timeout": BUSY // 1000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""When PostgreSQL is given up that says nothing, its machine being off: after 25 seconds. Without
these it would be waited for as long as the system likes, which is up to two hours.
"""
_ONLY_OWNER = 0o600


@dataclass(frozen=True)
class Store:
    """An open store. `at` is where it is, as it may be shown."""

    engine: Engine
    at: str

    @property
    def shared(self) -> bool:
        """Whether it is a PostgreSQL database."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees the store as it is at this moment, whatever others write
        meanwhile.
        """
        engine = (
            self.engine.execution_options(isolation_level="REPEATABLE READ")
            if self.shared
            else self.engine
        )
        with self._told(), Session(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that writes alone; what it wrote stands when the block ends, and nothing of it
        where the block raises.
        """
        with self.touching() as session:
            # SQLite lets one write at a time by itself. PostgreSQL does not: two writers, each
            # right by what they read, could together write what contradicts itself.
            if self.shared:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            yield session

    @contextmanager
    def touching(self) -> Iterator[Session]:
        """A session for heartbeats and the like: it locks the rows that it changes and waits for no
        other writer's rows.
        """
        engine = self.engine.execution_options(writing=True)
        with self._told(), Session(engine, expire_on_commit=False) as session, session.begin():
            if self.shared:
                session.execute(text(f"SET LOCAL lock_timeout = {BUSY}"))
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self.at):
            yield

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_store(url: URL, *, make: bool = True) -> Store:
    """The store at a place, brought up to date where it is older; made where there is none yet
    (unless `make` is false).

    Raises PlaceError where it cannot be opened, was written by a newer planner, is something else
    or, not to be made, not there.
    """
    if not make and url.drivername == "sqlite" and not Path(url.database or "").exists():
        raise PlaceError(
            shown(url),
            "there is no store yet.",
            "planner store save DATA makes one; PLANNER_STORE names another place.",
        )
    store = Store(_engine(url), shown(url))
    try:
        if url.drivername == "sqlite":
            _keep_private(Path(url.database or ""))
        with told(store.at):
            upgrade(store.engine, store.at)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def told(at: str) -> Iterator[None]:
    """What the database refuses, as a sentence. Raises PlaceError, Unreachable where the same may
    succeed later; what only a fault of ours can cause stays what it is.
    """
    try:
        yield
    except IntegrityError:
        raise
    except NoneFree as error:
        raise Unreachable(at, "the store is busy: no connection is free.", "Try again.") from error
    except DBAPIError as error:
        kind = Unreachable if _may_pass(error) else PlaceError
        raise kind(at, *_said(error)) from error


def _may_pass(error: DBAPIError) -> bool:
    """Whether the same may succeed later.

    Both drivers say OperationalError of what lies with the database and not with what it was asked
    for, with an exception each: SQLite of every wrong statement (its code 1), PostgreSQL of one
    that is too large (class 54).
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return error.connection_invalidated
    state = getattr(error.orig, "sqlstate", None) or ""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return not state.startswith("54") and code != SQLITE_ERROR


def _said(error: DBAPIError) -> tuple[str, str]:
    """What is wrong with the store, and what to do."""
    reason = " ".join(str(error.orig).split()) or type(error.orig).__name__
    if "database is locked" in reason or "lock timeout" in reason:
        return (
            f"the store is busy: somebody has been writing for {BUSY // 1000} seconds.",
            "Try again.",
        )
    if "not a database" in reason:
        return "is a file, but no store.", "Name another one in PLANNER_STORE."
    if "malformed" in reason:
        return "the store is damaged.", "Restore a backup into another place (planner restore)."
    return f"the store refused ({reason}).", ""


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, pool_pre_ping=True, connect_args=SILENCE)
    engine = create_engine(url, connect_args={"timeout": BUSY / 1000})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """What holds for every connection to SQLite."""
    connection.isolation_level = None  # Python would begin transactions late, and reads without one
    for pragma in (
        f"busy_timeout={BUSY}",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """A writer takes its place before it reads, so that what it read still holds when it writes."""
    if connection.get_execution_options().get(
        "upgrading"
    ):  # a migration that writes a table anew drops the old one
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN"
    )


def _keep_private(path: Path) -> None:
    """Makes the file, and lets nobody but its owner read it: pay and students may be in it."""
    try:
        make_folder(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _ONLY_OWNER))
        if path.stat().st_mode & 0o077:
            path.chmod(_ONLY_OWNER)
    except OSError as error:
        fix = "Name a file that can be written in PLANNER_STORE."
        raise PlaceError(
            str(path), f"the store cannot be opened there ({error.strerror}).", fix
        ) from None
