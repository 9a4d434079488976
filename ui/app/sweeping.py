"""Runs one request for many cases of a district: a sweep, with one worker for each case."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Thread

from planner.facts.problem import Problem
from solver.frontier import Outcome, Task, sweep
from solver.search.engine import Engine, Here, Processes
from solver.stop import Stop
from ui.app.solve_request import SolveRequest
from ui.app.solving import TICK


def tasks_of(request: SolveRequest, problems: Sequence[Problem]) -> list[Task]:
    """A task for each case: what the request asks for, of the case's own problem. The workers are
    shared out among the cases, one each.
    """
    settings = replace(request.settings, goals=(), workers=1)
    return [Task(problem, request.goals, settings) for problem in problems]


def run(
    tasks: Sequence[Task],
    workers: int,
    stop: Stop,
    *,
    told: Callable[[int, Outcome], None],
    meanwhile: Callable[[], None],
    every: float = TICK,
) -> dict[int, Outcome]:
    """Solve the cases.

    Args:
        tasks: The cases.
        workers: How many are solved at once.
        stop: Ends the sweep when it is asked to; what is done is kept, and of what runs the best
            plan so far.
        told: Gets the number of a case and what became of it, on the sweep's thread.
        meanwhile: Called on this thread, every so many seconds and as long as the sweep lasts.
        every: Seconds between two calls.

    Returns:
        What became of each case that was begun, by number.
    """
    outcomes = dict[int, Outcome]()

    def keep(number: int, outcome: Outcome) -> None:
        outcomes[number] = outcome
        told(number, outcome)

    def work() -> None:
        engine: Engine
        with Processes(workers) if workers > 1 else Here() as engine:
            sweep(tasks, engine, stop, keep)

    sweeping = Thread(target=work, name="sweep", daemon=True)
    sweeping.start()
    while sweeping.is_alive():
        sweeping.join(every)
        meanwhile()
    return dict(sorted(outcomes.items()))
