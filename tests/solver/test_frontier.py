"""A sweep's cases: each in a process of its own, none ends the others, and no case is worse than a
neighbour's plan.
"""

import os
import signal
from dataclasses import replace

import pytest

import solver.frontier
from planner.facts.problem import Problem
from planner.plan.result import Status
from solver.frontier import Outcome, Task, carried, solve_case, sweep
from solver.search.engine import Here, Processes
from solver.settings import SolveSettings
from solver.stop import Stop
from tests.planner import bought, small

GOALS = ("tier_3_minutes", "tier_2_minutes", "tier_1_minutes", "cost")


def task(amount: int) -> Task:
    """The small district with so much money."""
    funds = f"fund,program,amount\ngeneral,title-1,{amount}\n"
    data = small.dataset(**bought.BOUGHT | {"funds": funds})
    return Task(
        Problem(data, f"{amount}"), GOALS, SolveSettings(seconds=2, reproducible=True, goals=())
    )


@pytest.fixture(scope="module")
def found() -> dict[int, Outcome]:
    return sweep([task(1000), task(1500), task(2000)], Here(), Stop())


def test_what_a_case_reaches(found: dict[int, Outcome]):
    assert [(one.cost, one.minutes, one.positions) for one in found.values()] == [
        (100_000, {3: 150, 2: 150, 1: 0}, {"P-001": "1"}),
        (100_000, {3: 150, 2: 150, 1: 0}, {"P-001": "1"}),
        (200_000, {3: 150, 2: 150, 1: 150}, {"P-001": "1", "P-002": "1"}),
    ]
    assert (found[2].worst_school, found[2].worst_share) == ("elm", 1.0)


BELOW = {1: [0], 2: [1]}


def test_more_money_never_promises_less(found: dict[int, Outcome]):
    tasks = [task(1000), task(1500), task(2000)]
    missing = Outcome(Status.NO_PLAN_YET, why="no plan was found in time")
    better = carried(tasks, found | {1: missing, 2: replace(found[0], bounds={})}, BELOW)
    assert better[1].plan == found[0].plan
    assert (better[1].taken_from, better[1].status) == (0, Status.FEASIBLE)
    assert better[2].taken_from is None
    # What only more money can pay is not taken over by less; what less can pay is.
    poorer = carried(tasks, {0: found[0], 1: missing, 2: found[2]}, BELOW)
    assert poorer[1].plan == found[0].plan
    cheap = carried(tasks, {0: missing, 1: found[1], 2: found[2]}, BELOW)
    assert (cheap[0].plan, cheap[0].taken_from) == (found[1].plan, 1)


def test_a_case_that_fails_does_not_end_the_others(monkeypatch: pytest.MonkeyPatch):
    def fails(problem: Problem, *_: object, **__: object) -> None:
        raise ZeroDivisionError(problem.name)

    monkeypatch.setattr(solver.frontier, "best_plan", fails)
    failed = solve_case(task(1000), Stop())
    assert (failed.status, failed.error, failed.why) == (
        Status.FAILED,
        True,
        "the solver failed (ZeroDivisionError: 1000)",
    )


def dies(number: int, stop: Stop) -> Outcome:
    """In a worker: dies for one number; each time it is begun."""
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(Status.FEASIBLE, why=str(number))


@pytest.mark.slow
def test_a_process_that_dies_costs_its_own_case_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solver.frontier, "solve_case", dies)
    told: list[int] = []
    with Processes(1) as engine:
        outcomes = sweep([0, 1, 2], engine, Stop(), lambda number, outcome: told.append(number))  # type: ignore[list-item]
    assert [(number, one.why) for number, one in outcomes.items()] == [
        (0, "0"),
        (1, "its process died each time it was begun"),
        (2, "2"),
    ]
    assert sorted(told) == [0, 1, 2]


def test_after_a_stop_nothing_is_begun():
    stop = Stop()
    stop.ask()
    assert sweep([task(1000)], Here(), stop) == {}
