"""The year of a contract on the real calendar: dates, days, hours, and what is noted of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.facts.problem import Problem
from planner.plan.contract_year import WorkYear, work_year
from planner.plan.plan import Attendance, Placement, Plan
from planner.rules import checker, contract_days
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from tests.planner.planned import problem

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")
ROLES = "role,title,obligation_minutes,contract_days,paid_days,part_time,works_on\npara,Para,480,195,205,{0},{1}\n"
CALENDAR = """date,to,kind,schools,close
2026-09-07,,holiday,
2026-10-09,,pd_day,
2026-11-11,,holiday,
2026-11-25,,minimum_day,elm,12:00
2026-11-26,2026-11-27,holiday,
2026-12-21,2027-01-01,holiday,
2027-02-15,,holiday,oak
"""


def district(
    staff: str, part_time: str = "hours", works_on: str = "", calendar: str | None = CALENDAR
) -> Problem:
    head = "staff,name,role,fte,schools,days,hire_date,end_date\n"
    roles = ROLES.format(part_time, works_on)
    return problem(
        roles=roles, staff=head + staff, calendar=calendar, members=None, groups=None, duties=None
    )


def placed(*days: str, staff: str = "P1", school: str = "elm") -> tuple[Placement, ...]:
    return tuple(Placement(staff, day, 480, 930, school) for day in days)


def year(
    facts: Problem, *days: str, school: str = "elm", training: tuple[Attendance, ...] = ()
) -> WorkYear:
    (person,) = facts.people
    return work_year(facts, Plan(placed(*days, school=school), (), training), person)


def test_dates_are_counted_weekday_by_weekday():
    facts = district("P1,Para 1,para,1,elm,,,\n")
    # 209 weekdays from 1 September to 18 June; four holidays and ten days of winter break; PD and
    # the minimum day are worked.
    found = year(facts, *WEEK)
    assert len(found.dates) == 209 - 14
    assert found.weekdays == {
        "Mon": 41 - 3,
        "Tue": 42 - 2,
        "Wed": 42 - 3,
        "Thu": 42 - 3,
        "Fri": 42 - 3,
    }
    assert (found.contract_days, found.short, found.over) == (195, 0, 0)


def test_each_school_has_its_own_holidays():
    facts = district("P1,Para 1,para,1,elm;oak,,,\n")
    assert len(year(facts, *WEEK, school="oak").dates) == 194
    first_elm = Plan(
        (
            *placed(*WEEK[1:]),
            *placed("Mon"),
            *(replace(p, start=p.end, school="oak") for p in placed("Mon")),
        )
    )
    assert (
        len(work_year(facts, first_elm, facts.people[0]).dates) == 195
    )  # on 15 February at Elm, where Mondays begin


@pytest.mark.parametrize(
    ("works_on", "dates"), [("student_day", 194), ("student_day;holiday", 208), ("pd_day", 1)]
)
def test_a_job_class_works_its_own_kinds_of_day(works_on: str, dates: int):
    """Students come on a minimum day: who works on student days works on it."""
    assert len(year(district("P1,Para 1,para,1,elm,,,\n", works_on=works_on), *WEEK).dates) == dates


def test_training_counts_once():
    facts = district("P1,Para 1,para,1,elm,,,\n")
    at = [
        date(2026, 10, 9),
        date(2026, 10, 10),
        date(2026, 12, 22),
    ]  # a PD day, a Saturday, in the winter break
    training = tuple(Attendance("P1", "t", day, 480, 900) for day in at)
    found = year(facts, *WEEK, training=training)
    assert len(found.dates) == 197
    assert found.over == 2


def test_hours_are_fte_times_hours_times_days():
    found = year(district("P1,Para 1,para,0.875,elm,,,\n"), *WEEK)
    assert found.hours == 195 * 7 == 1365
    assert found.paid_days == 205


@pytest.mark.parametrize(
    ("staff", "part_time", "days", "hours"),
    [
        (
            "P1,Para 1,para,0.875,elm,,2026-09-08,",
            "hours",
            191,
            7 * 191,
        ),  # 1-4 September are before it
        ("P1,Para 1,para,0.875,elm,,,2027-06-11", "hours", 190, 7 * 190),
        ("P1,Para 1,para,0.5,elm,,,", "hours", 195, 4 * 195),
        ("P1,Para 1,para,0.5,elm,,,", "days", 98, 4 * 195),  # 97.5, rounded half up
        (
            "P1,Para 1,para,0.6,elm,Mon;Tue;Wed,,",
            "hours",
            117,
            Fraction("4.8") * 195,
        ),  # 117 of the 195 dates
    ],
)
def test_contract_days_are_prorated(staff: str, part_time: str, days: int, hours: Fraction):
    found = year(district(staff + "\n", part_time), "Mon")
    assert (found.contract_days, found.hours) == (days, hours)


def test_days_that_rotate_share_the_pd_day():
    cycle = "name,year_start,year_end,cycle\nSmall,2026-09-01,2027-06-18,1;2;3;4;5;6\n"
    head = "staff,name,role,fte,schools\nP1,Para 1,para,1,elm\n"
    facts = problem(
        district=cycle,
        roles=ROLES.format("hours", ""),
        staff=head,
        calendar=CALENDAR,
        members=None,
        groups=None,
        duties=None,
        blocks=None,
    )
    found = year(facts, "1")
    assert len(found.dates) == 33 + 1  # 194 days with students
    assert date(2026, 10, 9) in found.dates


def test_a_better_choice_of_days_is_asked_for():
    facts = district("P1,Para 1,para,0.4,elm,,,\n", "days")  # 78 days
    said = list(contract_days.violations(facts, Plan(placed("Tue", "Wed"))))
    assert [(found.amount, found.message) for found in said] == [
        (1, "Para 1 works on 79 dates of the calendar; the contract says 78 days.")
    ]
    assert list(contract_days.violations(facts, Plan(placed("Mon", "Tue")))) == []
    assert list(contract_days.notes(facts, Plan(placed("Mon", "Tue")))) == []


def test_what_no_choice_avoids_is_noted_and_breaks_nothing():
    facts = district(
        "P1,Para 1,para,1,elm,,,\nP2,Para 2,para,1,elm,,,\n", "hours", "student_day;pd_day;holiday"
    )
    plan = Plan(placed(*WEEK) + placed(*WEEK, staff="P2"))
    assert list(contract_days.violations(facts, plan)) == []
    (note,) = contract_days.notes(facts, plan)
    assert note.amount == 14
    assert note.message == (
        "Para 1 and Para 2 each work on 209 dates of the calendar; the contract says 195 days: 14 "
        "too many, which no choice of"
        " days avoids."
    )
    (finding,) = (f for f in checker.findings(facts, plan) if f.rule == "contract_days")
    assert (finding.severity, finding.subject, finding.unit) == ("noted", "Para", "days")


def test_a_shortfall_is_noted():
    facts = district("P1,Para 1,para,1,elm,,,\n", works_on="student_day")
    (note,) = contract_days.notes(facts, Plan(placed(*WEEK)))
    assert (
        note.message
        == "Para 1 works on 194 dates of the calendar; the contract says 195 days: 1 is not used."
    )


def test_without_a_calendar_nothing_is_said():
    facts = district("P1,Para 1,para,1,elm,,,\n", calendar=None)
    plan = Plan(placed(*WEEK))
    assert (
        list(contract_days.violations(facts, plan)) == list(contract_days.notes(facts, plan)) == []
    )


def test_the_example_of_tacoma_works_its_195_days():
    facts = Problem(load(example_path("tacoma-mtss")), "tacoma-mtss")
    person = facts.person_of["ESP-01"]
    plan = Plan(placed(*WEEK, staff="ESP-01", school=person.schools[0]))
    found = work_year(facts, plan, person)
    assert (len(found.dates), found.contract_days, found.hours) == (195, 195, 1365)
    assert person.row.fte == Decimal("0.875")


@pytest.mark.slow
def test_five_thousand_people_are_counted():
    staff = "".join(
        f"P{n},,para,1,elm;oak,,{'2026-10-01' if n % 9 == 0 else ''},\n" for n in range(5000)
    )
    facts = district(staff)
    plan = Plan(tuple(placement for n in range(5000) for placement in placed(*WEEK, staff=f"P{n}")))
    assert len(facts.people) == 5000
    assert plan.placed
    assert list(contract_days.violations(facts, plan)) == []
    assert len(list(contract_days.notes(facts, plan))) == 0
