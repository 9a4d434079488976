"""What more or less money of a fund changes: solved again, and never for the worse where there is
more.
"""

from decimal import Decimal

import pytest

from planner.facts.problem import Problem
from solver.budget.steps import steps
from tests.solver.budget.little import DAY
from tests.solver.tiny import groups, tiny

HALF = Decimal(50)
POSITION = {"role": "para", "school": "elm", "fte": 1, "step": 1}


def district(amount: int) -> Problem:
    """Somebody who fills the day, and a second position for which there is work; each costs
    1,000.
    """
    return tiny(
        grid=30,
        roles=[{"role": "para", "pay_schedule": "s"}],
        pay=[{"schedule": "s", "step": 1, "amount": 1000, "unit": "year", "from": "2026-07-01"}],
        staff=[{"staff": "Ana"}],
        programs=[{"program": "gen", "source": "unrestricted"}],
        funds=[
            {"fund": "f", "program": "gen", "amount": amount},
            {"fund": "idle", "program": "gen", "school": "elm", "amount": 10},
        ],
        positions=[
            {
                "position": "P0",
                "role": "para",
                "school": "elm",
                "status": "filled",
                "staff": "Ana",
                "fte": 1,
                "step": 1,
                "funding": "f:100",
            },
            {
                "position": "P1",
                "role": "para",
                "school": "elm",
                "status": "proposed",
                "fte": 1,
                "step": 1,
            },
        ],
        groups=groups("A", "B", "C", "D", "E", "F", windows=DAY),
    )


def test_a_step_buys_and_a_cut_costs():
    more, less = [step for step in steps(district(1400), HALF) if step.fund == "f"]
    assert (more.amount, more.added, more.minutes["tier_2_minutes"]) == (
        Decimal("700.00"),
        ("P1",),
        60,
    )
    assert (less.amount, less.filled_lost, less.minutes["tier_2_minutes"]) == (
        Decimal("-700.00"),
        ("P0",),
        -120,
    )


def test_a_fund_that_pays_nobody_changes_nothing():
    changes = [step for step in steps(district(1400), HALF) if step.fund == "idle"]
    assert all(
        step.solved and not any(step.minutes.values()) and not (step.added or step.given_up)
        for step in changes
    )


@pytest.mark.parametrize(("percent", "bought"), [("0.05", ()), ("0.06", ("P1",))])
def test_a_promise_is_paid_to_the_last_unit(percent: str, bought: tuple[str, ...]):
    """1,989 and the 10 of the other fund lack 1 of what two positions cost; 0.05 % of 1,989 are 99
    cents, 0.06 % are 1.19.
    """
    more = next(step for step in steps(district(1989), Decimal(percent)) if step.fund == "f")
    assert more.added == bought
