"""Pay in term time (NHS Employers' formula for part of the year), to the penny."""

from decimal import Decimal
from fractions import Fraction

import pytest

from planner.money import costs
from tests.planner.money.district import (
    NEW_BRIDGE,
    NJC,
    WORKER,
    amounts,
    formulas,
    line,
    pay,
    term_time,
    worker,
)

STAFF = "staff,role,leave_days,step\nA,worker,{0},22\n"


@pytest.mark.parametrize(("step", "amount"), [("18", "18462.97"), ("22", "19984.68")])
def test_pay_is_the_exact_week_times_the_term_time_factor(step: str, amount: str):
    assert pay(costs(term_time(), [worker(step)])) == [amount]


def test_a_rounded_fte_and_the_common_wrong_factor_give_something_else():
    """£18,462.15 is what FTE 0.8896 gives; £16,196.79 is 38 weeks ÷ 52.143."""
    rounded = worker(fte=Fraction("0.8896"))
    assert pay(costs(term_time(), [rounded])) == ["18462.15"]
    wrong = Decimal(24982) * 1975 / 2220 * 190 / 5 / Decimal("52.143")
    assert round(wrong, 2) == Decimal("16196.79")
    assert pay(costs(term_time(), [worker()])) == ["18462.97"]


def test_an_allowance_has_the_factor_of_pay_and_lines_add_up():
    found = costs(term_time(oncosts=None), [worker(allowances=("sen",))])
    assert (pay(found), amounts(found, "sen")) == (["18462.97"], ["978.50"])
    assert found.total == Decimal("19441.47")


def test_national_insurance_is_on_what_exceeds_the_threshold():
    found = costs(term_time(), [worker(allowances=("sen",))])
    assert line(found, "ni").amount == Decimal("2166.22")
    assert line(found, "ni").formula == "15 % × (£19,441.47 − £5,000.00)"


def test_more_leave_is_more_pay_and_a_persons_own_goes_before_the_roles():
    more = WORKER.replace("NJC,24,8", "NJC,28,8")
    assert pay(costs(term_time(roles=more), [worker()])) == ["18791.62"]
    assert pay(costs(term_time(staff=STAFF.format(28)), [worker()])) == ["18791.62"]
    assert pay(costs(term_time(roles=more, staff=STAFF.format(24)), [worker()])) == ["18462.97"]


def test_a_shorter_full_time_week():
    assert pay(costs(term_time(), [worker(full=2175)])) == ["18844.97"]


def test_a_blank_step_is_that_of_the_person():
    assert pay(costs(term_time(staff=STAFF.format("")), [worker(step="")])) == ["19984.68"]


def test_the_formula_has_its_numbers():
    assert formulas(costs(term_time(oncosts=None), [worker(allowances=("sen",))])) == [
        "£24,982.00 × 32 h 55 ÷ 37 h × 190 days ÷ (365/7 × 5 − 32)",
        "£1,324.00 × 32 h 55 ÷ 37 h × 190 days ÷ (365/7 × 5 − 32)",
    ]


def test_pay_of_2020_is_remarked_on_once():
    found = costs(term_time(), [worker(), worker("22", position="P-2", staff="B")])
    assert found.remarks == ("Pay table NJC of 1 April 2020 is older than the plan year 2026-27.",)


@pytest.mark.parametrize(
    ("since", "old"), [("2025-09-01", False), ("2025-08-31", True), ("", False)]
)
def test_pay_is_old_after_more_than_twelve_months(since: str, old: bool):
    assert bool(costs(term_time(pay=NJC.replace("2020-04-01", since)), [worker()]).remarks) == old


def test_in_a_leap_year_twelve_months_end_in_february_too():
    leap = NEW_BRIDGE.replace("2026-09-01,2027-07-21", "2028-02-29,2028-12-21")
    old = costs(term_time(district=leap, pay=NJC.replace("2020-04-01", "2027-02-27")), [worker()])
    assert old.remarks == ("Pay table NJC of 27 February 2027 is older than the plan year 2028.",)
    assert not costs(
        term_time(district=leap, pay=NJC.replace("2020-04-01", "2027-02-28")), [worker()]
    ).remarks


def test_nobody_is_paid_for_more_than_the_year():
    long = WORKER.replace("190", "230")
    found = costs(term_time(roles=long, oncosts=None), [worker(minutes=2220)])
    assert (pay(found), formulas(found)) == (
        ["24982.00"],
        ["£24,982.00 × 37 h ÷ 37 h × the whole year"],
    )


def test_a_rate_an_hour_is_paid_for_the_weeks_of_a_whole_year():
    hourly = "schedule,step,amount,unit,from\nNJC,18,12.95,hour,2026-04-01\n"
    found = costs(term_time(pay=hourly, oncosts=None), [worker()])
    exact = Decimal("12.95") * 37 * 365 / 7 * 1975 / 2220 * 190 / (Decimal(365) / 7 * 5 - 32)
    assert pay(found) == [str(round(exact, 2))]
    assert formulas(found)[0].startswith("(£12.95 × 37 h × 365/7) × 32 h 55 ÷ 37 h")
