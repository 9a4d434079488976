"""Where the parts of a region are solved: in processes of this machine, or on a Dask cluster.

A worker that dies takes its task with it, and the task is taken up again; whoever asks to stop gets
what is finished, and what the others have when they stop.
"""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from solver.stop import Stop

Task = TypeVar("Task")
Answer = TypeVar("Answer")
MOST_TRIES = 3
"""How often a task is begun whose worker dies, before it is given up: a task that itself ends its
worker (no memory is left) would else be begun for ever.
"""
LOOK = 0.2
"""Seconds after which it is looked whether a stop was asked for."""
STOPPING = 30.0
"""Seconds that running tasks have to give back what they have when a stop is asked for."""


class Engine(Protocol):
    """Solves tasks with so many workers at once."""

    @property
    def workers(self) -> int:
        """How many tasks are solved at once."""

    def run(
        self, solve: Callable[[Task, Stop], Answer], tasks: Sequence[Task], stop: Stop
    ) -> Iterator[tuple[int, Answer | None]]:
        """The number of each task with its answer, as they are finished; None where it is lost.
        After a stop, what is done.
        """


class Here:
    """No other process: one task after the other, so that the same input gives the same answer and
    nothing is set up.
    """

    workers = 1

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is to be ended."""

    def run(
        self, solve: Callable[[Task, Stop], Answer], tasks: Sequence[Task], stop: Stop
    ) -> Iterator[tuple[int, Answer | None]]:
        """See `Engine`."""
        for number, task in enumerate(tasks):
            if stop.over:
                return
            yield number, solve(task, stop)


class Processes:
    """Processes of this machine. They begin when they are first needed, and end with `close`."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        # Not "fork": a fork copies the locks of OR-Tools' and HiGHS' threads as they are at that
        # moment, held by threads that the copy does not have.
        self._context = get_context("spawn")
        self._asked = self._context.Event()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._asked.set()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def run(
        self, solve: Callable[[Task, Stop], Answer], tasks: Sequence[Task], stop: Stop
    ) -> Iterator[tuple[int, Answer | None]]:
        """See `Engine`."""
        if not stop.over:
            # An earlier solve that was stopped did not ask this one.
            self._asked.clear()
        tries = [0] * len(tasks)
        waiting = list(range(len(tasks)))
        running: dict[Future[Answer], int] = {}
        while waiting or running:
            while waiting and len(running) < self.workers and not stop.over:
                number = waiting.pop(0)
                tries[number] += 1
                running[self._begun(solve, tasks[number])] = number
            if stop.over:
                self._asked.set()
                waiting.clear()
            done, _ = wait(
                running, timeout=STOPPING if stop.over else LOOK, return_when=FIRST_COMPLETED
            )
            if stop.over and not done:
                return
            for future in done:
                number = running.pop(future)
                try:
                    answer = future.result()
                except BrokenExecutor:
                    # All that was running is lost with the pool; each is begun again, first of all.
                    lost = [number, *running.values()]
                    running.clear()
                    self._pool = None
                    for lost_number in lost:
                        if tries[lost_number] < MOST_TRIES:
                            waiting.insert(0, lost_number)
                        else:
                            yield lost_number, None
                    break
                yield number, answer

    def _begun(self, solve: Callable[[Task, Stop], Answer], task: Task) -> Future[Answer]:
        if self._pool is None:
            self._asked.clear()
            self._pool = ProcessPoolExecutor(
                self.workers, self._context, initializer=_begin, initargs=(self._asked,)
            )
        try:
            return self._pool.submit(_solve, solve, task)
        except BrokenExecutor:
            self._pool = None
            return self._begun(solve, task)


_asked: Any = None
"""In a worker: set when everybody is to stop."""


def _begin(asked: Any) -> None:
    """Ctrl-C is the main process's; a worker is told by an event."""
    global _asked
    _asked = asked
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _solve(solve: Callable[[Task, Stop], Answer], task: Task) -> Answer:
    """In a worker of this machine: solves a task until it is done or everybody is to stop."""
    return solve_until(solve, task, _asked.is_set, LOOK)


def solve_until(
    solve: Callable[[Task, Stop], Answer],
    task: Task,
    asked: Callable[[], bool],
    seconds: float,
) -> Answer:
    """Solves a task until it is done or a stop is asked for, which is looked for every so many
    seconds.
    """
    stop, done = Stop(), threading.Event()

    def listen() -> None:
        while not done.wait(seconds):
            if asked():
                stop.ask()
                return

    threading.Thread(target=listen, daemon=True).start()
    try:
        return solve(task, stop)
    finally:
        done.set()
