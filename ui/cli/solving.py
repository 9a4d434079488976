"""Run a solve in a thread of its own.

Ctrl-C is then heard at once, and progress is shown while it runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from time import monotonic

from planner.facts.problem import Problem
from planner.plan.result import Result
from solver.best_plan import best_plan
from solver.search.engine import Engine
from solver.settings import SolveSettings
from solver.stop import Stop
from ui.cli.ctrl_c import CtrlC
from ui.cli.progress import progress_for

TICK = 0.1
"""Seconds between two looks at whether Ctrl-C was pressed."""


@dataclass(frozen=True)
class Solved:
    """What a solve gave and how long it took; `error` where it failed, which is a fault of ours."""

    settings: SolveSettings
    result: Result | None
    error: Exception | None
    started: datetime
    seconds: float
    goal_seconds: dict[str, float]


class _Worker(Thread):
    """A thread that remembers what its work gave. The process may end while it runs."""

    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__(name="solve", daemon=True)
        self._work = work
        self.result: Result | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        """Do the work."""
        try:
            self.result = self._work()
        except Exception as error:  # whatever it is, it is kept for the fault report
            self.error = error


def solve_watched(
    problem: Problem, settings: SolveSettings, ctrl_c: CtrlC, engine: Engine | None = None
) -> Solved:
    """Solve, show progress on stderr, and stop where Ctrl-C asks for it."""
    started, began = datetime.now(UTC).astimezone(), monotonic()
    stop = Stop()
    with progress_for(problem, settings) as progress:
        worker = _Worker(lambda: best_plan(problem, settings, progress.tell, stop, engine))
        worker.start()
        said = False
        while worker.is_alive():
            worker.join(TICK)
            if ctrl_c.pressed and worker.is_alive():
                # Again at every tick: a search that begins in this instant has not heard it.
                stop.ask()
                if not said:
                    progress.stopping()
                said = True
    seconds = monotonic() - began
    return Solved(
        settings, worker.result, worker.error, started, seconds, progress.board.goal_seconds()
    )
