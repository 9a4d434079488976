"""The engine on a Dask cluster: the same tasks as in processes, on as many machines as it has.

Dask begins a task again elsewhere when its worker dies. Where the cluster itself is lost, what is
left is solved here.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from solver.search.engine import LOOK, MOST_TRIES, STOPPING, Answer, Processes, Task, solve_until
from solver.stop import Stop

try:
    from distributed import Client, Event, get_client
except ImportError as error:  # pragma: no cover - said where the extra is not installed
    raise ImportError(
        "A cluster needs Dask: pip install 'intervention-planner[cluster]'."
    ) from error

HEAR = 1.0
"""Seconds after which a worker asks whether everybody is to stop."""
REACHED = "10s"
"""How long the cluster's scheduler is waited for."""


class Cluster:
    """The workers of the scheduler at an address (`tcp://host:8786`).

    Raises OSError where nobody answers there.
    """

    def __init__(self, address: str) -> None:
        self._client = Client(address, timeout=REACHED, set_as_default=False)
        self._here: Processes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leaves the cluster; its workers stay."""
        if self._here is not None:
            self._here.close()
        self._client.close()

    @property
    def workers(self) -> int:
        """How many tasks are solved at once."""
        if self._here is not None:
            return self._here.workers
        return max(1, int(sum(self._client.nthreads().values())))

    def run(
        self, solve: Callable[[Task, Stop], Answer], tasks: Sequence[Task], stop: Stop
    ) -> Iterator[tuple[int, Answer | None]]:
        """See `Engine`."""
        done: set[int] = set()
        if self._here is None:
            for number, answer in self._there(solve, tasks, stop):
                done.add(number)
                yield number, answer
        left = [number for number in range(len(tasks)) if number not in done]
        if self._here is not None and left and not stop.over:
            for place, answer in self._here.run(solve, [tasks[number] for number in left], stop):
                yield left[place], answer

    def _there(
        self, solve: Callable[[Task, Stop], Answer], tasks: Sequence[Task], stop: Stop
    ) -> Iterator[tuple[int, Answer | None]]:
        """The tasks that the cluster solves; when it is lost there are no more, and `_here` takes
        its place.
        """
        # A name of its own: who asked an earlier run to stop did not ask this one.
        name = f"stop-{uuid4()}"
        # Not pure: Dask would answer an equal task from what it remembers, and a search that is run
        # again may find more.
        executor = self._client.get_executor(pure=False, retries=MOST_TRIES - 1)
        running: dict[Future[Any], int] = {}
        waiting = list(range(len(tasks)))
        try:
            asked = Event(name, client=self._client)
            while waiting or running:
                while waiting and len(running) < self.workers and not stop.over:
                    number = waiting.pop(0)
                    running[executor.submit(_solve, solve, tasks[number], name)] = number
                if stop.over:
                    asked.set()
                    waiting.clear()
                finished, _ = wait(
                    running, timeout=STOPPING if stop.over else LOOK, return_when=FIRST_COMPLETED
                )
                if stop.over and not finished:
                    return
                for future in finished:
                    number = running.pop(future)
                    if self._lost():
                        raise ConnectionError("the scheduler is gone")
                    error = future.exception()
                    if error is not None and not _died(error):
                        raise error
                    yield number, None if error is not None else future.result()
                if not finished and self._lost():
                    raise ConnectionError("the scheduler is gone")
        except OSError:
            self._here = Processes(2)

    def _lost(self) -> bool:
        return self._client.status != "running"


def _died(error: BaseException) -> bool:
    """Whether a task is lost because its workers died, one after the other.

    By the name of the error, so that a version of Dask that lacks one of them can be used, too.
    """
    return type(error).__name__ in ("KilledWorker", "CancelledError", "FutureCancelledError")


def _solve(solve: Callable[[Task, Stop], Answer], task: Task, name: str) -> Answer:
    """On a worker of the cluster: solves a task until it is done or everybody is to stop."""
    # The client is taken in the task's own thread: in the one that listens there is none, and an
    # event without a client hears nothing.
    asked = Event(name, client=get_client())
    return solve_until(solve, task, asked.is_set, HEAR)
