"""Which row of a salary schedule pays a position: by date, by lane and step, and what is said where
none does.
"""

from decimal import Decimal

import pytest

from planner.money import PayMissing, costs
from tests.planner.money.district import coach, district, esp, formulas, pay, salaried

CHANGES = "schedule,step,amount,unit,from,to\ncoach,1,100000,year,{0}\ncoach,1,104000,year,{1}\n"


def test_a_schedule_that_changes_within_the_year_splits_it_by_the_dates_worked():
    """From 12 August to 31 December there are 102 weekdays, of 217."""
    found = costs(
        salaried(pay=CHANGES.format("2026-07-01,2026-12-31", "2027-01-01,")), [coach(fte="0.5")]
    )
    assert formulas(found) == ["(102/217 × $100,000.00 + 115/217 × $104,000.00) × 0.5 FTE"]
    assert pay(found) == [str(round((Decimal(102) * 100000 + 115 * 104000) / 217 / 2, 2))]
    assert found.remarks == ()


def test_of_rows_that_hold_the_latest_does():
    found = costs(salaried(pay=CHANGES.format("2026-07-01,", "2027-01-01,")), [coach()])
    assert formulas(found) == ["(102/217 × $100,000.00 + 115/217 × $104,000.00) × 1 FTE"]


def test_hours_are_split_as_well():
    rows = (
        "schedule,lane,step,amount,unit,from\nPA4,72 credits,1,26.81,hour,2025-09-01\nPA4,72 "
        "credits,1,27.50,hour,2026-01-01\n"
    )
    found = costs(district(pay=rows, oncosts=None), [esp()])
    assert formulas(found) == ["195 days × 7 h × (86/207 × $26.81 + 121/207 × $27.50)"]


def test_a_part_of_the_year_has_the_rows_of_its_own_dates():
    rows = "position,role,school,status,step,start\nP-1,coach,elm,vacant,1,2027-01-01\n"
    found = costs(
        salaried(positions=rows, pay=CHANGES.format("2026-07-01,", "2027-01-01,")), [coach()]
    )
    assert formulas(found) == ["$104,000.00 × 1 FTE × 97/183 days"]


def test_a_row_that_ended_is_carried_on_and_remarked_on():
    ended = costs(salaried(pay=CHANGES.format("2025-07-01,2026-06-30", "2027-07-01,")), [coach()])
    assert pay(ended) == ["100000.00"]
    assert ended.remarks == (
        "Pay table coach of July 1, 2025 is older than the plan year 2026-27.",
    )
    gap = costs(salaried(pay=CHANGES.format(",2026-12-31", "2027-02-01,")), [coach()])
    assert gap.remarks == (
        "Pay table coach valid to December 31, 2026 is older than the plan year 2026-27.",
    )


def test_pay_that_is_missing_is_said_all_at_once():
    with pytest.raises(PayMissing) as caught:
        costs(district(), [esp(), esp("P-2", lane="MA"), esp("P-3", step="", lane="")])
    first, second = caught.value.missing
    assert (first.position, first.schedule, first.lane, first.step) == ("P-2", "PA4", "MA", "1")
    assert (second.position, second.lane, second.step) == ("P-3", "", "")
    assert str(caught.value).splitlines() == [
        "position P-2: the sheet pay has no cell for schedule 'PA4', lane 'MA', step '1'.",
        "position P-3: the sheet pay has no cell for schedule 'PA4', step ''.",
    ]


def test_pay_of_the_future_is_missing():
    with pytest.raises(
        PayMissing, match="has no cell before 2026-10-01 for schedule 'coach', step '1'"
    ):
        costs(
            salaried(pay="schedule,step,amount,unit,from\ncoach,1,1,year,2026-10-01\n"), [coach()]
        )
