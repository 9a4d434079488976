"""The rules on amounts: what funds have, what stays free, what is carried over, and hours for
benefits.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import benefit_cliff, carryover, fund_total, parent_engagement, settings_of
from planner.rules.rule import Setting, Strength
from tests.planner.budgeted import amounts, noted, problem, said, whole

PAY = "schedule,step,amount,unit\nei,1,{0},year\n"
ONE = "position,role,school,status,staff,fte,step,funding\nP,ei,elm,proposed,,1,1,{0}\n"


def costing(salary: str, funds: str, funding: str = "t1:100", **program: str) -> Problem:
    """One position that costs just its salary; Title I with other columns."""
    heads, cells = ",".join(program), ",".join(program.values())
    programs = f"program,source{',' + heads if heads else ''}\ntitle-1,federal{',' + cells if cells else ''}\n"
    sheets = {"programs": programs, "pay": PAY.format(salary), "allowances": None}
    return problem(ONE.format(funding), funds="fund,program,school,amount\n" + funds, **sheets)


@pytest.mark.parametrize(
    ("salary", "over"),
    [("194000", []), ("194000.01", [1]), ("200000", [600000])],  # 200,000 × 3 % = 6,000 held
)
def test_no_fund_is_overspent_after_its_hold(salary: str, over: list[int]):
    facts = costing(salary, "t1,title-1,,200000\n", hold_percent="3")
    assert amounts(fund_total.RULE, facts) == over


def test_the_sentences_of_a_fund():
    facts = costing("200000", "t1,title-1,,200000\nt1-elm,title-1,elm,100.50\n", hold_percent="3")
    assert said(fund_total.RULE, facts) == [
        "t1 pays $200,000.00 and has $194,000.00 after a hold of $6,000.00."
    ]


def test_cents_are_shared_and_each_fund_pays_its_own():
    facts = costing("100000.01", "t1,title-1,,50000.01\nt2,title-1,,50000\n", funding="t1:50;t2:50")
    assert amounts(fund_total.RULE, facts) == []


def test_without_pay_nothing_is_known_of_funds():
    facts = problem(ONE.format("tsp:100"))
    assert (
        amounts(fund_total.RULE, facts)
        + amounts(carryover.RULE, facts)
        + amounts(parent_engagement.RULE, facts)
        == []
    )
    assert noted(fund_total.RULE, facts) == [
        (0, "What positions cost is not known: the sheet pay has no cell for some of them.")
    ]


PARENTS = {"parent_percent": "1", "parent_threshold": "500000"}


@pytest.mark.parametrize(
    ("salary", "funds", "short"),
    [
        ("594000", "t1,title-1,,600000\n", []),
        ("594000.01", "t1,title-1,,600000\n", [1]),
        ("600000", "t1,title-1,,600000\n", [600000]),
        ("500000", "t1,title-1,,500000\n", []),  # not over the threshold
        ("500000", "t1,title-1,,500000.01\n", [499999]),
        (
            "400000",
            "t1,title-1,,400000\nt1-elm,title-1,elm,200000\n",
            [],
        ),  # the program's funds together
    ],
)
def test_a_part_of_a_large_program_stays_free_for_parents(
    salary: str, funds: str, short: list[int]
):
    assert amounts(parent_engagement.RULE, costing(salary, funds, **PARENTS)) == short


def test_the_hold_is_not_for_parents():
    assert (
        amounts(
            parent_engagement.RULE,
            costing("576000", "t1,title-1,,600000\n", hold_percent="3", **PARENTS),
        )
        == []
    )
    assert amounts(
        parent_engagement.RULE,
        costing("576000.01", "t1,title-1,,600000\n", hold_percent="3", **PARENTS),
    ) == [1]


def test_most_of_it_goes_to_schools():
    facts = costing("600000", "t1,title-1,,600000\n", **PARENTS)
    assert noted(parent_engagement.RULE, facts) == [
        (
            600000,
            "$6,000.00 of title-1 is for parent engagement, at least $5,400.00 of it at schools.",
        )
    ]
    assert said(parent_engagement.RULE, facts) == [
        "$0.00 of title-1 is left; $6,000.00 is needed for parent engagement."
    ]
    assert noted(parent_engagement.RULE, costing("1", "t1,title-1,,500000\n", **PARENTS)) == []


@pytest.mark.parametrize(
    ("salary", "excess"), [("850000", []), ("849999.99", [1]), ("840000", [1000000])]
)
def test_what_may_be_carried_over(salary: str, excess: list[int]):
    facts = costing(salary, "t1,title-1,,1000000\n", carryover_percent="15")
    assert amounts(carryover.RULE, facts) == excess
    assert settings_of(facts)["carryover"] == Setting(Strength.SOFT, 0)


def test_the_sentence_of_a_carryover():
    assert said(
        carryover.RULE, costing("840000", "t1,title-1,,1000000\n", carryover_percent="15")
    ) == [
        "$160,000.00 of title-1 is spent on no position: $10,000.00 more than the $150,000.00 "
        "that may be carried over."
    ]
    assert amounts(carryover.RULE, costing("1", "t1,title-1,,1000000\n")) == []


SEBB = "oncost,roles,flat,unit,min_hours_year\nsebb,{0},1100,month,630\n"
HOURS = "position,role,status,staff,week_minutes\n"


def hourly(*rows: str, roles: str = "") -> Problem:
    """Positions of aides (195 days), as status, staff and hours a day."""
    sheet = ""
    for number, row in enumerate(rows, start=1):
        status, person, hours = row.split()
        sheet += (
            f"P{number},aide,{status},{'' if person == '-' else person},{Fraction(hours) * 300}\n"
        )
    return problem(HOURS + sheet, oncosts=SEBB.format(roles))


def given(facts: Problem, *hours: str) -> Plan:
    """The plan with other hours a day for its positions; 0 is not to budget one."""
    positions = zip(whole(facts).positions, hours, strict=True)
    return Plan(
        positions=tuple(replace(p, fte=Fraction(h) / 8) for p, h in positions if Fraction(h))
    )


@pytest.mark.parametrize(
    ("before", "after", "short"),
    [
        (("filled A1 7",), ("3.5",), []),  # 682.5 hours
        (("filled A1 7",), ("3.2",), [6]),  # 624 hours
        (("filled A1 3.5",), ("3.2",), [6]),
        (("filled A1 3.2",), ("3",), []),  # has no benefits to lose
        (("filled A1 3.5", "filled A1 3.5"), ("3.5", "0"), []),
        (
            ("filled A1 3.2", "filled A1 3.2"),
            ("3.2", "0"),
            [6],
        ),  # the positions of one person stack
        (("filled A1 7",), ("0",), []),  # is not cut below but wholly
        (("vacant - 7",), ("3.2",), []),
    ],
)
def test_nobody_is_cut_below_the_hours_for_benefits(
    before: tuple[str, ...], after: tuple[str, ...], short: list[int]
):
    facts = hourly(*before)
    assert amounts(benefit_cliff.RULE, facts, given(facts, *after)) == short


def test_the_sentence_of_a_cut():
    facts = hourly("filled A1 7")
    assert said(benefit_cliff.RULE, facts, given(facts, "3.2")) == [
        "Ada is paid 624 hours a year; sebb is due from 630 hours, and they have it now."
    ]
    assert noted(benefit_cliff.RULE, facts, given(facts, "3.2")) == []
    assert (
        amounts(benefit_cliff.RULE, hourly("filled A1 7", roles="clerk"), given(facts, "3.2")) == []
    )


@pytest.mark.parametrize(
    ("position", "found"),
    [
        ("filled A1 3.5", []),
        (
            "filled A1 42/13",
            [(0, "Ada is paid 630 hours a year, at the 630 hours from which sebb is due.")],
        ),
        (
            "filled A1 3.2",
            [(6, "Ada is paid 624 hours a year, below the 630 hours from which sebb is due.")],
        ),
        ("filled A1 2.9", []),  # 565.5 hours, more than 10 % below
        (
            "proposed - 2.9",
            [(65, "P1 is paid 565.5 hours a year, below the 630 hours from which sebb is due.")],
        ),
        ("proposed - 3.5", []),
    ],
)
def test_who_is_near_the_cliff_is_noted(position: str, found: list[tuple[int, str]]):
    status, person, hours = position.split()
    facts = hourly(f"{status} {person} 4")
    if status == "filled":
        facts = hourly(f"{status} {person} 3")
    assert noted(benefit_cliff.RULE, facts, given(facts, hours)) == found
