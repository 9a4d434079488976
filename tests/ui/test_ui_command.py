"""`planner ui` begins its pages and workers, and ends them."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from planner.store import workers
from planner.store.place import file_at
from planner.store.store import open_store
from tests.benchmarks.machine import descendants
from tests.screen.browser import PATIENCE, serving
from ui.app.back_off import BackOff
from ui.app.supervision import Supervised


@pytest.mark.slow
def test_told_to_end_it_leaves_nothing_behind(tmp_path: Path):
    with serving(tmp_path / "store.sqlite") as (server, address):
        below = descendants(server.pid)
        assert len(below) >= 2, "the pages and a worker"
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=40) == 0
        with pytest.raises(URLError):
            urlopen(address, timeout=2)
        for process in below:
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    began = monotonic()
    while not true():
        assert monotonic() - began < PATIENCE
        sleep(0.1)


def answers(address: str) -> bool:
    try:
        urlopen(f"{address}/_stcore/health", timeout=1).close()
    except OSError:
        return False
    return True


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_whatever_is_killed_of_it_is_begun_again(tmp_path: Path):
    with serving(tmp_path / "store.sqlite") as (server, address):
        store = open_store(file_at(tmp_path / "store.sqlite"))
        (first,) = workers.living(store)
        os.kill(first.pid, signal.SIGKILL)
        until(lambda: set(workers.living(store)) - {first} != set())
        (second,) = set(workers.living(store)) - {first}
        (pages,) = set(descendants(server.pid)) - {second.pid}
        os.kill(pages, signal.SIGKILL)
        until(lambda: not is_there(pages))
        until(lambda: answers(address))
        assert is_there(second.pid)
        store.close()


@pytest.mark.slow
def test_where_it_is_killed_itself_all_of_it_ends(tmp_path: Path):
    with serving(tmp_path / "store.sqlite") as (server, address):
        below = descendants(server.pid)
        server.kill()
        until(lambda: not any(map(is_there, below)))
        assert not answers(address)


def test_what_ends_at_once_is_begun_again_later_each_time():
    waits = BackOff(1.0, 60.0)
    assert [waits.wait_seconds() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    waits.succeeded()
    assert waits.wait_seconds() == 1
    begun: list[int] = []
    ends = Supervised("it", [sys.executable, "-c", ""], begun=begun.append)
    until(lambda: ends.ended() is not None)
    for _ in range(100):
        ends.tend()
    ends.wait()
    assert len(begun) == 1, "it waits before it begins again"
    again = Supervised(
        "it", [sys.executable, "-c", ""], begun=begun.append, back_off=BackOff(0.0, 0.0)
    )
    until(lambda: (again.tend(), len(begun) >= 4)[1])
    again.wait()
