"""Whoever stops while the money is asked has a plan of the people as they stand."""

from dataclasses import replace

import pytest

import solver.budget.rounds
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import as_they_stand, budgeted_as_they_stand, staffed_by
from planner.plan.result import Status
from planner.rules.checker import findings
from planner.rules.goals import GOAL_OF
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.best_plan import best_plan
from solver.budget.candidate_selection import CandidateSelection
from solver.settings import SolveSettings
from solver.stop import Stop
from tests.solver.budget.little import little


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem(load(example_path("tacoma-mtss")), "tacoma-mtss")


def test_a_stop_while_the_money_is_asked_keeps_a_legal_plan(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
):
    stop, seen = Stop(), []

    def asked_to_end(choice: CandidateSelection) -> None:
        raise AssertionError("nothing more is asked of the money once there is a plan")

    class Slow(CandidateSelection):
        """Its first question is asked when the plan is there, and then the user stops."""

        def __init__(self, *args: object) -> None:
            super().__init__(*args)  # type: ignore[arg-type]
            stop.ask()

    monkeypatch.setattr(Slow, "best", asked_to_end)
    monkeypatch.setattr(solver.budget.rounds, "CandidateSelection", Slow)
    result = best_plan(problem, SolveSettings(seconds=20), stop=stop, on_plan=seen.append)
    assert result.status is Status.FEASIBLE
    assert result.stopped == "interrupt"
    assert result.plan
    assert result.plan.sessions
    assert {position.position for position in result.plan.budgeted} in (
        {position.position for position in as_they_stand(problem)},
        {position.position for position in budgeted_as_they_stand(problem)},
    )
    whole = staffed_by(problem, result.plan)
    assert not [f for f in findings(whole, result.plan) if f.severity == "broken"]


@pytest.mark.slow
def test_there_is_none_where_it_would_cost_what_is_not_there(problem: Problem):
    """Nobody is planned whom the funds do not pay."""
    poor = tuple(
        fund.model_copy(update={"amount": fund.amount / 10}) for fund in problem.data.funds
    )
    cut = replace(problem, data=problem.data.model_copy(update={"funds": poor}))
    shown: list[Plan] = []
    best_plan(cut, SolveSettings(seconds=4), on_plan=shown.append)
    cheapest = solver.budget.rounds._broken_by(cut, as_they_stand(cut))
    assert cheapest
    for plan in shown:
        assert not solver.budget.rounds._broken_by(cut, plan.budgeted)


def test_nobody_is_hired_in_it_whom_no_fund_pays():
    """The sheet does not say who pays the vacant position of this district."""
    problem = little(1)
    shown: list[Plan] = []
    result = best_plan(problem, SolveSettings(seconds=20, workers=1), on_plan=shown.append)
    assert result.plan
    for plan in (*shown, result.plan):
        assert all(position.funding for position in plan.budgeted)
    for goal in result.goals:
        assert goal.bound is None or GOAL_OF[goal.goal].better == "less" or goal.value <= goal.bound
