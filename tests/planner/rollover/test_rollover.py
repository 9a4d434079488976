"""Next year's dataset: dates, people, students and money, and everything that is said of them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.funds import Fund
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.money.budgeted import planned
from planner.money.ledger import ledger
from planner.plan.plan import Plan
from planner.plan.positions import funded
from planner.rollover import CHANGED, DROPPED, LOOK, Rolled, next_year, roll_over
from planner.rollover.projection import projected
from planner.sheets.dataset import load
from tests.planner.small import dataset

SCENARIOS = Path(__file__).parents[3] / "scenarios"
EXAMPLES = (
    "cannot-be",
    "first-steps",
    "lausd-region",
    "new-bridge",
    "short-staffed",
    "tacoma-mtss",
)
YEAR = timedelta(weeks=52)


def said(rolled: Rolled, kind: str, sheet: str) -> dict[str, str]:
    """What is said of the rows of a sheet, by their names."""
    return {note.key: note.words for note in rolled.of(kind) if note.sheet == sheet and note.row}


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_in_order_a_year_and_two_years_later(example: str):
    data = load(SCENARIOS / example / "dataset")
    once = roll_over(data)
    twice = roll_over(once.dataset)
    assert (once.faults, twice.faults) == ((), ())
    for before, after, years in (
        (data, once.dataset, 1),
        (once.dataset, twice.dataset, 1),
        (data, twice.dataset, 2),
    ):
        assert after.district.year_start - before.district.year_start == YEAR * years
        assert after.district.day_planned.weekday() == before.district.day_planned.weekday()
        assert [
            day.date - was.date for day, was in zip(after.calendar, before.calendar, strict=True)
        ] == [YEAR * years] * len(before.calendar)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_group_is_a_grade_up_or_said_to_be_left_out(example: str):
    data = load(SCENARIOS / example / "dataset")
    rolled = roll_over(data)
    names, after = data.district.grades, {group.group: group for group in rolled.dataset.groups}
    assert {group.group for group in data.groups} - after.keys() == said(
        rolled, DROPPED, "groups"
    ).keys()
    for group in data.groups:
        if group.group in after:
            assert {names.index(grade) - 1 for grade in after[group.group].grades} <= {
                names.index(g) for g in group.grades
            }
    assert {member.group for member in rolled.dataset.members} <= after.keys()


def test_what_is_not_about_dates_people_students_or_money_stays():
    data = load(SCENARIOS / "lausd-region" / "dataset")
    rolled = roll_over(data).dataset
    for sheet in (
        "roles",
        "pay",
        "allowances",
        "oncosts",
        "programs",
        "schools",
        "blocks",
        "travel",
        "teachers",
    ):
        assert rolled.rows(sheet) == data.rows(sheet)


@settings(max_examples=25, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)), st.integers(30, 360), st.integers(0, 30))
def test_any_year_keeps_its_length_and_weekdays(start: date, length: int, planned: int):
    end, day = start + timedelta(days=length), start + timedelta(days=planned)
    district = f"name,year_start,year_end,plan_date\nSmall,{start},{end},{day}\n"
    data = dataset(
        district=district,
        calendar=f"date,kind\n{day},holiday\n",
        positions=None,
        programs=None,
        funds=None,
        groups=None,
    )
    twice = roll_over(roll_over(data).dataset).dataset
    assert (twice.district.year_end - twice.district.year_start).days == length
    assert twice.calendar[0].date == twice.district.plan_date == day + 2 * YEAR
    assert twice.calendar[0].date.weekday() == day.weekday()


DISTRICT = (
    "name,year_start,year_end,plan_date,grades\nSmall,2026-09-01,2027-06-18,2026-10-05,K;1;2\n"
)
STAFF = """staff,name,role,schools,step,credentials,hire_date,end_date,supervisor
A,Ann,para,elm,1,first-aid:2027-12-01;old:2027-07-01;good:2030-01-01,2020-09-01,,B
B,Ben,para,elm,2,,,2027-06-18,
C,Cy,para,elm,3,,,2027-10-01,
"""
PAY = "schedule,step,amount,unit,from,to\npara,1,30000,year,,\npara,2,31000,year,,\npara,3,32000,year,2026-07-01,2027-06-30\n"
POSITIONS = """position,role,school,status,staff,fte,step,end,vacant_since,funding
P1,para,elm,filled,A,1,1,,,t1:60;once:40
P2,para,elm,filled,B,1,2,,,general:100
P3,para,elm,filled,C,1,3,,,general:100
P4,para,elm,vacant,,1,1,,2026-11-02,general:100
P5,para,elm,proposed,,1,1,,,general:100
P6,para,elm,vacant,,1,1,2027-06-18,,general:100
"""
PROGRAMS = "program,source,carryover_percent\ntitle-1,federal,15\ngeneral,unrestricted,\n"
FUNDS = """fund,program,amount,expires
t1,title-1,100000,2027-06-30
once,title-1,50000,2027-03-31
late,title-1,50000,2028-03-31
general,general,500000,
"""


def rolled(**changes: str | None) -> Rolled:
    sheets: dict[str, str | None] = {
        "district": DISTRICT,
        "staff": STAFF,
        "pay": PAY,
        "positions": POSITIONS,
        "programs": PROGRAMS,
        "funds": FUNDS,
        "allowances": None,
    }
    return roll_over(dataset(**sheets | changes))


def staff_of(data: Dataset) -> dict[str, tuple[str, str]]:
    return {row.staff: (row.step, row.supervisor) for row in data.staff}


def test_who_ends_before_the_year_leaves_and_others_move_up_a_step():
    new = rolled()
    assert staff_of(new.dataset) == {"A": ("2", ""), "C": ("3", "")}
    assert said(new, DROPPED, "staff") == {"B": "leaves on 2027-06-18, before the year begins."}
    assert said(new, CHANGED, "staff") == {"A": "step 1 → 2"}
    notes = [(note.key, note.words) for note in new.of(LOOK) if note.sheet == "staff"]
    assert ("A", "B, who supervised them, has left: name somebody else.") in notes
    assert ("C", "step 3 as before: para has no step 4.") in notes
    assert ("C", "leaves on 2027-10-01, within the year.") in notes
    assert ("A", "old ends on 2027-07-01, before the year begins: renew it.") in notes
    assert ("A", "first-aid ends on 2027-12-01, within the year: renew it.") in notes
    assert not any("good" in words for _, words in notes)


def test_positions_of_those_who_leave_are_vacant_and_those_that_end_are_gone():
    new = rolled()
    rows = {row.position: row for row in new.dataset.positions}
    assert (rows["P2"].status, rows["P2"].staff, rows["P2"].vacant_since, rows["P2"].step) == (
        "vacant",
        "",
        date(2027, 6, 19),
        "2",
    )
    assert rows["P4"].vacant_since == date(2026, 11, 2)
    assert said(new, DROPPED, "positions") == {"P6": "ends on 2027-06-18, before the year begins."}
    assert said(new, CHANGED, "positions") == {
        "P1": "step 1 → 2",
        "P2": "vacant since 2027-06-19: B has left",
    }
    assert (
        said(new, LOOK, "positions")["P5"] == "still proposed: was it taken up, is it still wanted?"
    )


def test_money_that_was_given_once_ends_and_what_it_paid_is_said():
    new = rolled()
    assert {fund.fund: fund.expires for fund in new.dataset.funds} == {
        "t1": date(2028, 6, 30),
        "late": date(2028, 3, 31),
        "general": None,
    }
    assert said(new, DROPPED, "funds") == {"once": "given once, to 2027-03-31."}
    assert (
        said(new, LOOK, "positions")["P1"]
        == "was paid t1:60; once:40, and once is over: say who pays it."
    )
    assert next(row for row in new.dataset.positions if row.position == "P1").funding == ()
    assert said(new, LOOK, "programs") == {
        "title-1": "at most $22,500.00 of this year may be carried over: add what is left to its "
        "funds."
    }
    assert said(new, LOOK, "pay") == {"para 3": "to 2027-06-30: add what follows."}
    assert new.faults == ()


def test_a_fund_may_be_named_as_given_once():
    data = dataset(
        **{"district": DISTRICT, "staff": STAFF, "pay": PAY, "positions": POSITIONS}
        | {"programs": PROGRAMS, "funds": FUNDS}
    )
    new = roll_over(data, one_time=["t1", "general"])
    assert [fund.fund for fund in new.dataset.funds] == ["late"]
    assert said(new, DROPPED, "funds")["general"] == "given once."


def test_next_years_steps_may_overdraw_a_fund():
    """General pays step 2 and step 3 this year, 63,000 in all, and step 3 twice in the next."""
    positions = POSITIONS.replace("P1,para,elm,filled,A", "P1,para,elm,filled,B").replace(
        "P2,para,elm,filled,B", "P2,para,elm,filled,A"
    )
    new = rolled(
        funds=FUNDS.replace("500000", "63500"),
        positions=positions,
        staff=STAFF.replace("2027-10-01", ""),
    )
    assert new.faults == ()
    problem = Problem(new.dataset)
    account = {one.fund: one for one in ledger(problem, planned(problem, Plan()), Plan()).accounts}[
        "general"
    ]
    assert (account.filled, account.available) == (Decimal("64000.00"), Decimal("63500.00"))


EXPENDITURES = """expenditure,fund,kind,amount,staff,from,to,status
readers,t1,materials,1000,,,,spent
subs,t1,substitutes,2000,,2026-10-01,2026-10-30,committed
lead,general,stipend,500,B,,,planned
gone,once,travel,300,,,,planned
"""


def test_expenditures_are_planned_again_by_the_funds_and_people_that_are_left():
    new = rolled(expenditures=EXPENDITURES)
    kept = {row.expenditure: row for row in new.dataset.expenditures}
    assert list(kept) == ["readers", "subs"]
    assert {row.status for row in kept.values()} == {"planned"}
    assert kept["subs"].from_ == date(2027, 9, 30)
    assert said(new, DROPPED, "expenditures") == {
        "lead": "B has left.",
        "gone": "once, which paid it, is over.",
    }
    assert new.faults == ()


GRANT = "fund,program,amount,total,spent_before,starts,expires\n"
TWO_YEARS = f"{GRANT}grant,general,80000,120000,0,2026-09-01,2028-06-16\n"
PAID_BY_GRANT = (
    "position,role,school,status,staff,fte,step,funding\nP1,para,elm,filled,C,1,2,grant:100\n"
)


def grant(data: Dataset) -> Fund:
    return next(fund for fund in data.funds if fund.fund == "grant")


def test_a_grant_of_two_years_is_not_given_twice():
    data = dataset(
        **{
            "district": DISTRICT,
            "staff": STAFF.replace("2027-10-01", ""),
            "pay": PAY,
            "positions": PAID_BY_GRANT,
        }
        | {"programs": PROGRAMS, "funds": TWO_YEARS, "allowances": None}
    )
    problem = Problem(data)
    (now,) = ledger(problem, planned(problem, Plan()), Plan()).accounts
    assert (now.allocated, now.planned, now.left_of_grant) == (80000, 31000, 89000)
    ahead = projected(problem, Plan())
    (then,) = ledger(ahead.problem, planned(ahead.problem, Plan()), Plan()).accounts
    # In its last year it has all that is left, and P1 is a step higher.
    assert (then.spent_before, then.allocated, then.planned) == (31000, 89000, 32000)
    assert then.left_of_grant == then.left == 57000
    unknown = roll_over(data)
    assert (grant(unknown.dataset).spent_before, grant(unknown.dataset).amount) == (80000, 40000)
    assert "counts as spent" in said(unknown, LOOK, "funds")["grant"]
    over = roll_over(unknown.dataset)
    assert over.dataset.funds == ()
    assert "before the year begins" in said(over, DROPPED, "funds")["grant"]


def test_a_projection_has_the_positions_of_the_plan():
    data = dataset(
        **{"district": DISTRICT, "staff": STAFF, "pay": PAY, "positions": POSITIONS}
        | {"programs": PROGRAMS, "funds": FUNDS, "allowances": None}
    )
    problem = Problem(data)
    whole = {row.position: funded(problem, row) for row in data.positions}
    plan = Plan(positions=(whole["P1"], replace(whole["P5"], fte=Fraction(1, 2))))
    ahead = projected(problem, plan)
    assert ahead.plan.positions is not None
    first, second = ahead.plan.positions
    assert (first.position, first.step, first.funding) == ("P1", "2", ())  # `once` is over
    assert (second.position, second.fte) == ("P5", Fraction(1, 2))


GROUPS = """group,school,grades,tier,minutes,sessions,students,windows,from,to,staff
k,elm,K,2,30,2,4,,,,
two,elm,2,2,30,2,4,,,,
mixed,elm,1-2,2,30,2,4,Mon 09:00-10:00;Tue 09:00-10:00,2026-10-01,2026-12-18,B
oak-1,oak,1,2,30,2,4,,,,
"""
BLOCKS = "school,grades,days,start,end,kind\nelm,K-2,Mon-Fri,09:00,10:00,flex\noak,K-1,Mon-Fri,09:00,10:00,flex\n"
PINS = """kind,subject,staff,day,start,school
session,k,A,Mon,09:00,
session,two,A,Mon,09:00,
placement,,B,Mon,,elm
placement,,A,Tue,,elm
"""
DUTIES = "duty,kind,staff,with,adults,minutes\nmeet,meeting,,B,0,30\ncall,family,B;A,,1,30\nward,supervision,B,,1,30\n"


def test_students_go_up_a_grade_and_those_of_a_school_s_last_one_leave():
    new = rolled(groups=GROUPS, blocks=BLOCKS, pins=PINS, duties=DUTIES)
    rows = {group.group: group for group in new.dataset.groups}
    assert {name: group.grades for name, group in rows.items()} == {"k": ("1",), "mixed": ("2",)}
    assert (rows["mixed"].from_, rows["mixed"].to, rows["mixed"].staff) == (
        date(2027, 9, 30),
        date(2027, 12, 17),
        (),
    )
    assert said(new, DROPPED, "groups") == {
        "two": "grade 2 is the last at elm: the students leave.",
        "oak-1": "grade 1 is the last at oak: the students leave.",
    }
    assert {note.words for note in new.of(LOOK) if note.key == "mixed"} == {
        "some students may have left with the last grade: see who is still in it.",
        "windows and busy times are those of this year's grade.",
        "given for a part of the year, 52 weeks after this year's.",
        "the only people who may serve it have left: now anyone may.",
    }
    assert "no groups yet for grade K." in {note.words for note in new.of(LOOK)}


def test_whose_class_a_group_is_in_is_asked_anew():
    head = "group,school,grades,tier,minutes,sessions,students,mode,teacher\n"
    new = rolled(groups=head + "k,elm,K,2,30,2,4,push_in,T1\n", teachers="teacher,school\nT1,elm\n")
    assert [(group.group, group.teacher) for group in new.dataset.groups] == [("k", "")]
    assert said(new, LOOK, "groups")["k"] == (
        "T1 had this year's class: say in whose class they are now."
    )


def test_pins_and_duties_of_what_is_gone_are_left_out():
    new = rolled(groups=GROUPS, blocks=BLOCKS, pins=PINS, duties=DUTIES)
    assert [(pin.kind, pin.staff) for pin in new.dataset.pins] == [("placement", "A")]
    assert [note.words for note in new.of(DROPPED) if note.sheet == "pins"] == [
        "the group is in another grade, whose times are others.",
        "what it pins is no longer there.",
        "B has left.",
    ]
    assert {duty.duty: duty.staff for duty in new.dataset.duties} == {"call": ("A",), "ward": ()}
    assert said(new, DROPPED, "duties") == {"meet": "nobody is left who attends it."}
    assert said(new, LOOK, "duties") == {
        "call": "B has left.",
        "ward": "B has left; now anyone may do it.",
    }


def test_training_is_that_of_the_new_year_and_who_owed_it_is_named():
    data = load(SCENARIOS / "tacoma-mtss" / "dataset")
    new = roll_over(data)
    assert next_year(data) == "2026-2027"
    assert {row.hired_from for row in new.dataset.training} == {date(2026, 9, 2)}
    assert [
        row.date - was.date for row, was in zip(new.dataset.offerings, data.offerings, strict=True)
    ] == [YEAR] * 8
    words = said(new, LOOK, "training")["fcs-days-3-4"]
    assert words.startswith("asked of those hired from 2026-09-02 on, no longer of ")
    assert "ESP-14" in words
    assert words.endswith(
        "see who still owes it. Write the credential fcs for those who have had it."
    )


def test_a_holiday_with_a_date_of_its_own_is_to_be_looked_at():
    new = roll_over(load(SCENARIOS / "tacoma-mtss" / "dataset"))
    assert said(new, LOOK, "calendar")["Veterans Day"] == (
        "2025-11-11 has become Tuesday 2026-11-10: a holiday with a date of its own is not on the "
        "same weekday again."
    )


def test_a_rule_that_holds_for_a_time_holds_at_the_same_time_again():
    new = roll_over(load(SCENARIOS / "lausd-region" / "dataset"))
    assert [(row.from_, row.to) for row in new.dataset.rules] == [
        (date(2027, 11, 15), date(2027, 11, 19))
    ]
    assert said(new, LOOK, "rules") == {
        "preparation": "held for a time of this year; holds again 52 weeks later."
    }


def test_where_there_is_one_step_alone_nothing_is_said_of_steps():
    new = roll_over(load(SCENARIOS / "lausd-region" / "dataset"))
    assert not any("step" in note.words for note in new.notes)
