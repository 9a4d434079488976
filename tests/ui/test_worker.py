"""A worker takes the store's runs: to the end, until somebody stops it, and again where another one
died.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any, NoReturn

import pytest

from planner.access import User
from planner.scenario.writing import scenario_text
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from planner.store import runs, work
from planner.store.columns import now
from planner.store.datasets import SavedDataset
from planner.store.place import FILE, file_at
from planner.store.runs import RunState, State
from planner.store.store import Store, open_store
from planner.store.tables import RunRecord
from planner.store.worker import Worker, this_worker
from planner.words.errors import DatasetError, Fault, WrongInput
from tests.planted import overloaded
from ui.app import solving, worker
from ui.app.solve_request import SolveOptions
from ui.app.worker import serve
from ui.app.workspace import Workspace

TIERS = ("tier_3_minutes", "tier_2_minutes", "tier_1_minutes")
PATIENCE = 90.0
"""Seconds after which something that should have happened has not."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(file_at(tmp_path / "store.sqlite"))


@pytest.fixture
def desk(store: Store) -> Workspace:
    return Workspace(store, User("office", frozenset({"director", "hr"})))


def example(desk: Workspace, name: str) -> SavedDataset:
    return desk.save(load(example_path(name)), name)


def busy(desk: Workspace, folder: Path) -> SavedDataset:
    """A school with an adult too few: there is a plan at once, and none is proved best for long."""
    overloaded(folder, seed=1)
    return desk.save(load(folder), "busy")


@contextmanager
def working(store: Store) -> Iterator[None]:
    """A worker in this process."""
    quit_ = Event()
    thread = Thread(target=serve, args=(store, this_worker(), quit_))
    thread.start()
    try:
        yield
    finally:
        quit_.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def until(look: Callable[[], RunState | None], wanted: Callable[[RunState], bool]) -> RunState:
    """Wait until a run is as wanted."""
    began = monotonic()
    while monotonic() - began < PATIENCE:
        run = look()
        if run is not None and wanted(run):
            return run
        sleep(0.1)
    raise AssertionError(f"it took too long: {look()}")


def ended(run: RunState) -> bool:
    return run.state in (State.DONE, State.FAILED, State.CANCELLED)


def test_a_run_becomes_a_plan(store: Store, desk: Workspace):
    saved = example(desk, "first-steps")
    asked = desk.ask(saved, SolveOptions(20.0, goals=TIERS))
    with working(store):
        run = until(lambda: desk.run(asked.number), ended)
    assert run.state is State.DONE
    assert run.plan is not None
    (plan,) = desk.plans()
    assert (plan.number, plan.run, plan.saved_by, plan.status) == (
        run.plan,
        run.number,
        "office",
        "optimal",
    )
    assert [goal.goal for goal in desk.open(run.plan).document.solver.goals] == [*TIERS]
    _, _, last = desk.events(run.number)[-1]
    assert all(goal["value"] == goal["bound"] for goal in last["goals"])
    assert [event for event in desk.history() if event["action"] == "done"]


def test_a_run_starts_from_a_plan_and_stays_close(store: Store, desk: Workspace):
    saved = example(desk, "first-steps")
    first = desk.ask(saved, SolveOptions(20.0))
    with working(store):
        made = until(lambda: desk.run(first.number), ended)
        close = {"plan": f"plan {made.plan}", "max_changes": 0}
        text = scenario_text("close", saved.name, [], stay_close_to=close)
        applied = desk.applied(text, "close", saved)
        again = desk.ask(saved, SolveOptions(20.0, seed=5), applied)
        run = until(lambda: desk.run(again.number), ended)
    assert made.plan is not None
    assert run.plan is not None
    before, after = (desk.open(number).plan.sessions for number in (made.plan, run.plan))
    assert after == before


@pytest.mark.slow
def test_a_run_that_is_stopped_keeps_its_best_plan(tmp_path: Path, store: Store, desk: Workspace):
    asked = desk.ask(busy(desk, tmp_path / "busy"), SolveOptions(300.0, goals=TIERS))
    with working(store):
        until(
            lambda: desk.run(asked.number),
            lambda run: (
                bool(desk.events(run.number)) and bool(desk.events(run.number)[-1][2]["goals"])
            ),
        )
        desk.cancel(asked.number)
        run = until(lambda: desk.run(asked.number), ended)
    assert run.state is State.CANCELLED
    assert run.message == "cancelled by office"
    assert run.plan is not None
    assert desk.open(run.plan).plan.sessions


def test_facts_that_contradict_each_other_are_told(store: Store, desk: Workspace):
    asked = desk.ask(example(desk, "cannot-be"), SolveOptions(20.0))
    with working(store):
        run = until(lambda: desk.run(asked.number), ended)
    assert run.state is State.FAILED
    assert run.message.startswith("No plan can keep all of these at once: ")
    assert run.plan is None


def test_a_fault_of_ours_ends_the_run_and_not_the_worker(
    store: Store, desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_: object) -> None:
        raise RuntimeError("a wheel came off")

    saved = example(desk, "first-steps")
    with monkeypatch.context() as broken:
        broken.setattr(solving, "best_plan", fails)
        first = desk.ask(saved, SolveOptions(5.0))
        with working(store):
            run = until(lambda: desk.run(first.number), ended)
    assert (run.state, run.message) == (State.FAILED, worker.OUR_FAULT)
    second = desk.ask(saved, SolveOptions(5.0))
    with working(store):
        assert until(lambda: desk.run(second.number), ended).state is State.DONE


def fails_with(error: Exception) -> Callable[..., NoReturn]:
    def fails(*_: object, **__: object) -> NoReturn:
        raise error

    return fails


