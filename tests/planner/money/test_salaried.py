"""Pay by the year, differentials, rate sheets, and employer costs per FTE."""

from decimal import Decimal

import pytest

from planner.money import costs
from tests.planner.money.district import (
    COACH,
    DIFF,
    SALARY,
    amounts,
    coach,
    formulas,
    funding,
    line,
    pay,
    salaried,
)

RATES = "oncost,rate_percent,flat,per\nretirement,19.1,,\nmedicare,1.45,,\nhealth,,16000,fte\n"


@pytest.mark.parametrize("fte", ["1", "0.5", "0.3"])
def test_cost_is_fte_of_salary_and_flat_sum_and_the_differential_at_the_same_percentage(fte: str):
    found = costs(salaried(oncosts=RATES), [coach(fte=fte, allowances=("diff",))])
    share, rates = Decimal(fte), Decimal("1.2055")
    assert found.total == share * (100000 * rates + 16000) + 1800 * share * rates


def test_a_shared_coach_costs_each_school_half_of_the_differential():
    halves = [
        coach(f"P-{n}", "A", "0.5", allowances=("diff",), school=(school,))
        for n, school in enumerate(("elm", "oak"))
    ]
    found = costs(salaried(), halves)
    assert amounts(found, "diff") == ["900.00", "900.00"]
    assert line(found, "diff").formula == "$150.00 × 12 periods × 0.5 FTE"
    assert (line(found, "diff").budget_item, found.positions[0].lines[0].budget_item) == (
        "15266",
        "18034",
    )


def test_a_differential_has_its_own_funds_and_what_they_leave_stands_under_none():
    shares = funding("diff@t1-elm:40", "diff@general:50")
    one = coach(
        allowances=("diff",), funding=funding("t1-elm:50", "general:50"), allowance_funding=shares
    )
    found = costs(salaried(oncosts="oncost,rate_percent\nmedicare,10\n"), [one])
    assert found.positions[0].lines[0].funds == {
        "t1-elm": Decimal(50000),
        "general": Decimal(50000),
    }
    assert line(found, "diff").funds == {
        "t1-elm": Decimal(720),
        "general": Decimal(900),
        "": Decimal(180),
    }
    assert line(found, "medicare").funds == {
        "t1-elm": Decimal(5072),
        "general": Decimal(5090),
        "": Decimal(18),
    }
    assert found.funds[""] == Decimal(198)


def test_a_differential_without_funds_follows_the_position():
    found = costs(
        salaried(), [coach(allowances=("diff",), funding=funding("t1-elm:60", "general:40"))]
    )
    assert line(found, "diff").funds == {"t1-elm": Decimal(1080), "general": Decimal(720)}


def test_money_without_a_fund_stands_under_none():
    assert costs(salaried(), [coach()]).funds == {"": Decimal(100000)}


@pytest.mark.parametrize(
    ("unit", "match", "amount", "formula"),
    [
        ("year", "flat", "150.00", "$150.00"),
        ("year", "prorated", "75.00", "$150.00 × 0.5 FTE"),
        ("period", "flat", "1800.00", "$150.00 × 12 periods"),
        ("percent", "prorated", "75000.00", "150 % × $50,000.00"),
        ("hour", "prorated", "96075.00", "$150.00 × 640.5 h"),
    ],
)
def test_units_of_allowances(unit: str, match: str, amount: str, formula: str):
    sheet = f"allowance,amount,unit,match\ndiff,150,{unit},{match}\n"
    found = costs(salaried(allowances=sheet), [coach(fte="0.5", allowances=("diff",))])
    assert (amounts(found, "diff"), line(found, "diff").formula) == ([amount], formula)


def test_an_hourly_allowance_of_a_fraction_of_a_cent_is_said_whole():
    found = costs(
        salaried(allowances="allowance,amount,unit\ndiff,0.125,hour\n"),
        [coach(allowances=("diff",))],
    )
    assert line(found, "diff").formula == "$0.125 × 1,281 h"
    assert line(found, "diff").amount == Decimal("160.13")  # 160.125, half up


