"""Accounts of funds, what they buy, and the page of a school's plan."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.problem import Problem
from planner.funding import money, school_plan
from planner.funding.delivery import delivery
from planner.money.cents import UNFUNDED
from planner.plan.plan import Plan, Session
from tests.planner import budgeted
from tests.planner.hr.test_hr import example

PROGRAMS = "program,source,hold_percent,parent_percent,parent_threshold\nt1,federal,3,1,500000\ngen,unrestricted,,,\n"
HEADS = "position,role,school,status,staff,fte,step,funding,allowances,allowance_funding\n"
PAY = "schedule,step,amount,unit,from\nei,1,100000,year,2026-07-01\naide,1,50000,year,2026-07-01\n"


def funded(rows: str, *amounts: int) -> Problem:
    funds = "".join(f"f{number},t1,,{amount}\n" for number, amount in enumerate(amounts))
    return budgeted.problem(
        HEADS + rows,
        pay=PAY,
        programs=PROGRAMS,
        funds=f"fund,program,school,amount\n{funds}g,gen,,1000000\n",
    )


def test_three_percent_of_200000_are_held():
    account = money(funded("", 200000), Plan()).accounts[0]
    assert (account.held, account.parents, account.left) == (
        Decimal("6000.00"),
        Decimal(0),
        Decimal("194000.00"),
    )


@pytest.mark.parametrize(
    ("amounts", "parents"),
    [((600000,), ["6000.00"]), ((500000,), ["0.00"]), ((300000,) * 2, ["3000.00"] * 2)],
)
def test_parents_have_one_percent_of_a_program_beyond_500000(
    amounts: tuple[int, ...], parents: list[str]
):
    found = [str(account.parents) for account in money(funded("", *amounts), Plan()).accounts[:-1]]
    assert found == parents


def test_what_is_overdrawn_is_said_and_found():
    facts = funded("P-1,ei,elm,proposed,,1,1,f0:100,,\n", 100000)
    found = money(facts, budgeted.whole(facts))
    assert (found.accounts[0].overdrawn, found.accounts[0].left) == (
        Decimal("3000.00"),
        Decimal("-3000.00"),
    )
    assert [(one.rule, one.severity) for one in found.findings] == [("fund_total", "broken")]


def test_no_fund_of_an_example_is_overdrawn():
    for name in ("lausd-region", "tacoma-mtss", "new-bridge"):
        found = money(example(name), Plan())
        assert found.accounts
        assert min(account.left for account in found.accounts) >= 0


@st.composite
def rows(draw: st.DrawFn) -> str:
    found = ""
    for number in range(draw(st.integers(1, 5))):
        first, fte = (
            draw(st.integers(1, 99)),
            draw(st.sampled_from(("1", "0.5", "0.333333", "0.875"))),
        )
        role, allowance = draw(st.sampled_from((("ei", "diff"), ("aide", "bonus"))))
        funding = draw(st.sampled_from((f"f0:{first};g:{100 - first}", "g:100", "")))
        found += f"P-{number},{role},{draw(st.sampled_from(('elm', 'oak', '')))},vacant,,{fte},1,{funding},{allowance},\n"
    return found


@settings(max_examples=30, deadline=None)
@given(rows())
def test_cents_add_up_over_positions_funds_programs_schools_and_job_classes(text: str):
    facts = funded(text, 200000)
    found = money(facts, budgeted.whole(facts))
    lines = [line for cost in found.budget.costs.positions for line in cost.lines]
    total = sum(line.amount for line in lines)
    assert (
        sum(account.planned for account in found.accounts) + found.unfunded
        == total
        == found.total.cost
    )
    for fund in ("f0", "g", UNFUNDED):
        paid = sum((line.funds.get(fund, Decimal(0)) for line in lines), Decimal(0))
        assert next((one.cost for one in found.funds if one.id == fund), Decimal(0)) == paid
    for parts in (found.funds, found.programs, found.schools, found.roles):
        assert sum(one.cost for one in parts) == total


def test_student_minutes_are_counted_on_real_dates_and_shared_without_loss():
    facts = example("new-bridge")
    groups = [service for service in facts.groups if service.school == "cal"][:2]
    sessions = (
        Session(groups[0].id, "MonA", 540, 590, ("IW-01", "IW-02"), "cal"),
        Session(groups[1].id, "TueB", 540, 580, ("IW-02",), "cal"),
    )
    plan = Plan((), sessions)
    found = delivery(facts, plan, money(facts, plan).budget.positions)
    mondays, tuesdays = (len(facts.calendar.dates_of(day, "cal")) for day in ("MonA", "TueB"))
    total = groups[0].size * 50 * mondays + groups[1].size * 40 * tuesdays
    assert found.all.minutes == total
    for parts in (found.funds, found.programs, found.schools, found.roles):
        assert sum(one.minutes for one in parts.values()) == total
    assert found.all.students == len(groups[0].students | groups[1].students)
    assert found.all.per_student(Decimal("100.00")) == round(Decimal(100) / found.all.students, 2)
    exact = Fraction(100) / total
    assert abs(Fraction(found.all.per_minute(Decimal(100)) or 0) - exact) <= Fraction(1, 20000)


def test_a_schools_page_names_need_activity_and_funds():
    page = school_plan(example("lausd-region"), Plan(), "bri")
    assert [need.tier for need in page.needs] == [3, 2, 1]
    assert sum(need.groups.owed for need in page.needs) == 28
    by_id = {one.position.position: one for one in page.positions}
    assert [(line.fund, line.percent, line.amount) for line in by_id["P-003"].funding] == [
        ("t1-bri", 60, Decimal("86469.60")),
        ("tsp-bri", 40, Decimal("57646.40")),
    ]
    assert by_id["P-030"].activity == "co-taught; coaching, debrief, meeting and observation"
    assert {account.fund for account in page.accounts} == {"t1-bri", "tsp-bri", "general"}


def test_the_page_says_what_is_served_and_done_where_there_is_a_timetable():
    facts = example("tacoma-mtss")
    group = next(
        service for service in facts.groups if service.school == "mad" and service.tier == 3
    )
    plan = Plan((), (Session(group.id, "Mon", 540, 570, ("SP-01",), "mad"),))
    page = school_plan(facts, plan, "mad")
    assert page.timed
    assert [(need.tier, need.groups.delivered, need.students.delivered) for need in page.needs][
        0
    ] == (3, 1, group.size)
    assert {one.position.position: (one.tiers, one.activity) for one in page.positions}[
        "P-001"
    ] == ((3,), "pulled out")
