"""Every test of the store runs on SQLite and on PostgreSQL."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from planner.store.place import DATABASE, file_at, place_of
from planner.store.store import Store, open_store
from tests.postgres import Server, programs, server

MAKE = "make system installs it"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server for all tests of this process. Where there is none to start, tests are skipped here, and fail in CI."""
    binaries = programs()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is not installed ({MAKE}).")
        pytest.skip(f"PostgreSQL is not installed ({MAKE}).")
    with server(binaries) as found:
        found.execute("CREATE DATABASE stored")
        open_store(place_of({DATABASE: found.url("stored")})).close()
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """The place of a store that is empty."""
    return request.getfixturevalue("new_place")(request.param)


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], URL]:
    """Places of stores that are empty, by kind."""
    made: list[URL] = []

    def new(kind: str) -> URL:
        if kind == "sqlite":
            made.append(file_at(tmp_path / f"store-{len(made)}.sqlite"))
        else:
            found: Server = request.getfixturevalue("postgresql")
            made.append(place_of({DATABASE: found.database("stored")}))
        return made[-1]

    return new


@pytest.fixture
def store(place: URL) -> Iterator[Store]:
    """An open store, empty."""
    opened = open_store(place)
    yield opened
    opened.close()
