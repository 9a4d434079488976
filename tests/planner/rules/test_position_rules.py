"""The rules on positions as such: base program, vacancies, contracts, decisions, and jobs that are
held.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.facts.problem import Problem
from planner.plan import position_choices
from planner.plan.plan import Plan
from planner.plan.positions import funded, staffed
from planner.rules import filled_positions, one_contract, position_pins, supplement, vacancy
from tests.planner.budgeted import ROLES, amounts, problem, said, whole

DISTRICT = "name,year_start,year_end,plan_date\nA,2026-09-01,2027-06-18,{0}\n"
HELD = "position,role,school,status,staff,fte,funding\nP,ei,elm,filled,E1,0.6,tsp:100\nQ,ei,oak,filled,E1,0.4,tsp:100\n"


def cut(facts: Problem, **ftes: str) -> Plan:
    """The plan with other FTE for some positions; 0 is not to budget them."""
    changed = (
        replace(p, fte=Fraction(ftes[p.position])) if p.position in ftes else p
        for p in whole(facts).positions
    )
    return Plan(positions=tuple(position for position in changed if position.fte))


@pytest.mark.parametrize(
    ("base", "funding", "found"),
    [
        (
            "yes",
            "t1-elm:50;tsp:50",
            ["P belongs to the base program; t1-elm (title-1) may supplement it alone."],
        ),
        ("no", "t1-elm:50;tsp:50", []),
        ("yes", "tsp:100", []),
    ],
)
def test_supplement_not_supplant(base: str, funding: str, found: list[str]):
    sheet = f"position,role,school,status,staff,fte,base_program,funding\nP,ei,elm,filled,E1,1,{base},{funding}\n"
    assert said(supplement.RULE, problem(sheet)) == found


def test_a_funds_own_column_goes_before_its_programs():
    sheet = "position,role,status,staff,fte,base_program,funding\nP,ei,filled,E1,1,yes,t1-elm:50;t1-oak:50\n"
    funds = "fund,program,amount,supplement_only\nt1-elm,title-1,1,no\nt1-oak,title-1,1,\n"
    facts = problem(sheet, funds=funds)
    assert [found.where[-1] for found in supplement.RULE.violations(facts, whole(facts))] == [
        "t1-oak"
    ]


HOLIDAYS = "date,kind,schools\n2026-09-07,holiday,\n2026-09-08,holiday,oak\n"
VACANT = (
    "position,role,school,status,vacant_since,fte,funding\nP,ei,{0},vacant,2026-09-01,1,tsp:100\n"
)


@pytest.mark.parametrize(
    ("day", "school", "days"),
    [
        ("2026-09-28", "elm", []),  # 19 workdays: four weeks from Tuesday to Monday, one holiday
        ("2026-09-29", "elm", [20]),
        ("2026-09-30", "elm", [21]),
        ("2026-09-29", "oak", []),  # a holiday more
        ("2026-09-30", "oak", [20]),
        ("2026-09-29", "elm;oak", [20]),
    ],
)
def test_twenty_workdays_vacant(day: str, school: str, days: list[int]):
    facts = problem(VACANT.format(school), district=DISTRICT.format(day), calendar=HOLIDAYS)
    assert amounts(vacancy.RULE, facts) == days


def test_who_is_hired_since_is_no_vacancy():
    facts = problem(VACANT.format("elm"), district=DISTRICT.format("2026-09-29"), calendar=HOLIDAYS)
    assert said(vacancy.RULE, facts) == [
        "P has been vacant since September 1, 2026, 20 workdays: flagged for salary savings from "
        "20 on."
    ]
    filled = VACANT.format("elm").replace("vacant,", "proposed,")
    assert amounts(vacancy.RULE, problem(filled, district=DISTRICT.format("2026-09-29"))) == []
    later = "rule,parameter,value\nvacancy,days,22\n"
    assert (
        amounts(
            vacancy.RULE,
            problem(VACANT.format("elm"), district=DISTRICT.format("2026-09-29"), rules=later),
        )
        == []
    )


@pytest.mark.parametrize(
    ("contract", "off"), [("1", []), ("0.9", [10]), ("0.999999", [1]), ("", []), ("0.6", [40])]
)
def test_the_positions_of_a_person_are_their_contract(contract: str, off: list[int]):
    facts = problem(HELD, staff=f"staff,name,role,fte\nE1,Edda,ei,{contract}\n")
    assert amounts(one_contract.RULE, facts) == off


def test_an_exact_week_is_compared_exactly():
    sheet = "position,role,status,staff,week_minutes\nP,ei,filled,E1,1975\n"
    people = "staff,name,role,fte,week_minutes\nE1,Edda,ei,{0},{1}\n"
    assert amounts(one_contract.RULE, problem(sheet, staff=people.format("", 1975))) == []
    assert amounts(one_contract.RULE, problem(sheet, staff=people.format("", 1976))) == [1]
    assert amounts(one_contract.RULE, problem(sheet, staff=people.format("0.822917", ""))) == []


def test_positions_count_from_the_day_on_which_they_are_in_force():
    sheet = (
        HELD.replace("status,", "status,start,")
        .replace("oak,filled,", "oak,filled,2027-01-01,")
        .replace("elm,filled,", "elm,filled,,")
    )
    people = "staff,name,role,fte\nE1,Edda,ei,0.6\n"
    for day in ("2026-10-05", "2027-01-04"):
        facts = problem(sheet, staff=people, district=DISTRICT.format(day))
        assert amounts(one_contract.RULE, facts) == [40]
        assert " from January 1, 2027 to " in said(one_contract.RULE, facts)[0]


def test_positions_one_after_the_other_are_each_the_whole_contract():
    sheet = (
        "position,role,school,status,staff,fte,start,end\n"
        "P-1,ei,elm,filled,E1,0.6,,2026-12-31\nP-2,ei,oak,filled,E1,0.6,2027-01-01,\n"
    )
    facts = problem(sheet, staff="staff,name,role,fte\nE1,Edda,ei,0.6\n")
    assert amounts(one_contract.RULE, facts) == []
    assert staffed(facts, whole(facts).budgeted[:1]).data.staff[0].fte == Decimal("0.6")


def test_a_contract_is_cut_with_a_position_and_does_not_grow_with_it():
    facts = problem(HELD, staff="staff,name,role,fte\nE1,Edda,ei,1\n")
    assert amounts(one_contract.RULE, facts, cut(facts, P="0.5")) == []
    assert amounts(one_contract.RULE, facts, cut(facts, P="0")) == []
    assert said(one_contract.RULE, facts, cut(facts, P="0.7")) == [
        "Edda is contracted for 1 FTE and holds P (0.7) and Q (0.4)."
    ]


PIN = "kind,subject,staff,school,value\n{0}\n"


@pytest.mark.parametrize(
    ("pin", "ftes", "found"),
    [
        ("position,P,,,0.6", {}, []),
        ("position,P,,,60%", {}, []),
        (
            "position,P,,,0.6",
            {"P": "0"},
            ["P with 0.6 FTE was decided (pin 1); it is not budgeted."],
        ),
        ("position,P,,,0", {"P": "0"}, []),
        ("position,P,,,0", {}, ["P with 0 FTE was decided (pin 1); it is 0.6 FTE."]),
        ("position,P,,elm,", {}, []),
        (
            "position,P,E1,elm,",
            {"P": "0"},
            ["P at Elm held by E1 was decided (pin 1); it is not budgeted."],
        ),
        ("position,P,E1,elm,", {}, []),
        ("forbid,P,,,", {}, ["P is budgeted; P is forbidden (pin 1)."]),
        ("forbid,P,,,", {"P": "0"}, []),
        ("forbid,P,,oak,", {}, []),
        ("forbid,P,E1,,", {}, ["P is budgeted; P held by E1 is forbidden (pin 1)."]),
        ("forbid,,E1,,", {}, []),  # of the timetable
    ],
)
def test_decisions_on_positions_stand(pin: str, ftes: dict[str, str], found: list[str]):
    facts = problem(HELD, pins=PIN.format(pin))
    assert said(position_pins.RULE, facts, cut(facts, **ftes)) == found


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("position,P,,,0.5", "P can only be budgeted with 0.6 FTE"),
        ("position,P,,oak,", "P can only be at Elm"),
        ("position,P,E2,,", "P can only be held by E1"),
        ("position,N,,,0.6", "N can only be budgeted with 1 FTE, 0.75 FTE or 0.5 FTE"),
        ("position,N,,,0.5", ""),
        ("position,N,,oak,0.5", ""),
        ("position,N,E1,,0.5", "N can only be held by N"),
        ("position,F,,oak,", "F can only be at the schools that the plan finds for it"),
        ("position,N,,,0", ""),
        ("forbid,N,,,", ""),
        ("forbid,P,,oak,", ""),
    ],
)
def test_a_decision_for_what_a_position_cannot_be_is_noted_and_broken_by_no_plan(
    pin: str, reason: str
):
    facts = problem(CHOICES, pins=PIN.format(pin), roles=STEPS)
    assert position_choices.no_choice(facts, facts.pins[0]) == reason
    plan = whole(facts)
    notes = [note.message for note in position_pins.RULE.notes(facts, plan)]
    assert len(notes) == (1 if reason else 0)
    if reason:
        assert reason in notes[0]
        assert notes[0].endswith("The decision is not taken.")
        assert said(position_pins.RULE, facts, plan) == []
        paid = staffed(facts, whole(facts).budgeted)
        assert position_choices.no_choice(paid, paid.pins[0]) == reason


CHOICES = (
    "position,role,school,status,staff,fte,min_fte,funding\n"
    "P,ei,elm,filled,E1,0.6,,tsp:100\nN,ei,,proposed,,,0.5,\nF,ei,,proposed,,1,,tsp:100\n"
)
STEPS = ROLES.replace("ei,Interventionist,yes,480,183,,", "ei,Interventionist,yes,480,183,0.25,")


def test_a_decision_between_what_a_position_can_be_is_kept():
    facts = problem(CHOICES, pins=PIN.format("position,N,,,0.5"), roles=STEPS)
    row = facts.positions["N"]
    for share, found in (
        ("0.5", []),
        ("0.75", ["N with 0.5 FTE was decided (pin 1); it is 0.75 FTE."]),
    ):
        plan = Plan(positions=(funded(facts, row, fte=Fraction(share)),))
        assert said(position_pins.RULE, facts, plan) == found


def test_what_is_cut_of_filled_positions():
    facts = problem(HELD + "R,ei,elm,vacant,,1,tsp:100\n")
    assert amounts(filled_positions.RULE, facts) == []
    assert amounts(filled_positions.RULE, facts, cut(facts, P="0.5", R="0")) == [10]
    assert said(filled_positions.RULE, facts, cut(facts, P="0.475", Q="0")) == [
        "P, which Edda holds, is cut from 0.6 to 0.475 FTE.",
        "Q, which Edda holds, is cut wholly (0.4 FTE).",
    ]
    assert amounts(filled_positions.RULE, facts, cut(facts, P="0.475", Q="0")) == [13, 40]
    assert amounts(filled_positions.RULE, facts, cut(facts, P="1")) == []


def test_a_contract_is_cut_once_however_often_the_problem_is_staffed():
    facts = problem(HELD)
    half = cut(facts, P="0.3", Q="0.2").positions
    once = staffed(facts, half)
    assert [row.fte for row in staffed(once, half).data.staff] == [
        row.fte for row in once.data.staff
    ]
    assert next(row.fte for row in once.data.staff if row.staff == "E1") == Decimal("0.5")
    assert staffed(once, whole(facts).positions).data == facts.data
