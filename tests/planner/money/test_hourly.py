"""Pay by the hour with its employer costs, part of a year, and what a person's positions add up
to.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.money import benefit_months, costs, paid_hours, share_of_year
from tests.planner.money.district import ESP, amounts, as_funded, district, esp, formulas, line, pay

BA = {"lane": "BA", "step": "10"}
STAFF = "staff,role,hire_date,end_date\nA,esp,{0},{1}\n"
POSITIONS = (
    "position,role,school,status,staff,fte,lane,step,start,end\nP-1,esp,elm,filled,A,0.875,72 "
    "credits,1,{0},{1}\n"
)


def test_wages_are_days_times_hours_times_rate():
    found = costs(district(oncosts=None), [esp(), esp("P-2", "B", **BA)])
    assert pay(found) == ["36595.65", "46082.40"]
    assert formulas(found)[0] == "195 days × 7 h × $26.81"
    assert [one.lines[0].name for one in found.positions] == ["PA4 72 credits 1", "PA4 BA 10"]


def test_employer_costs_are_on_the_rounded_lines():
    found = costs(district(), [esp(**BA)])
    assert [str(line.amount) for line in found.positions[0].lines] == [
        "46082.40",
        "3258.03",
        "3525.30",
        "13200.00",
    ]
    assert formulas(found)[1:] == [
        "7.07 % × $46,082.40",
        "7.65 % × $46,082.40",
        "$1,100.00 × 12 months",
    ]
    assert (found.total, found.positions[0].of("oncost")) == (
        Decimal("66065.73"),
        Decimal("19983.33"),
    )


@pytest.mark.parametrize(
    ("fte", "hours", "months"), [("0.4375", "682.5", ["13200.00"]), ("0.4", "624", [])]
)
def test_benefits_begin_at_630_paid_hours(fte: str, hours: str, months: list[str]):
    """3.5 h a day are 682.5 a year, 3.2 h are 624."""
    facts, held = district(), [esp(fte=fte)]
    assert paid_hours(facts, held, "A") == Fraction(hours)
    assert amounts(costs(facts, held), "sebb") == months


def test_two_people_have_two_flat_sums_and_two_positions_of_one_person_one():
    halves = [esp("P-1", "A", "0.4375"), esp("P-2", "B", "0.4375")]
    assert amounts(costs(district(), halves), "sebb") == ["13200.00", "13200.00"]
    stacked = [esp("P-1", "A", "0.4375"), esp("P-2", "A", "0.4375")]
    found = costs(district(), stacked)
    assert amounts(found, "sebb") == ["6600.00", "6600.00"]
    assert line(found, "sebb").formula == "$1,100.00 × 12 months × 0.4375 ÷ 0.875 FTE"
    assert amounts(
        costs(district(), [esp("P-1", "A", "0.25"), esp("P-2", "A", "0.25")]), "sebb"
    ) == ["6600.00", "6600.00"]


def test_a_flat_sum_is_split_by_fte_to_the_cent():
    odd = "oncost,flat,unit\nkit,100,year\n"
    found = costs(district(oncosts=odd), [esp(f"P-{n}", "A", "0.25") for n in range(3)])
    assert amounts(found, "kit") == ["33.34", "33.33", "33.33"]


@pytest.mark.parametrize("where", ["position", "staff"])
def test_hired_on_15_december(where: str):
    """Without a calendar every weekday counts: 134 of 207 are left."""
    hired = ("2025-12-15", "")
    staff = STAFF.format(*hired) if where == "staff" else "staff,role,hire_date\nA,esp,2019-09-01\n"
    facts = district(
        staff=staff, positions=POSITIONS.format(*(hired if where == "position" else ("", "")))
    )
    found = as_funded(facts)
    assert share_of_year(facts, found.positions[0].position) == Fraction(
        126, 195
    )  # 195 × 134/207 = 126.2
    assert pay(found) == [str(Decimal("26.81") * 7 * 126)]
    assert line(found, "sebb").formula == "$1,100.00 × 8 months"
    assert line(found, "sebb").amount == Decimal(8800)


def test_the_positions_own_dates_go_before_the_persons():
    found = as_funded(
        district(staff=STAFF.format("2025-12-15", ""), positions=POSITIONS.format("2026-02-02", ""))
    )
    assert formulas(found)[0] == "93 days × 7 h × $26.81"  # 99 of 207 weekdays


def test_the_calendar_is_counted_where_it_is_known():
    calendar = (
        "date,to,kind,schools,close\n2025-12-22,2026-01-02,holiday,,\n2026-02-16,,holiday,oak,\n"
    )
    calendar += "2026-02-17,,minimum_day,,12:30\n"
    facts = district(
        staff=STAFF.format("2025-12-15", ""), positions=POSITIONS.format("", ""), calendar=calendar
    )
    assert formulas(as_funded(facts))[0] == "123 days × 7 h × $26.81"  # 195 × 124/197 = 122.7


@pytest.mark.parametrize(
    ("person", "schools", "days"),
    [
        ("home_school\nA,esp,oak", "elm;oak", 97),
        ("schools\nA,esp,oak", "", 97),
        ("schools\nA,esp,", "elm;oak", 102),
        ("", "oak", 97),
        ("", "elm;oak", 102),
    ],
)
def test_whose_calendar_holds(person: str, schools: str, days: int):
    """Until 30 January 108 of 207 weekdays, at Oak 98 of 197 (97 days): the position's one school,
    else the person's.

    Else that of the district, which has the busier days of its schools.
    """
    rows = (
        POSITIONS.format("", "2026-01-30")
        .replace("elm", schools)
        .replace("filled,A", "filled,A" if person else "vacant,")
    )
    staff = f"staff,role,{person}\n" if person else None
    facts = district(
        staff=staff,
        positions=rows,
        calendar="date,to,kind,schools\n2025-12-22,2026-01-02,holiday,oak\n",
    )
    assert formulas(as_funded(facts))[0] == f"{days} days × 7 h × $26.81"


def test_a_job_class_without_any_date_in_the_year_is_counted_by_weekdays():
    only_pd = ESP.replace("pay_schedule\n", "pay_schedule,works_on\n").replace(
        "PA4\n", "PA4,pd_day\n"
    )
    found = as_funded(
        district(
            roles=only_pd, positions=POSITIONS.format("", "2026-01-30"), staff=STAFF.format("", "")
        )
    )
    assert formulas(found)[0] == "102 days × 7 h × $26.81"  # 108 of 207


def test_a_position_outside_of_the_year_costs_nothing():
    rows = "position,role,school,status,fte,lane,step,start,allowances\nP-1,esp,elm,vacant,1,BA,10,2026-08-01,kit\n"
    found = as_funded(
        district(positions=rows, allowances="allowance,amount,unit,match\nkit,100,year,flat\n")
    )
    assert (found.total, formulas(found)) == (
        Decimal(0),
        ["0 days × 8 h × $33.76", "$100.00 × 1 FTE × 0/195 days"],
    )


def test_paid_days_are_what_is_paid():
    found = costs(
        district(roles=ESP.replace("pay_basis", "paid_days,pay_basis").replace("195,", "195,205,")),
        [esp()],
    )
    assert formulas(found)[0] == "205 days × 7 h × $26.81"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-08-01", "2026-08-31", 12),
        ("2025-09-03", "2026-06-18", 12),
        ("2025-09-04", "2026-06-18", 11),
        ("2025-12-15", "2026-06-18", 8),
        ("2025-12-01", "2026-06-18", 8),
        ("2025-09-03", "2026-02-10", 6),
        ("2025-12-15", "2026-02-10", 2),
        ("2025-12-15", "2025-12-20", 0),
        ("2026-09-15", "2026-06-18", 0),
        ("2025-09-03", "2025-06-30", 0),
    ],
)
def test_months_of_benefit(start: str, end: str, months: int):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert len(benefit_months(district().data.district, first, last)) == months


def test_positions_one_after_another_are_one_employment():
    rows = (
        POSITIONS.format("", "2026-01-30") + "P-2,esp,elm,filled,A,0.875,72 credits,1,2026-02-02,\n"
    )
    found = as_funded(district(positions=rows, staff=STAFF.format("", "")))
    assert amounts(found, "sebb") == ["6600.00", "6600.00"]
    assert formulas(found)[0] == "102 days × 7 h × $26.81"  # and 93 of the 195


def test_hours_that_are_no_short_decimal_are_said_in_minutes():
    assert (
        formulas(costs(district(), [esp(fte=str(Fraction(395, 480)))]))[0]
        == "195 days × 6 h 35 × $26.81"
    )
    assert formulas(costs(district(), [esp(fte="1/7")]))[0] == "195 days × 8/7 h × $26.81"


def test_a_salary_on_an_hourly_basis_is_paid_by_its_hours():
    yearly = "schedule,lane,step,amount,unit\nPA4,72 credits,1,41823.60,year\n"
    found = costs(district(pay=yearly, oncosts=None), [esp()])
    assert (pay(found), formulas(found)) == (
        ["36595.65"],
        ["195 days × 7 h × ($41,823.60 ÷ 1,560 h)"],
    )
