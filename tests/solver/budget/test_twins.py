"""The budget model takes exactly the packages that the checker accepts: every package of little
districts, one by one.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from planner.facts.expenditures import Expenditure
from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition
from planner.rules import RULES, settings_of
from planner.rules.rule import Strength
from solver.budget.budget import Budget
from solver.budget.model import build
from solver.budget.rules import posted
from solver.budget.rules.fund_total import most_of_positions
from solver.budget.translated import translate
from tests.slow import quick_and_slow
from tests.solver.budget.little import legal, little, packages

SEEDS = range(10)


def test_every_money_rule_that_may_be_hard_has_a_builder():
    assert [rule.key for rule in posted()] == [
        rule.key for rule in RULES if rule.part == "budget" and Strength.HARD in rule.strengths
    ]


def takes(problem: Problem, budget: Budget, positions: tuple[FundedPosition, ...]) -> bool:
    """Whether the model can take just these positions, paid so."""
    wanted = {position.position: position for position in positions}
    settled: set[str] = set()
    for number, offer in enumerate(budget.offers):
        (offered,) = offer.positions
        mine = wanted.get(offered.position)
        filled = problem.positions[offered.position].status == "filled"
        fits = mine is not None and (mine.fte, mine.school) == (offered.fte, offered.school)
        fits = fits and (not filled if offer.chosen else mine.funding == offered.funding)
        budget.taken[number].bounds(int(fits), int(fits))
        shares = (
            {share.fund: int(share.percent) for share in mine.funding}
            if mine and fits and offer.chosen
            else {}
        )
        for fund in problem.funds:
            if (number, 0, fund) in budget.percent:
                percent = shares.pop(fund, 0)
                budget.percent[number, 0, fund].bounds(percent, percent)
        settled |= {offered.position} if fits and not shares else set()
    return settled == set(wanted) and budget.milp.minimize(0, 5).solved and holds_in_cpsat(budget)


def holds_in_cpsat(budget: Budget) -> bool:
    """Whether the budget's own rows, translated, have a solution within the bounds that the
    variables have now.
    """
    assert budget.supply is not None
    model = cp_model.CpModel()
    translate(budget.milp, budget.supply.variables, model)
    return cp_model.CpSolver().solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


@pytest.mark.parametrize("seed", quick_and_slow([SEEDS[0], SEEDS[2]], [SEEDS[1], *SEEDS[3:]]))
def test_the_model_takes_what_the_checker_accepts(seed: int):
    problem = little(seed)
    budget = build(problem, settings_of(problem))
    for positions in packages(problem):
        assert takes(problem, budget, positions) == legal(problem, positions), positions


def with_expenditures(problem: Problem) -> Problem:
    """The district with an expenditure of one fund and indirect costs of two."""
    rows = (
        Expenditure(expenditure="X1", fund="f1", kind="materials", amount=Decimal("99.99")),
        Expenditure(expenditure="X2", fund="f1", kind="indirect", percent=Decimal("4.3")),
        Expenditure(expenditure="X3", fund="f2", kind="indirect", percent=Decimal("7")),
    )
    return Problem(problem.data.model_copy(update={"expenditures": rows}), problem.name)


@pytest.mark.parametrize("seed", quick_and_slow([SEEDS[0]], [*SEEDS[1:]]))
def test_the_model_leaves_expenditures_their_money(seed: int):
    problem = with_expenditures(little(seed))
    budget = build(problem, settings_of(problem))
    for positions in packages(problem):
        assert takes(problem, budget, positions) == legal(problem, positions), positions


@given(
    free=st.integers(0, 3000),
    beside=st.integers(0, 500),
    rates=st.lists(st.fractions(0, 1, max_denominator=50), max_size=2),
)
@settings(deadline=None)
def test_the_most_for_positions_is_the_last_that_fits(
    free: int, beside: int, rates: list[Fraction]
):
    def cost(positions: int) -> Decimal:
        lines = Decimal(positions + beside)
        parts = (lines * rate.numerator / rate.denominator for rate in rates)
        return lines + sum(part.quantize(Decimal(1), ROUND_HALF_UP) for part in parts)

    most = most_of_positions(free, beside, rates)
    if most < 0:
        assert cost(0) > free
    else:
        assert cost(most) <= free < cost(most + 1)
