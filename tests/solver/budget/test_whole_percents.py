"""Funds pay whole percents: who could only be kept by parts of percents is given up, and there is a
plan.
"""

from decimal import Decimal

import pytest

from planner.facts.problem import Problem
from planner.rules import settings_of
from planner.rules.goals import GOALS
from solver.budget.budget_goals import BudgetSearch
from tests.planner import bought, small


def money(one: str, other: str) -> BudgetSearch:
    """The small district whose 1,000 for Ada come from two funds of these amounts."""
    funds = f"fund,program,amount\ngeneral,title-1,{one}\nlocal,title-1,{other}\n"
    positions = bought.BOUGHT["positions"]
    assert positions
    changes = {"funds": funds, "positions": positions.replace("general:100", "")}
    problem = Problem(small.dataset(**bought.BOUGHT | changes))
    return BudgetSearch(problem, settings_of(problem), GOALS)


@pytest.mark.parametrize(
    ("one", "other", "funding"),
    [
        ("330", "670", [{"general": Decimal(33), "local": Decimal(67)}]),
        ("335.50", "664.50", []),
    ],
)
def test_percents_are_whole(one: str, other: str, funding: list[dict[str, Decimal]]):
    budget = money(one, other)
    assert budget.keep_people(10)
    package = budget.best(10)
    assert package
    assert [
        {share.fund: share.percent for share in position.funding} for position in package.positions
    ] == funding
