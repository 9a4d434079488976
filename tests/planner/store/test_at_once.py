"""Eight who write at once: nothing is lost, nobody gets what another has, and the trail holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from planner.store import adoption, datasets, plans, runs, scenarios, work
from planner.store.audit import entries
from planner.store.errors import PlaceError, SavedMeanwhile, StoreError
from planner.store.place import file_at
from planner.store.runs import State
from planner.store.store import Store, open_store
from planner.store.verify import verify
from planner.store.worker import Worker
from tests.planner.store.office import first_steps, plan, refused

WRITERS = 8
EACH = 4


def at_once(place: URL, write: Callable[[Store, int], Any]) -> list[Any]:
    """What eight writers with stores of their own give back."""

    def writer(number: int) -> Any:
        store = open_store(place)
        try:
            return write(store, number)
        finally:
            store.close()

    with ThreadPoolExecutor(WRITERS) as threads:
        return list(threads.map(writer, range(WRITERS)))


def test_every_plan_is_kept(place: URL, store: Store):
    datasets.save(store, first_steps(), "ours", by="ann")

    def write(mine: Store, writer: int) -> list[int]:
        by = f"writer {writer}"
        return [
            plans.keep(mine, plan(first_steps(), 10 * writer + n), {}, "ours", by=by).number
            for n in range(EACH)
        ]

    numbers = [number for found in at_once(place, write) for number in found]
    assert sorted(numbers) == list(range(1, WRITERS * EACH + 1))
    assert len(plans.saved(store)) == len(entries(store)) - 1 == WRITERS * EACH
    assert verify(store).fault == ""


def test_no_change_of_a_scenario_is_lost(place: URL, store: Store):
    """Each adds a line as often as it must until nobody was faster; in the end every line is
    there.
    """
    scenarios.save(store, "cut", "ours", "name: cut\n", seen=0, by="ann")

    def write(mine: Store, writer: int) -> int:
        told = 0
        for n in range(EACH):
            while True:
                seen = scenarios.load(mine, "cut")
                try:
                    text = seen.text + f"# {writer}/{n}\n"
                    scenarios.save(
                        mine, "cut", "ours", text, seen=seen.version, by=f"writer {writer}"
                    )
                    break
                except SavedMeanwhile:
                    told += 1
        return told

    at_once(place, write)
    last = scenarios.load(store, "cut")
    assert last.version == WRITERS * EACH + 1
    assert sorted(last.text.split("\n")[1:-1]) == sorted(
        f"# {writer}/{n}" for writer in range(WRITERS) for n in range(EACH)
    )
    assert verify(store).fault == ""


def test_the_first_of_eight_new_scenarios_stands(place: URL, store: Store):
    def write(mine: Store, writer: int) -> bool:
        try:
            scenarios.save(mine, "cut", "ours", f"name: {writer}", seen=0, by=f"writer {writer}")
            return True
        except SavedMeanwhile:
            return False

    assert at_once(place, write).count(True) == 1
    assert scenarios.load(store, "cut").version == len(entries(store)) == 1


def test_one_plan_is_adopted_at_a_time(place: URL, store: Store):
    datasets.save(store, first_steps(), "ours", by="ann")
    for n in range(WRITERS):
        plans.keep(store, plan(first_steps(), n), {}, "ours", by="ann")
    at_once(place, lambda mine, writer: adoption.adopt(mine, writer + 1, by=f"writer {writer}"))
    found = adoption.adoptions(store)
    assert len(found) == WRITERS
    assert [each.ended_at is None for each in found] == [True] + [False] * (WRITERS - 1)
    assert [each.replaces for each in found[:-1]] == [each.plan for each in found[1:]]
    assert verify(store).fault == ""


def test_no_run_is_given_to_two_workers(place: URL, store: Store):
    key = datasets.save(store, first_steps(), "ours", by="ann").hash
    asked = [
        runs.ask(store, "ours", key, settings={}, by="ann").number for _ in range(WRITERS * EACH)
    ]

    def write(mine: Store, writer: int) -> list[int]:
        done = []
        while claim := work.claim_next(mine, Worker(f"machine-{writer}", 1)):
            work.keep_best(mine, claim, plan(first_steps(), claim.run))
            assert work.beat(mine, claim) is False
            work.finish(mine, claim, plan(first_steps(), 1000 + claim.run), {})
            done.append(claim.run)
        return done

    assert sorted(run for done in at_once(place, write) for run in done) == asked
    assert {run.state for run in runs.runs(store)} == {State.DONE}
    assert len({run.plan for run in runs.runs(store)}) == len(asked)
    assert verify(store).fault == ""


def test_an_orphan_is_taken_up_once(place: URL, store: Store):
    key = datasets.save(store, first_steps(), "ours", by="ann").hash
    runs.ask(store, "ours", key, settings={}, by="ann")
    work.claim_next(store, Worker("gone", 1))
    found = at_once(
        place, lambda mine, writer: len(runs.mark_orphans(mine, by="ann", patience=timedelta(0)))
    )
    assert sum(found) == 1
    claims = at_once(place, lambda mine, writer: work.take_up(mine, Worker(f"machine-{writer}", 1)))
    assert sum(claim is not None for claim in claims) == 1


def test_a_writer_who_waits_too_long_is_told(
    place: URL, store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("planner.store.store.BUSY", 1000)
    other = open_store(place)
    said = f"{store.at}: the store is busy: somebody has been writing for 1 seconds. Try again."
    with store.writing() as session:
        session.connection()
        with refused(PlaceError, said):
            scenarios.save(other, "cut", "ours", "name: cut", seen=0, by="ann")
    other.close()


def save_and_keep(place: str, writer: int) -> None:
    """What one process writes."""
    store = open_store(file_at(Path(place)))
    for n in range(EACH):
        plans.keep(store, plan(first_steps(), 10 * writer + n), {}, "ours", by=f"process {writer}")
        with suppress(StoreError):  # the other one adopted it
            adoption.adopt(store, n + 1, by=f"process {writer}")
    store.close()


def test_processes_write_at_once_as_threads_do(tmp_path: Path):
    path = tmp_path / "store.sqlite"
    store = open_store(file_at(path))
    datasets.save(store, first_steps(), "ours", by="ann")
    with get_context("spawn").Pool(2) as pool:
        pool.starmap(save_and_keep, [(str(path), writer) for writer in range(2)])
    assert len(plans.saved(store)) == 2 * EACH
    assert verify(store).fault == ""
    store.close()
