"""A position is held once, and nobody holds more than they are contracted for, on every day."""

from random import Random

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import budgeted_as_they_stand
from planner.rules import (
    fund_allows,
    funding_whole,
    one_contract,
    position_held_once,
    settings_of,
    vacancy,
)
from planner.rules.rule import Rule
from solver.budget.budget import Budget
from solver.budget.milp import Milp
from solver.budget.offers import offers
from solver.budget.rules.position_held_once import build
from tests.planner.budgeted import amounts, problem, said
from tests.planner.small import dataset
from tests.test_oracle_employment import history

STAFF = "staff,name,role,fte\nA1,Ada,aide,1\nA2,Abe,aide,1\nA3,Ann,aide,0.5\n"
SEAT = "position,role,school,status,staff,fte,funding\nP1,aide,elm,filled,,1,general:100\n"
HEAD = "position,staff,from,to,fte,kind,funding\n"


def facts(rows: str, positions: str = SEAT, **sheets: str | None) -> Problem:
    return problem(positions, staff=STAFF, assignments=HEAD + rows, **sheets)


HANDED_OVER = "P1,A1,,2027-01-31,,,\nP1,A2,2027-02-01,,,,\n"


@pytest.mark.parametrize(
    ("rows", "beyond"),
    [
        (HANDED_OVER, []),
        # January is held twice.
        (HANDED_OVER.replace("2027-02-01", "2027-01-01"), [100]),
        ("P1,A1,,,0.5,,\nP1,A2,,,0.5,,\n", []),
        ("P1,A1,,,0.5,,\nP1,A2,,,0.75,,\n", [25]),
        # Leave keeps the seat, and a substitute fills it meanwhile.
        (
            "P1,A1,,,,,\nP1,A1,2027-02-01,2027-03-31,,leave,\nP1,A2,2027-02-01,2027-03-31,,substitute,\n",
            [],
        ),
        # A substitute for somebody who is there, and a second holder beside one who is on leave.
        ("P1,A1,,,,,\nP1,A2,2027-02-01,2027-03-31,,substitute,\n", [100]),
        (
            "P1,A1,,,,,\nP1,A1,2027-02-01,2027-03-31,,leave,\nP1,A2,2027-02-01,2027-03-31,,,\n",
            [100],
        ),
    ],
)
def test_a_position_is_held_once_and_filled_once(rows: str, beyond: list[int]):
    assert amounts(position_held_once.RULE, facts(rows)) == beyond


def test_who_holds_it_twice_is_named_with_the_days():
    rows = HANDED_OVER.replace("2027-02-01", "2027-01-01")
    assert said(position_held_once.RULE, facts(rows)) == [
        "P1 is 1 FTE and is held by Ada (1) and Abe (1) from January 1, 2027 to January 31, 2027."
    ]


TWO = SEAT + "P2,aide,elm,filled,,1,general:100\n"


def test_who_holds_two_positions_in_january_holds_more_than_the_contract():
    rows = "P1,A1,,2027-01-31,,,\nP2,A1,2027-01-01,,,,\n"
    assert said(one_contract.RULE, facts(rows, TWO)) == [
        "Ada is contracted for 1 FTE and holds P1 (1) and P2 (1) from January 1, 2027 to January "
        "31, 2027."
    ]
    assert amounts(one_contract.RULE, facts(rows.replace("2027-01-01", "2027-02-01"), TWO)) == []


@pytest.mark.parametrize(
    ("kind", "fte", "off"), [("leave", "", []), ("substitute", "", [50]), ("substitute", "0.5", [])]
)
def test_leave_and_substitution_are_of_the_contract(kind: str, fte: str, off: list[int]):
    who = "A1" if kind == "leave" else "A3"
    rows = f"P1,A1,,2027-01-31,,,\nP1,{who},2027-02-01,,{fte},{kind},\n"
    assert amounts(one_contract.RULE, facts(rows)) == off


def test_every_funding_of_a_position_is_looked_at():
    rows = "P1,A1,,2027-01-31,,,\nP1,A2,2027-02-01,,,,t1-oak:90\n"
    assert said(fund_allows.RULE, facts(rows)) == [
        "t1-oak pays P1, but it is money of Oak, and the position is at Elm."
    ]
    assert said(funding_whole.RULE, facts(rows)) == ["The funds of P1 pay 90 % of it, not 100 %."]


def test_a_fund_that_ends_may_pay_until_then():
    funds = "fund,program,amount,expires\ngeneral,general,1000000,\nlcff,lcff,100,2027-01-31\n"
    until = "P1,A1,,2027-01-31,,,lcff:100\nP1,A1,2027-02-01,,,,\n"
    assert amounts(fund_allows.RULE, facts(until, funds=funds)) == []
    later = until.replace("2027-01-31", "2027-02-28").replace("2027-02-01", "2027-03-01")
    assert amounts(fund_allows.RULE, facts(later, funds=funds)) == [1]


def test_a_gap_is_a_vacancy_from_its_first_day():
    district = "name,year_start,year_end,plan_date\nSmall,2026-09-01,2027-06-18,2027-02-26\n"
    rows = "P1,A1,,2027-01-31,,,\nP1,A2,2027-04-01,,,,\n"
    assert said(vacancy.RULE, facts(rows, district=district)) == [
        "P1 has been vacant since February 1, 2027, 20 workdays: flagged for salary savings from "
        "20 on."
    ]


@pytest.mark.parametrize("seed", range(30))
def test_the_budget_sees_what_the_checker_sees(seed: int):
    found = dataset(**history(Random(seed)), groups=None, duties=None, blocks=None)
    district = Problem(found)
    broken = {
        violation.where[0]
        for violation in position_held_once.RULE.violations(district, _plan(district))
    }
    assert _forbidden(district, position_held_once.RULE) == broken


def _plan(district: Problem) -> Plan:
    return Plan(positions=budgeted_as_they_stand(district))


def _forbidden(district: Problem, rule: Rule) -> set[str]:
    """The positions of offers that the builder forbids."""
    named: set[str] = set()

    class Watched(Budget):
        def never(self, rule: Rule, line) -> None:  # type: ignore[no-untyped-def]
            named.add(line.position.position)

    watched = Watched(Milp(), district, settings_of(district), offers(district))
    watched.taken += [watched.milp.yes_no() for _ in watched.offers]
    build(watched)
    return named
