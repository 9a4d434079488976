"""A store of an older planner is brought up to date when it is opened, all of it or nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from planner.store import adoption, datasets, migrate, plans, upgrade
from planner.store.errors import PlaceError
from planner.store.store import open_store
from planner.store.verify import verify
from tests.planner.store.office import first_steps, plan

NEXT = """'''What a later planner adds.'''

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    with op.batch_alter_table("plans") as plans:
        plans.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="blue"))
        plans.alter_column("cost", existing_type=sa.Text(), nullable=True)
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    {then}
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this planner a later one, with one migration more."""

    def make(then: str) -> None:
        folder = Path(shutil.copytree(migrate.MIGRATIONS, tmp_path / "migrations"))
        (folder / "versions" / "later.py").write_text(NEXT.format(then=then))
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)
        monkeypatch.setattr(migrate, "KNOWN", migrate.KNOWN | {"0003"})
        monkeypatch.setattr(upgrade, "SCHEMA", "0003")

    return make


def fill(place: URL) -> None:
    store = open_store(place)
    datasets.save(store, first_steps(), "ours", by="ann")
    plans.keep(store, plan(first_steps()), {}, "ours", by="ann")
    adoption.adopt(store, 1, by="ann")
    store.close()


@pytest.fixture
def own(request: pytest.FixtureRequest, new_place: Callable[[str], URL]) -> URL:
    """A place of the test's own: its tables change."""
    new_place(request.param)
    return new_place(request.param)


both = pytest.mark.parametrize("own", ["sqlite", "postgresql"], indirect=True)


@both
def test_an_older_store_is_brought_up_to_date(own: URL, later):
    fill(own)
    later("")
    store = open_store(own)
    with store.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0003"
        assert session.execute(text("SELECT id, colour FROM plans")).all() == [(1, "blue")]
        assert session.execute(text("SELECT * FROM later")).all() == []
        if not store.shared:
            assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
    assert verify(store).fault == ""
    assert adoption.current(store, "ours").plan == 1
    store.close()


@both
def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    own: URL, later, monkeypatch: pytest.MonkeyPatch
):
    fill(own)
    later("op.execute('SELECT * FROM nowhere')")
    with pytest.raises(PlaceError, match="the store refused .*nowhere"):
        open_store(own)
    monkeypatch.setattr(upgrade, "SCHEMA", "0002")
    store = open_store(own)
    with store.reading() as session:
        assert session.execute(text("SELECT * FROM plans")).mappings().one()["id"] == 1
        assert "colour" not in session.execute(text("SELECT * FROM plans")).mappings().one()
    assert verify(store).fault == ""
    store.close()


def test_an_upgrade_that_would_lose_what_others_refer_to_is_refused(new_place, later):
    place = new_place("sqlite")
    fill(place)
    later("op.execute('DELETE FROM plans')")
    with pytest.raises(PlaceError) as caught:
        open_store(place)
    assert caught.value.faults[0].what == (
        "cannot be brought up to date: adoptions refers to plans that are not there. Restore a "
        "backup."
    )
