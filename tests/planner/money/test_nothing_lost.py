"""No cent is lost or found: funds add to their line, lines to the position, positions to the
total.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.money import Costs, costs
from planner.plan.plan import FundedPosition
from tests.planner.money.district import coach, salaried

FUNDS = ("t1-elm", "general")


@st.composite
def percents(draw: st.DrawFn, allowance: str = "") -> tuple[Share, ...]:
    """Up to two funds with any percentages, to four decimals, that make 100 at most."""
    first = draw(st.integers(0, 1_000_000))
    second = draw(st.one_of(st.just(1_000_000 - first), st.integers(0, 1_000_000 - first)))
    shares = tuple(
        Share(fund, Decimal(part) / 10000, allowance)
        for fund, part in zip(FUNDS, (first, second), strict=True)
    )
    return shares[: draw(st.integers(0, 2))]


@st.composite
def positions(draw: st.DrawFn) -> list[FundedPosition]:
    ftes = st.one_of(
        st.fractions(0, 1, max_denominator=2220), st.decimals(0, 1, places=3).map(Fraction)
    )
    return [
        coach(
            f"P-{number}",
            draw(st.sampled_from(("A", "B", ""))),
            str(draw(ftes)),
            funding=draw(percents()),
            allowances=("diff",) if draw(st.booleans()) else (),
            allowance_funding=draw(percents("diff")),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


@st.composite
def districts(draw: st.DrawFn) -> Problem:
    money = st.decimals(0, 200000, places=2)
    rate = st.decimals(0, 100, places=4)
    pay, diff, flat, threshold = (draw(money) for _ in range(4))
    first, second = draw(rate), draw(rate)
    unit, per = draw(st.sampled_from(("year", "month"))), draw(st.sampled_from(("person", "fte")))
    return salaried(
        pay=f"schedule,step,amount,unit\ncoach,1,{pay},year\n",
        allowances=f"allowance,amount,unit\ndiff,{diff},year\n",
        oncosts=f"oncost,rate_percent,flat,per,unit,threshold\na,{first},,,,\nb,{second},{flat},{per},{unit},{threshold}\n",
    )


@settings(max_examples=60, deadline=None)
@given(districts(), positions())
def test_everything_adds_up_to_the_cent(problem: Problem, held: list[FundedPosition]):
    found = costs(problem, held)
    for position in found.positions:
        for line in position.lines:
            assert sum(line.funds.values()) == line.amount
            assert line.amount == round(line.amount, 2)
            assert all(amount >= 0 for amount in line.funds.values())
        assert (
            sum(line.amount for line in position.lines)
            == position.total
            == sum(position.funds.values())
        )
        assert sum(position.of(kind) for kind in ("pay", "allowance", "oncost")) == position.total
    assert (
        sum(position.total for position in found.positions)
        == found.total
        == sum(found.funds.values())
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(districts(), positions(), percents(), percents("diff"))
def test_who_pays_does_not_change_what_it_costs(
    problem: Problem,
    held: list[FundedPosition],
    funding: tuple[Share, ...],
    differential: tuple[Share, ...],
):
    other = [replace(position, funding=(), allowance_funding=()) for position in held]
    paid = [replace(position, funding=funding, allowance_funding=differential) for position in held]
    assert (
        _amounts(costs(problem, held))
        == _amounts(costs(problem, other))
        == _amounts(costs(problem, paid))
    )


def _amounts(found: Costs) -> list[Decimal]:
    return [line.amount for position in found.positions for line in position.lines]
