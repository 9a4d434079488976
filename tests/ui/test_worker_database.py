"""A worker whose PostgreSQL goes away waits, and goes on when it is back; told to end meanwhile, it
ends in order.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.access import User
from planner.store.place import DATABASE, place_of
from planner.store.runs import State
from planner.store.store import Store, open_store
from tests.planner.store.conftest import postgresql  # noqa: F401, a fixture
from tests.postgres import Server
from tests.ui.test_worker import PATIENCE, TIERS, busy, ended, example, until
from ui.app.solve_request import SolveOptions
from ui.app.workspace import Workspace


@pytest.fixture
def address(postgresql: Server) -> str:  # noqa: F811
    return postgresql.database("stored")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(place_of({DATABASE: address}))
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Workspace:
    return Workspace(store, User("office", frozenset({"director", "hr"})))


@contextmanager
def process(address: str) -> Iterator[subprocess.Popen[bytes]]:
    """`planner worker` in a process of its own."""
    started = subprocess.Popen(
        [sys.executable, "-m", "ui.cli.main", "worker"],
        env=os.environ | {DATABASE: address},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@pytest.mark.slow
def test_a_run_goes_on_through_kills_of_the_database(
    tmp_path: Path,
    postgresql: Server,  # noqa: F811
    address: str,
    desk: Workspace,
):
    """While it is solved, and while nothing is: the same process, and not taken up again."""
    asked = desk.ask(busy(desk, tmp_path / "busy"), SolveOptions(15.0, goals=TIERS))
    with process(address) as worker:
        until(lambda: desk.run(asked.number), lambda run: bool(desk.events(run.number)))
        for sign in (signal.SIGKILL, signal.SIGQUIT):
            postgresql.end(sign)
            postgresql.begin()
        assert until(lambda: desk.run(asked.number), ended).state is State.DONE
        postgresql.end()
        postgresql.begin()
        again = desk.ask(example(desk, "first-steps"), SolveOptions(5.0, goals=TIERS))
        assert until(lambda: desk.run(again.number), ended).state is State.DONE
        assert worker.poll() is None
    told = [
        entry["action"] for entry in desk.history() if entry["subject"] == f"run {asked.number}"
    ]
    assert told == ["asked for", "taken", "done"]


@pytest.mark.slow
def test_told_to_end_while_the_database_is_away_it_ends_in_order(
    tmp_path: Path,
    postgresql: Server,  # noqa: F811
    address: str,
    desk: Workspace,
):
    """Not by SIGABRT: the solver's threads end first."""
    asked = desk.ask(busy(desk, tmp_path / "busy"), SolveOptions(300.0, goals=TIERS))
    with process(address) as worker:
        until(lambda: desk.run(asked.number), lambda run: bool(desk.events(run.number)))
        postgresql.end()
        try:
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(PATIENCE) == 0
        finally:
            postgresql.begin()
    run = desk.run(asked.number)
    assert run is not None
    assert run.state is State.RUNNING
    with process(address):
        until(
            lambda: desk.run(asked.number),
            lambda run: run.state is State.RUNNING and desk.has_workers(),
        )
        desk.cancel(asked.number)
        assert until(lambda: desk.run(asked.number), ended).state is State.CANCELLED
