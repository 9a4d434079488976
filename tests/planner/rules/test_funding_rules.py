"""The rules on how funds pay positions, with the figures of the handbooks: what passes and what
fails, side by side.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan
from planner.plan.positions import follow
from planner.rules import (
    RULES,
    federal_mix,
    fte_steps,
    fund_allows,
    funding_whole,
    program_percents,
    required_allowances,
    same_percent,
    settings_of,
    unlisted_percents,
)
from planner.rules.rule import Setting, Strength
from tests.planner.budgeted import FUNDS, PROGRAMS, ROLES, amounts, noted, problem, said, whole

HEAD = "position,role,school,status,staff,fte,funding,allowances,allowance_funding\n"
UNLISTED = PROGRAMS.replace("ei=50;60;70;80;90;100 | ", "")


def one(
    funding: str,
    *,
    role: str = "ei",
    fte: str = "1",
    school: str = "elm",
    paid: str = "",
    **changes: str | None,
) -> Problem:
    """One filled position with a differential that is paid as the position is, or as said."""
    staff, allowance = {"ei": ("E1", "diff"), "aide": ("A1", "bonus"), "clerk": ("C1", "")}[role]
    return problem(
        f"{HEAD}P,{role},{school},filled,{staff},{fte},{funding},{allowance},{paid}\n", **changes
    )


def with_shares(facts: Problem, **percents: str) -> Plan:
    """The plan of one position, its funding changed."""
    (position,) = whole(facts).positions
    funding = tuple(
        Share(fund.replace("_", "-"), Decimal(percent)) for fund, percent in percents.items()
    )
    return Plan(
        positions=(
            replace(
                position, funding=funding, allowance_funding=follow(position.allowances, funding)
            ),
        )
    )


def test_a_plan_without_positions_breaks_no_rule_on_the_budget():
    facts = one("t3:60;tsp:20;general:10;lcff:10", paid="diff@t3:40;diff@tsp:20", role="ei")
    of_budget = [rule for rule in RULES if rule.part == "budget"]
    assert [
        list(rule.violations(facts, Plan())) + list(rule.notes(facts, Plan())) for rule in of_budget
    ] == [[] for _ in of_budget]


@pytest.mark.parametrize(
    ("percents", "off"),
    [
        ({"t1_elm": "50", "tsp": "50"}, []),
        ({"t1_elm": "50", "tsp": "49.995"}, [1]),
        ({"tsp": "120"}, [2000]),
    ],
)
def test_the_percentages_of_a_position_sum_to_100(percents: dict[str, str], off: list[int]):
    facts = one("tsp:100")
    assert amounts(funding_whole.RULE, facts, with_shares(facts, **percents)) == off


def test_the_percentages_of_an_allowance_sum_to_100_too():
    facts = one("tsp:100", role="aide")
    (position,) = whole(facts).positions
    plan = Plan(
        positions=(replace(position, allowance_funding=(Share("tsp", Decimal(90), "bonus"),)),)
    )
    assert said(funding_whole.RULE, facts, plan) == [
        "The funds of bonus of P pay 90 % of it, not 100 %."
    ]


def test_a_position_without_funding_is_noted_where_there_are_funds():
    facts = one("")
    assert amounts(funding_whole.RULE, facts) == []
    assert noted(funding_whole.RULE, facts) == [
        (10000, "No fund pays P: what it costs is in no fund's total.")
    ]
    assert noted(funding_whole.RULE, one("", funds=None, programs=None)) == []


@pytest.mark.parametrize(
    ("funding", "fte", "wrong"),
    [
        ("t1-elm:50;tsp:25;general:25", "1", 0),  # the set tests the federal line alone
        ("t1-elm:60;tsp:40", "1", 0),
        ("t1-elm:40;tsp:60", "1", 1),
        ("t1-elm:100", "0.5", 0),  # FTE × percentage: half of a full position
        ("t1-elm:50;tsp:50", "0.8", 1),
        ("t1-elm:30;t1-oak:20;tsp:50", "1", 0),  # two funds of a program are one line of it
        ("t1-elm:25;t1-oak:20;tsp:55", "1", 1),
        ("tsp:37;general:63", "1", 0),  # programs without percentages allow any
    ],
)
def test_a_program_pays_the_percentages_that_it_allows_for_a_job_by_name(
    funding: str, fte: str, wrong: int
):
    facts = one(funding, fte=fte)
    assert amounts(program_percents.RULE, facts) == [1] * wrong
    assert amounts(unlisted_percents.RULE, facts) == []


def test_an_exact_fte_is_compared_to_the_decimals_of_a_percentage():
    sheet = "position,role,school,status,staff,week_minutes,funding\nP,ei,elm,filled,E1,800,t1-elm:100\n"
    listed = PROGRAMS.replace("ei=50", "ei=33.3333;50")
    assert amounts(program_percents.RULE, problem(sheet, programs=listed)) == []
    assert amounts(
        program_percents.RULE, problem(sheet, programs=PROGRAMS.replace("ei=50", "ei=33.3;50"))
    ) == [1]


@pytest.mark.parametrize(
    ("funding", "wrong"),
    [
        ("t1-elm:50;tsp:25;general:25", 0),
        ("t1-elm:60;tsp:40", 1),
        ("t1-elm:100", 0),
        ("tsp:100", 0),
    ],
)
def test_a_job_that_the_program_does_not_list_is_noted_at_other_percentages(
    funding: str, wrong: int
):
    facts = one(funding, programs=UNLISTED)
    assert amounts(unlisted_percents.RULE, facts) == [1] * wrong
    assert amounts(program_percents.RULE, facts) == []
    assert amounts(same_percent.RULE, facts) == []
    assert settings_of(facts)["unlisted_percents"] == Setting(Strength.SOFT, 0)


def test_the_sentence_of_a_percentage():
    assert said(program_percents.RULE, one("t1-elm:40;tsp:60")) == [
        "title-1 pays 40 % of a full Interventionist in P; it may pay 50, 60, 70, 80, 90 and 100."
    ]


def test_a_funds_own_percentages_go_before_its_programs():
    funds = FUNDS.replace("amount,expires", "amount,expires,percents").replace(
        "2027-06-30\nt1-oak", "2027-06-30,ei=40\nt1-oak"
    )
    assert amounts(program_percents.RULE, one("t1-elm:40;tsp:60", funds=funds)) == []
    assert amounts(program_percents.RULE, one("t1-elm:50;tsp:50", funds=funds)) == [1]


@pytest.mark.parametrize(
    ("funding", "rules", "over"),
    [
        ("t1-elm:50;tsp:25;general:25", "", []),
        ("t1-elm:60;tsp:20;general:10;lcff:10", "", [1]),
        ("t1-elm:60;tsp:20;general:10;lcff:10", "federal_mix,max_unrestricted,3\n", []),
        ("tsp:40;general:30;lcff:30", "", []),  # no federal program
        ("t1-elm:50;t1-oak:50", "", []),  # two funds of one program
        ("t1-elm:50;t3:50", "", [1]),
        ("t1-elm:50;t3:50", "federal_mix,federal_pairs,title-3+title-1\n", []),
        ("t1-elm:50;t3:50", "federal_mix,federal_pairs,title-3+title-4; title-1+title-9\n", [1]),
        ("t1-elm:40;t3:30;tsp:10;general:10;lcff:10", "", [1, 1]),
    ],
)
def test_few_unrestricted_programs_beside_a_federal_one_and_no_second(
    funding: str, rules: str, over: list[int]
):
    assert (
        amounts(
            federal_mix.RULE,
            one(funding, rules="rule,parameter,value\n" + rules if rules else None),
        )
        == over
    )


BLOCKED = "program,source,roles,blocked_roles\ntitle-1,federal,,clerk\ntitle-3,federal,aide,\ntsp,unrestricted,,\n"
TWO = "fund,program,school,expires,amount\nt1-elm,title-1,elm,{0},1\nt3,title-3,,,1\ntsp,tsp,,,1\n"


@pytest.mark.parametrize(
    ("funding", "role", "school", "expires", "reasons"),
    [
        ("t1-elm:100", "ei", "elm", "2027-06-18", []),
        ("t1-elm:100", "clerk", "elm", "", ["t1-elm pays P, but title-1 may not pay Clerk."]),
        ("t3:100", "ei", "elm", "", ["t3 pays P, but title-3 may not pay Interventionist."]),
        ("t3:100", "aide", "oak", "", []),
        (
            "t1-elm:100",
            "aide",
            "oak",
            "",
            ["t1-elm pays P, but it is money of Elm, and the position is at Oak."],
        ),
        ("t1-elm:100", "aide", "", "", []),
        ("t1-elm:100", "aide", "elm;oak", "", []),
        (
            "tsp:50;t1-elm:50",
            "aide",
            "elm",
            "2027-06-17",
            [
                "t1-elm pays P, but it may be spent until June 17, 2027 alone, and the position "
                "lasts until June 18, 2027."
            ],
        ),
    ],
)
def test_a_fund_pays_what_it_may(
    funding: str, role: str, school: str, expires: str, reasons: list[str]
):
    facts = one(funding, role=role, school=school, programs=BLOCKED, funds=TWO.format(expires))
    assert said(fund_allows.RULE, facts) == reasons


def test_a_fund_that_outlives_a_position_pays_it():
    sheet = (
        "position,role,school,status,staff,fte,end,funding\nP,aide,elm,filled,A1,1,{0},t1-elm:100\n"
    )
    ends = {
        day: said(fund_allows.RULE, problem(sheet.format(day), funds=TWO.format("2027-01-31")))
        for day in ("2027-01-31", "2027-02-01")
    }
    assert [len(found) for found in ends.values()] == [0, 1]


def test_money_of_one_school_for_somebody_at_several_is_noted():
    funds = TWO.format("")
    shared = one("t1-elm:100", role="aide", school="elm;oak", programs=BLOCKED, funds=funds)
    assert noted(fund_allows.RULE, shared) == [
        (1, "t1-elm is money of Elm and pays P, which is at Oak, too.")
    ]
    placed = one("t1-elm:100", role="aide", school="", programs=BLOCKED, funds=funds)
    days = tuple(
        Placement("A1", day, 480, 960, school) for day, school in (("Mon", "elm"), ("Tue", "oak"))
    )
    plan = whole(placed)
    assert noted(fund_allows.RULE, placed, plan) == []
    assert len(noted(fund_allows.RULE, placed, Plan(days, positions=plan.positions))) == 1
    assert noted(fund_allows.RULE, placed, Plan(days[:1], positions=plan.positions)) == []


@pytest.mark.parametrize(
    ("paid", "off"),
    [
        ("", []),
        ("diff@t1-elm:50;diff@tsp:50", []),
        ("diff@t1-elm:40;diff@tsp:50", [1000]),
        ("diff@t1-elm:40;diff@tsp:60", [1000, 1000]),
        ("diff@t1-elm:50;diff@general:50", [5000, 5000]),
    ],
)
def test_a_differential_follows_its_position_fund_by_fund(paid: str, off: list[int]):
    assert amounts(same_percent.RULE, one("t1-elm:50;tsp:50", paid=paid)) == off


def test_the_sentence_of_a_differential_names_its_item():
    assert said(same_percent.RULE, one("t1-elm:50;tsp:50", paid="diff@t1-elm:40;diff@tsp:50")) == [
        "t1-elm pays 50 % of P and 40 % of its diff (15266); the two must be the same."
    ]


@pytest.mark.parametrize(
    ("day", "strength"),
    [
        ("2023-06-30", "off"),
        ("2023-07-01", "soft"),
        ("2025-06-30", "soft"),
        ("2025-07-01", "hard"),
        ("2026-09-01", "hard"),
    ],
)
def test_the_differential_was_may_then_should_and_is_must(day: str, strength: str):
    year = int(day[:4]) - (day[5:] < "07-01")
    district = f"name,jurisdiction,year_start,year_end,plan_date\nA,us-ca-lausd,{year}-07-01,{year + 1}-06-30,{day}\n"
    found = settings_of(one("tsp:100", funds=FUNDS.replace("2027-06-30", ""), district=district))
    assert found["same_percent"].strength is Strength(strength)
    assert found["federal_mix"].strength is (Strength.OFF if day < "2023-07-01" else Strength.HARD)


def test_a_required_allowance_is_on_every_position_of_its_job_class():
    rows = (
        HEAD
        + "P,ei,elm,filled,E1,1,tsp:100,diff,\nQ,ei,elm,filled,E2,1,tsp:100,,\nR,aide,elm,filled,A1,1,tsp:100,,\n"
    )
    facts = problem(rows)
    assert said(required_allowances.RULE, facts) == [
        "Q must budget diff (15266), as every position of Interventionist must."
    ]


STEPS = ROLES.replace("183,,", "183,0.1,0.5")


@pytest.mark.parametrize(
    ("fte", "more", "off"),
    [
        ("0.8", ",", []),
        ("0.85", ",", [5]),
        ("0.83", ",", [3]),
        ("0.4", ",", [10]),
        ("0.5", ",", []),
        ("0.5", "0.6,", [10]),
        ("0.6", ",0.6", []),
        ("0.7", ",0.6", [10]),
        ("0.45", ",0.4", [5, 5, 5]),
    ],
)
def test_fte_comes_in_steps_and_within_limits(fte: str, more: str, off: list[int]):
    sheet = f"position,role,status,staff,fte,min_fte,max_fte\nP,ei,filled,E1,{fte},{more}\n"
    assert amounts(fte_steps.RULE, problem(sheet, roles=STEPS)) == off
