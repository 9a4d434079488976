"""Every test of the store runs on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from planner.store.audit import BEGINNING
from planner.store.place import DATABASE, file_at, place_of
from planner.store.store import Store, open_store
from planner.store.tables import SCHEMA, Base
from tests.postgres import Server, programs, server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server for all tests of this process. Where there is none to start, tests are skipped here,
    and fail in CI.
    """
    binaries = programs()
    if binaries is None:
        missing = "PostgreSQL is not installed (make system installs it)."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with server(binaries) as found:
        found.execute("CREATE DATABASE stored")
        open_store(place_of({DATABASE: found.url("stored")})).close()
        yield found


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in a file, made once; tests have copies of it."""
    path = tmp_path_factory.mktemp("store") / "empty.sqlite"
    open_store(file_at(path)).close()
    return path


@pytest.fixture(scope="session")
def reused(postgresql: Server) -> URL:
    """A database that one test after the other has, emptied: that is faster than a new one."""
    return place_of({DATABASE: postgresql.database("stored")})


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], URL]:
    """Places of stores that are empty, by kind."""
    made: list[str] = []

    def new(kind: str) -> URL:
        made.append(kind)
        if kind == "sqlite":
            return file_at(
                Path(
                    shutil.copy(
                        request.getfixturevalue("empty_file"),
                        tmp_path / f"store-{len(made)}.sqlite",
                    )
                )
            )
        if made.count(kind) == 1:
            return emptied(request.getfixturevalue("reused"))
        return place_of({DATABASE: request.getfixturevalue("postgresql").database("stored")})

    return new


def emptied(place: URL) -> URL:
    """A store of PostgreSQL as it was when it was made."""
    engine = create_engine(place)
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
            if table.autoincrement_column is not None:
                connection.execute(text(f"ALTER SEQUENCE {table.name}_id_seq RESTART"))
        connection.execute(text(f"INSERT INTO audit_head VALUES (1, 0, '{BEGINNING}')"))
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{SCHEMA}'"))
    engine.dispose()
    return place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, new_place: Callable[[str], URL]) -> URL:
    """The place of a store that is empty."""
    return new_place(request.param)


@pytest.fixture
def store(place: URL) -> Iterator[Store]:
    """An open store, empty."""
    opened = open_store(place)
    yield opened
    opened.close()