def test_a_rate_sheet_has_everything_in_it():
    sheet = COACH.replace("annual", "rate_sheet")
    found = costs(salaried(roles=sheet, oncosts=RATES), [coach(fte="0.5", allowances=("diff",))])
    assert [str(line.amount) for line in found.positions[0].lines] == ["50000.00", "900.00"]
    assert formulas(found)[0] == "$100,000.00 × 0.5 FTE, all in"


def test_part_of_a_year():
    """From 1 February 94 of 217 weekdays are left: 79 of 183 contract days. The flat sum a year
    follows them.
    """
    rows = "position,role,school,status,step,start\nP-1,coach,elm,vacant,1,2027-02-01\n"
    found = costs(salaried(positions=rows, oncosts=RATES), [coach(allowances=("diff",))])
    assert formulas(found)[0] == "$100,000.00 × 1 FTE × 79/183 days"
    assert pay(found) == [str(round(Decimal(100000) * 79 / 183, 2))]
    assert line(found, "diff").formula == "$150.00 × 12 periods × 1 FTE × 79/183 days"
    assert line(found, "health").formula == "$16,000.00 × 79/183 days × 1 FTE"


def test_a_monthly_sum_per_fte():
    found = costs(
        salaried(oncosts="oncost,flat,per,unit\nhealth,1000,fte,month\n"), [coach(fte="0.5")]
    )
    assert (amounts(found, "health"), line(found, "health").formula) == (
        ["6000.00"],
        "$1,000.00 × 12 months × 0.5 FTE",
    )


def test_a_rate_an_hour_on_an_annual_basis_is_paid_for_the_hours_of_a_year():
    hourly = "schedule,step,amount,unit\ncoach,1,50,hour\n"
    found = costs(salaried(pay=hourly), [coach(fte="0.5")])
    assert (pay(found), formulas(found)) == (["32025.00"], ["($50.00 × 1,281 h) × 0.5 FTE"])


def test_threshold_and_cap_count_over_all_that_a_person_is_paid():
    limits = "oncost,roles,rate_percent,threshold,cap\nni,coach,15,5000,\npension,,6.2,,60000\nboth,,10,10000,60000\nnever,,10,100000,\n"
    two = [coach("P-1", "A", "0.3"), coach("P-2", "A", "0.6"), coach("P-3", "B", "0.3")]
    found = costs(salaried(oncosts=limits), two)
    assert amounts(found, "ni") == [
        "4250.00",
        "8500.00",
        "3750.00",
    ]  # 15 % of 85,000, and of 25,000
    assert amounts(found, "pension") == ["1240.00", "2480.00", "1860.00"]
    assert amounts(found, "both") == ["1666.67", "3333.33", "2000.00"]
    assert amounts(found, "never") == []
    assert (
        line(found, "both").formula
        == "10 % × ($60,000.00 (cap) − $10,000.00) × $30,000.00 ÷ $90,000.00"
    )
    assert line(found, "pension").formula == "6.2 % × $60,000.00 (cap) × $30,000.00 ÷ $90,000.00"


def test_positions_that_name_nobody_are_not_one_person():
    found = costs(salaried(oncosts="oncost,flat\nkit,100\n"), [coach("P-1", ""), coach("P-2", "")])
    assert amounts(found, "kit") == ["100.00", "100.00"]


def test_a_job_class_bears_its_own_costs_alone():
    roles = COACH + "aide,Aide,420,183,annual,\n"
    sheet = "oncost,roles,rate_percent,flat,threshold\npension,aide,10,100,\nni,aide,10,,50000\n"
    pays = SALARY + "aide,1,100000,year,2026-07-01\n"
    mine = [coach("P-1", "A", "0.5"), coach("P-2", "A", "0.5", role="aide")]
    found = costs(salaried(roles=roles, oncosts=sheet, pay=pays, allowances=DIFF), mine)
    assert [len(one.lines) for one in found.positions] == [1, 4]
    assert amounts(found, "pension") == ["5000.00", "100.00"]
    assert amounts(found, "ni") == [
        "2500.00"
    ]  # its half of 10 % of what exceeds 50,000 of all that the person is paid
