"""Where the store is, how it is opened, and what is said where it cannot be."""

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, text

from planner.store import datasets
from planner.store.audit import entries
from planner.store.errors import StoreError
from planner.store.migrate import KNOWN
from planner.store.place import file_at, place_of, shown
from planner.store.store import Store, open_store
from planner.store.tables import SCHEMA, Base
from tests.planner.store.office import first_steps, refused
from tests.postgres import Server


def test_the_place_comes_from_the_environment():
    assert place_of({}) == file_at(Path("plans/store.sqlite"))
    assert place_of({"PLANNER_STORE": "/data/office.sqlite"}).database == "/data/office.sqlite"
    shared = place_of(
        {"PLANNER_DATABASE_URL": "postgres://ann:secret@db/office", "PLANNER_STORE": "unused"}
    )
    assert shared == URL.create("postgresql+psycopg", "ann", "secret", "db", database="office")


@pytest.mark.parametrize(
    "address", ["mysql://ann:secret@db/office", "postgresql:/secret", "secret"]
)
def test_an_address_that_is_none_is_told_without_its_password(address: str):
    said = (
        "'PLANNER_DATABASE_URL': is no address of a PostgreSQL database. It looks like "
        "postgresql://user:password@host/name."
    )
    with refused(StoreError, said):
        place_of({"PLANNER_DATABASE_URL": address})


def test_no_password_is_shown():
    address = "postgresql://ann:secret@db/office?password=secret&host=/run/db&sslpassword=secret"
    assert (
        shown(place_of({"PLANNER_DATABASE_URL": address}))
        == "postgresql://ann:***@db/office?host=%2Frun%2Fdb"
    )


def test_a_new_store_has_the_tables_of_the_models(store: Store):
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    assert max(KNOWN) == SCHEMA
    assert entries(store) == ()


def test_many_may_open_a_new_store_at_once(tmp_path: Path, postgresql: Server):
    shared = place_of({"PLANNER_DATABASE_URL": postgresql.database()})
    for place in (file_at(tmp_path / "store.sqlite"), shared):
        with ThreadPoolExecutor(8) as threads:
            stores = list(threads.map(lambda _, place=place: open_store(place), range(8)))
        assert [entries(store) for store in stores] == [()] * 8
        for store in stores:
            store.close()


def test_only_the_owner_may_read_the_file(tmp_path: Path):
    path = tmp_path / "deep" / "store.sqlite"
    store = open_store(file_at(path))
    datasets.save(store, first_steps(), "first-steps", by="ann")
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["store.sqlite", "store.sqlite-shm", "store.sqlite-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    store.close()
    path.chmod(0o644)
    open_store(file_at(path)).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sqlite_keeps_references_and_lets_others_read(tmp_path: Path):
    store = open_store(file_at(tmp_path / "store.sqlite"))
    with store.reading() as session:
        found = [
            session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 1, 10_000]
    with store.writing(), store.reading() as session:
        assert session.execute(text("SELECT count FROM audit_head")).scalar() == 0
    store.close()


def test_a_newer_store_is_told(place: URL, store: Store):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    with refused(
        StoreError,
        f"{store.at}: was written by a newer planner (schema 0099; this one knows 0002). Upgrade "
        "the planner.",
    ):
        open_store(place)


def test_a_file_of_something_else_is_told(tmp_path: Path):
    path = tmp_path / "notes.sqlite"
    path.write_text(
        "Not a database, but long enough to look like one to whoever only looks at the length of "
        "it.\n" * 20
    )
    with refused(
        StoreError, f"{path}: is a file, but no store. Name another one in PLANNER_STORE."
    ):
        open_store(file_at(path))


def test_a_database_of_something_else_is_told(tmp_path: Path):
    path = tmp_path / "books.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE books (title TEXT)")
    connection.close()
    said = (
        f"{path}: is a database of something else: it has a table books. Give the store one "
        "of its own."
    )
    with refused(StoreError, said):
        open_store(file_at(path))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "store.sqlite"
    with pytest.raises(StoreError) as caught:
        open_store(file_at(path))
    assert caught.value.faults[0].rule.startswith("the store cannot be opened there (")
    assert caught.value.faults[0].fix == "Name a file that can be written in PLANNER_STORE."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path):
    tmp_path.chmod(0o500)
    said = (
        "the store cannot be opened there (Permission denied). Name a file that can be "
        "written in PLANNER_STORE."
    )
    with refused(StoreError, f"{tmp_path / 'store.sqlite'}: {said}"):
        open_store(file_at(tmp_path / "store.sqlite"))


def test_a_database_that_does_not_answer_is_told_without_the_password(tmp_path: Path):
    place = place_of({"PLANNER_DATABASE_URL": f"postgresql://ann:secret@/office?host={tmp_path}"})
    with pytest.raises(StoreError) as caught:
        open_store(place)
    assert "the store refused (connection is bad: " in str(caught.value)
    assert "secret" not in str(caught.value)