BROKEN_RULE = DatasetError([Fault("staff", 3, "staff", "P1", "is nobody in this dataset.")])


@pytest.mark.parametrize(
    ("where", "error", "told"),
    [
        ("read_request", KeyError("goal"), worker.OUR_FAULT),
        ("read_request", BROKEN_RULE, str(BROKEN_RULE)),
        ("Problem", MemoryError(), worker.NO_MEMORY),
        ("run", WrongInput("No such goal."), "No such goal."),
        ("violations", RuntimeError("a rule"), worker.OUR_FAULT),
        ("document_of", ValueError("a figure"), worker.OUR_FAULT),
        ("run_of", OSError("a disk"), worker.OUR_FAULT),
    ],
)
def test_whatever_fails_in_a_run_fails_it_alone(
    store: Store,
    desk: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    error: Exception,
    told: str,
):
    """In what it is asked, in solving and in writing: the same worker goes on to the next."""
    saved = example(desk, "first-steps")
    first = desk.ask(saved, SolveOptions(5.0, goals=TIERS))
    if where == "violations":  # asked of a plan that an earlier worker left
        claim = work.claim_next(store, Worker("another-machine", 1))
        assert claim is not None
        work.keep_best(store, claim, a_plan_of(saved.hash))
        work.hand_on(store, claim)
    with monkeypatch.context() as broken:
        broken.setattr(worker, where, fails_with(error))
        with working(store):
            run = until(lambda: desk.run(first.number), ended)
            assert (run.state, run.message) == (State.FAILED, told)
            broken.undo()
            second = desk.ask(saved, SolveOptions(5.0, goals=TIERS))
            assert until(lambda: desk.run(second.number), ended).state is State.DONE


def a_plan_of(key: str) -> dict[str, Any]:
    """A plan of nothing, which begins a search."""
    empty = {"sessions": [], "placements": [], "positions": None, "training": []}
    return {"dataset_hash": key, "document_version": 1, **empty}


def test_a_best_plan_that_cannot_be_read_is_begun_without(store: Store, desk: Workspace):
    saved = example(desk, "first-steps")
    asked = desk.ask(saved, SolveOptions(5.0, goals=TIERS))
    claim = work.claim_next(store, Worker("another-machine", 1))
    assert claim is not None
    work.keep_best(store, claim, {**a_plan_of(saved.hash), "sessions": [{"service": "gone"}]})
    work.hand_on(store, claim)
    with working(store):
        run = until(lambda: desk.run(asked.number), ended)
    assert run.state is State.DONE


def test_a_worker_says_that_it_lives_until_it_ends(store: Store, desk: Workspace):
    assert not desk.has_workers()
    with working(store):
        began = monotonic()
        while not desk.has_workers():
            assert monotonic() - began < PATIENCE
            sleep(0.05)
    assert not desk.has_workers()


def test_who_comes_back_to_a_database_takes_no_run_from_those_who_work(
    store: Store, desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    """All heartbeats are old then."""
    desk.ask(example(desk, "first-steps"), SolveOptions(5.0))
    far = Worker("another-machine", 1)
    assert work.claim_next(store, far) is not None
    with store.touching() as session:
        session.get_one(RunRecord, 1).heartbeat = now() - timedelta(minutes=5)
    clock = [1000.0]
    monkeypatch.setattr(worker, "monotonic", lambda: clock[0])
    shift = worker._Shift(store, this_worker())
    assert shift.next_run() is None
    clock[0] += 59
    shift.lost_touch()
    clock[0] += 2
    assert shift.next_run() is None
    clock[0] += 61
    taken = shift.next_run()
    assert taken is not None
    assert taken.run == 1


@contextmanager
def process(store_file: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`planner worker` in a process of its own."""
    started = subprocess.Popen(
        [sys.executable, "-m", "ui.cli.main", "worker"],
        env=os.environ | {FILE: str(store_file)},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@pytest.mark.slow
def test_the_run_of_a_worker_that_was_killed_is_taken_up_again(
    tmp_path: Path, store: Store, desk: Workspace
):
    asked = desk.ask(busy(desk, tmp_path / "busy"), SolveOptions(20.0, goals=TIERS))
    with process(tmp_path / "store.sqlite") as first:
        until(lambda: desk.run(asked.number), lambda run: run.has_best)
        first.send_signal(signal.SIGKILL)
        first.wait()
    best = runs.best(store, asked.number)
    assert best is not None
    with working(store):
        run = until(lambda: desk.run(asked.number), ended)
    assert run.state is State.DONE
    assert run.plan is not None
    delivered = desk.open(run.plan).document.as_data()["measures"]["minutes"]["tier"]
    assert delivered["3"]["delivered"] >= best["measures"]["minutes"]["tier"]["3"]["delivered"]
    assert [
        entry["action"] for entry in desk.history() if entry["subject"] == f"run {run.number}"
    ] == [
        "asked for",
        "taken",
        "found orphaned",
        "taken up again",
        "done",
    ]


@pytest.mark.slow
def test_a_worker_that_is_told_to_end_leaves_its_run_to_the_next(
    tmp_path: Path, store: Store, desk: Workspace
):
    asked = desk.ask(busy(desk, tmp_path / "busy"), SolveOptions(300.0, goals=TIERS))
    with process(tmp_path / "store.sqlite") as first:
        until(lambda: desk.run(asked.number), lambda run: bool(desk.events(run.number)))
        first.send_signal(signal.SIGTERM)
        assert first.wait(PATIENCE) == 0
    run = desk.run(asked.number)
    assert run is not None
    assert run.state is State.ORPHANED, "at once, without waiting until it is missed"
