"""Tasks in other processes: all are solved, a worker that dies is survived, a stop gives back what
there is.
"""

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from solver.search.engine import Here, Processes
from solver.stop import Stop


@dataclass(frozen=True)
class Task:
    """A number, and where it is written down that somebody died of it."""

    number: int
    graves: str = ""
    deadly: bool = False


def double(task: Task, stop: Stop) -> int:
    """Twice the number; a deadly task kills its worker, the first time or always."""
    grave = Path(task.graves) / str(task.number) if task.graves else None
    if grave and (task.deadly or not grave.exists()):
        grave.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * task.number


def wait(task: Task, stop: Stop) -> int:
    """Waits until it is told to stop."""
    ends = monotonic() + 60
    while not stop.asked and monotonic() < ends:
        sleep(0.02)
    return task.number


@pytest.mark.parametrize("workers", [0, 2])
def test_every_task_is_solved_once(workers: int):
    tasks = [Task(number) for number in range(7)]
    with Processes(workers) if workers else Here() as engine:
        answers = list(engine.run(double, tasks, Stop()))
    assert sorted(answers) == [(number, 2 * number) for number in range(7)]


@pytest.mark.slow
def test_a_worker_that_dies_loses_no_task(tmp_path: Path):
    tasks = [Task(number, str(tmp_path) if number in (1, 4) else "") for number in range(6)]
    with Processes(2) as engine:
        answers = dict(engine.run(double, tasks, Stop()))
    assert answers == {number: 2 * number for number in range(6)}
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.slow
def test_a_task_that_kills_every_worker_is_given_up_and_the_rest_is_solved(tmp_path: Path):
    tasks = [Task(0, str(tmp_path), deadly=True), *(Task(number) for number in range(1, 4))]
    with Processes(1) as engine:
        answers = dict(engine.run(double, tasks, Stop()))
    assert answers == {0: None, 1: 2, 2: 4, 3: 6}


def test_a_stop_gives_back_what_is_running_and_begins_nothing_more():
    stop, began = Stop(), monotonic()
    found = []
    with Processes(2) as engine:
        for number, answer in engine.run(
            _first_then_wait, [Task(number) for number in range(8)], stop
        ):
            found.append((number, answer))
            stop.ask()
    assert (0, 0) in found
    assert len(found) <= 3
    assert monotonic() - began < 40


def _first_then_wait(task: Task, stop: Stop) -> int:
    return task.number if task.number == 0 else wait(task, stop)
