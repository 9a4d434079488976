"""What HR sees beside positions: extra pay, time off in lieu, what vacancies save."""

from datetime import date
from decimal import Decimal

from planner.facts.problem import Problem
from planner.hr import hr
from planner.money.number_format import NumberFormat
from planner.plan.plan import Plan, Session
from tests.planner.money.test_expenditures import DUTY, FILLED, POSITIONS, SPENT, money_of
from ui.render.hr_beside import extra_pay_lines, savings_lines, time_off_lines

TOIL = f"{DUTY}fair,family,elm,120,1,Thu 17:00-19:00,toil,S1\n"
TAKEN = "staff,role,fte,schools,lane,step,toil_taken\nS1,esp,0.875,elm,BA,10,300\n"
PLACED = Plan(sessions=(Session("fair", "Thu", 1020, 1140, ("S1",), "elm", "duty"),))


def test_time_off_in_lieu_is_earned_taken_and_left():
    facts = money_of(staff=TAKEN, duties=TOIL)
    for plan in (Plan(), PLACED):
        (one,) = hr(facts, plan, date(2025, 9, 18)).time_off
        assert (one.earned, one.taken, one.balance) == (360, 300, 60)  # 4, 11 and 18 September
        assert one.in_the_year == 39 * 120
    (before,) = hr(facts, PLACED, date(2025, 9, 10)).time_off
    assert before.balance == 120 - 300
    said = list(time_off_lines(hr(facts, PLACED, date(2025, 9, 10)), _saying(facts)))
    assert said[0] == "Time off in lieu on September 10, 2025"
    assert "−3 h" in said[-1]


def test_time_off_costs_nothing():
    assert hr(money_of(staff=TAKEN, duties=TOIL), Plan()).extra_pay == ()


def test_a_vacancy_saves_its_budget_by_the_dates_that_nobody_worked():
    row = "Q,esp,vacant,,elm,0.875,BA,10,general:100,2025-10-01\n"
    heads = POSITIONS.replace("funding\n", "funding,vacant_since\n")
    facts = money_of(positions=heads + row)
    (one,) = hr(facts, Plan(), date(2025, 10, 7)).savings
    weekdays = len(facts.calendar.weekdays)
    empty = sum(day >= date(2025, 10, 1) for day in facts.calendar.weekdays)
    assert one.saved == (one.budgeted * 5 / weekdays).quantize(Decimal("0.01"))
    assert one.in_the_year == (one.budgeted * empty / weekdays).quantize(Decimal("0.01"))
    assert one.since == date(2025, 10, 1)
    (whole,) = hr(money_of(positions=heads + row.replace("2025-10-01", "")), Plan()).savings
    assert whole.in_the_year == whole.budgeted
    said = list(savings_lines(hr(facts, Plan(), date(2025, 10, 7)), _saying(facts)))
    assert said[0].startswith("Saved by vacancies up to October 7, 2025")


def test_a_filled_position_saves_nothing():
    assert hr(money_of(), Plan()).savings == ()


def test_stipends_and_extra_hours_stand_with_the_person():
    spent = (
        SPENT.replace("status", "staff") + "X,general,stipend,500.00,,,,S1\nY,general,other,9,,,,\n"
    )
    duties = f"{DUTY}eve,family,elm,60,1,Wed 17:00-19:00,paid,S1\n"
    facts = money_of(expenditures=spent, duties=duties, positions=FILLED)
    found = hr(facts, Plan())
    assert [line.id for line in found.extra_pay] == ["X", "eve", "eve", "eve"]
    assert found.of_person("S1").extra_pay == found.extra_pay
    assert found.of_person("S2").extra_pay == ()
    said = "\n".join(extra_pay_lines(found, _saying(facts), with_pay=True))
    assert "There is no timetable yet" in said
    assert "$500.00" in said
    assert "$" not in "\n".join(extra_pay_lines(found, _saying(facts), with_pay=False))


def _saying(facts: Problem) -> NumberFormat:
    return NumberFormat(facts.data.district)
