"""Workers: who lives, by the store's clock, and what becomes of runs at which they die."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, text, update

from planner.store import columns, datasets, plans, runs, work, workers
from planner.store.audit import entries
from planner.store.backup import back_up
from planner.store.clock import moment
from planner.store.documents import packed
from planner.store.errors import PlaceError, Unreachable
from planner.store.place import DATABASE, place_of
from planner.store.restore import restore
from planner.store.runs import State
from planner.store.store import Store, open_store
from planner.store.tables import DocumentRecord, WorkerRecord
from planner.store.verify import verify
from planner.store.worker import Worker, this_worker
from tests.planner.store.office import first_steps, plan
from tests.planner.store.test_runs import FAR, ask, dead, state
from tests.postgres import Server


@pytest.fixture
def key(store: Store) -> str:
    return datasets.save(store, first_steps(), "ours", by="ann").hash


def ahead(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """The clock of this machine goes ahead, wherever the store asks it."""
    was = columns.now
    for name, module in list(sys.modules.items()):
        if name.startswith("planner.store") and getattr(module, "now", None) is was:
            monkeypatch.setattr(module, "now", lambda: datetime.now(UTC) + by)


def test_a_worker_lives_until_it_says_that_it_ends(store: Store):
    assert workers.living(store) == ()
    for _ in range(2):
        workers.beat(store, this_worker())
    workers.beat(store, FAR)
    assert set(workers.living(store)) == {FAR, this_worker()}
    workers.part(store, this_worker())
    assert workers.living(store) == (FAR,)


def test_one_that_died_does_not_live_and_is_forgotten(store: Store):
    workers.beat(store, dead())
    workers.beat(store, FAR)
    assert workers.living(store) == (FAR,)
    with store.writing() as session:
        session.execute(
            update(WorkerRecord).values(heartbeat=moment(session) - timedelta(seconds=61))
        )
    assert workers.living(store) == ()
    workers.beat(store, this_worker())
    with store.reading() as session:
        (row,) = session.query(WorkerRecord).all()
    assert (row.host, row.pid) == (this_worker().host, this_worker().pid)


def test_who_works_at_a_run_lives(store: Store, key: str):
    ask(store, key)
    claim = work.claim_next(store, FAR)
    assert workers.living(store) == (FAR,)
    workers.part(store, FAR)
    work.beat(store, claim)
    assert workers.living(store) == (FAR,)


def test_a_clock_that_is_a_minute_ahead_steals_no_run(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
):
    """Another machine's clock: both kinds of store have one clock, PostgreSQL its own."""
    store = open_store(place_of({DATABASE: postgresql.database("stored")}))
    key = datasets.save(store, first_steps(), "ours", by="ann").hash
    ask(store, key)
    claim = work.claim_next(store, FAR)
    for seconds in (61, -61, 86_400):
        with monkeypatch.context() as there:
            ahead(there, timedelta(seconds=seconds))
            assert runs.mark_orphans(store, by="ben") == ()
            assert workers.living(store) == (FAR,)
            ask(store, key)
    assert work.beat(store, claim) is False
    asked = [run.asked_at for run in runs.runs(store)]
    assert asked == sorted(asked, reverse=True)
    store.close()


def test_silence_says_nothing_to_who_has_not_listened(store: Store, key: str):
    ask(store, key)
    work.claim_next(store, FAR)
    assert runs.mark_orphans(store, by="ann", patience=None) == ()
    ask(store, key)
    work.claim_next(store, dead())
    assert [run.number for run in runs.mark_orphans(store, by="ann", patience=None)] == [2]


def test_a_run_at_which_workers_die_again_and_again_fails(store: Store, key: str):
    ask(store, key)
    for attempt in range(1, 4):
        claim = work.take_up(store, dead()) or work.claim_next(store, dead())
        assert claim.attempt == attempt
        work.keep_best(store, claim, plan(first_steps(), attempt))
        (marked,) = runs.mark_orphans(store, by="ann")
    assert (marked.state, marked.plan) == (State.FAILED, 1)
    assert marked.message == runs.DIED.format(deaths=3)
    assert plans.load(store, 1)[1] == plan(first_steps(), 3)
    assert work.take_up(store, FAR) is None
    assert [e.action for e in entries(store)][-3:] == ["found orphaned", "kept", "failed"]
    assert verify(store).fault == ""


def test_a_run_that_is_handed_on_counts_no_death(store: Store, key: str):
    ask(store, key)
    for attempt in range(1, 6):
        claim = work.take_up(store, FAR) or work.claim_next(store, FAR)
        assert claim.attempt == attempt
        work.hand_on(store, claim)
        assert state(store, 1).state is State.ORPHANED
    claim = work.take_up(store, FAR)
    work.finish(store, claim, plan(first_steps()), {})
    assert state(store, 1).state is State.DONE


@pytest.mark.parametrize("how", ["cancelled", "failed", "died"])
def test_a_run_whose_best_plan_is_damaged_ends_all_the_same(store: Store, key: str, how: str):
    ask(store, key)
    claim = work.claim_next(store, dead() if how == "died" else FAR)
    work.keep_best(store, claim, plan(first_steps()))
    with store.writing() as session:
        session.execute(
            update(DocumentRecord)
            .where(DocumentRecord.digest == packed(plan(first_steps())).digest)
            .values(content=b"no document")
        )
    if how == "died":
        runs.ask_cancel(store, 1, by="ben")
        runs.mark_orphans(store, by="ann")
    else:
        work.stop(store, claim, message="no memory", failed=how == "failed")
    ended = state(store, 1)
    assert (ended.state, ended.plan, ended.has_best) == (
        State.FAILED if how == "failed" else State.CANCELLED,
        None,
        False,
    )
    assert ended.message.endswith(runs.LOST)
    assert verify(store).fault == ""


def test_a_database_that_is_away_may_come_back(postgresql: Server):
    store = open_store(place_of({DATABASE: postgresql.database("stored")}))
    postgresql.end()
    try:
        for _ in range(2):
            with pytest.raises(Unreachable):
                workers.beat(store, FAR)
    finally:
        postgresql.begin()
    workers.beat(store, FAR)
    assert workers.living(store) == (FAR,)
    store.close()


def test_what_will_never_succeed_is_not_tried_again(store: Store):
    with pytest.raises(PlaceError, match="refused") as caught, store.reading() as session:
        session.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(caught.value, Unreachable)


def test_who_works_is_no_part_of_a_backup(
    store: Store, tmp_path: Path, new_place: Callable[[str], URL]
):
    datasets.save(store, first_steps(), "ours", by="ann")
    workers.beat(store, Worker("a-machine", 7))
    counts = back_up(store, tmp_path / "kept.zip", by="ann")
    assert "workers" not in counts
    other = open_store(new_place("sqlite"))
    restore(other, tmp_path / "kept.zip", by="ann")
    assert workers.living(other) == ()
    other.close()
