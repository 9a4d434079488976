"""Runs a request: the one place where the command line and the worker meet the solver (a sweep
does in ui.app.sweeping).

The solve has a thread of its own, so that who asked for it can listen meanwhile: for Ctrl-C, or for
somebody who stops a run of the queue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from time import monotonic

from planner.facts.problem import Problem
from planner.plan.positions import staffed_by
from planner.plan.result import Result
from solver.best_plan import best_plan
from solver.goal_board import GoalBoard
from solver.search.engine import Engine
from solver.settings import OnPlan, unheard
from solver.stop import Stop
from ui.app.solve_request import SolveRequest

WRITING = 0.012
"""Seconds for each group and duty that it takes to write a plan, measured on 2 cores."""
LEAST = 0.5
"""The share of its seconds that the search has in any case."""
TICK = 0.1
"""Seconds between two looks at what happens meanwhile."""


@dataclass(frozen=True)
class Solved:
    """What a solve gave and how long it took; `error` where it failed, which is a fault of ours."""

    request: SolveRequest
    result: Result | None
    error: Exception | None
    started: datetime
    seconds: float
    goal_seconds: dict[str, float]

    @property
    def problem(self) -> Problem:
        """What was planned, with the people whom the plan's positions pay."""
        plan = self.result.plan if self.result else None
        return staffed_by(self.request.problem, plan) if plan else self.request.problem


class _Solve(Thread):
    """A thread that remembers what its solve gave. A daemon, for Ctrl-C pressed twice: that ends
    the process while it runs.
    """

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


def _searching(request: SolveRequest, spent: float) -> float:
    """Seconds that are left for the search: not those that were spent on reading, and not those
    that it takes to write the plan.
    """
    writing = WRITING * len(request.problem.services)
    return max(LEAST * request.seconds, request.seconds - spent - writing)


def run(
    request: SolveRequest,
    board: GoalBoard,
    stop: Stop,
    *,
    engine: Engine | None = None,
    on_plan: OnPlan = unheard,
    meanwhile: Callable[[], None] = lambda: None,
    every: float = TICK,
    asked: float | None = None,
) -> Solved:
    """Solve what a request asks for.

    Args:
        request: What is asked for.
        board: Hears of the progress, on the solve's threads.
        stop: Ends the search when it is asked to; the best plan so far is kept.
        engine: Who solves the parts of a region; None: processes of this machine.
        on_plan: Gets the plan so far, now and then, on the solve's threads.
        meanwhile: Called on this thread, every so many seconds and as long as the solve lasts. What
            it raises is passed on, once the search has stopped.
        every: Seconds between two calls.
        asked: When the plan was asked for, by the monotonic clock; None: just now. From then on
            its seconds count, and they end when it is written.
    """
    started, began = datetime.now(UTC).astimezone(), monotonic()
    if not request.reproducible:
        stop = stop.within(_searching(request, began - (began if asked is None else asked)))
    solving = _Solve(
        lambda: best_plan(request.problem, request.settings, board.tell, stop, engine, on_plan)
    )
    solving.start()
    try:
        while solving.is_alive():
            solving.join(every)
            if solving.is_alive():
                meanwhile()
    except BaseException:
        # A process that ends while the solver's own threads work is ended by SIGABRT. Asked again
        # and again: a search that begins in this instant has not heard it.
        while solving.is_alive():
            stop.ask()
            solving.join(TICK)
        raise
    return Solved(
        request,
        solving.result,
        solving.error,
        started,
        monotonic() - began,
        board.goal_seconds(),
    )
