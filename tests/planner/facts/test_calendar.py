"""The real calendar of 2026-27: kinds of day, the cycle's days, quarters and months."""

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.calendar import Calendar
from planner.facts.district import CalendarDay, District
from planner.facts.problem import Problem
from tests import oracle_calendar
from tests.planner.small import dataset

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")
AB = tuple(f"{day}{week}" for week in "AB" for day in WEEK)
FIVE = tuple(f"Day {number}" for number in range(1, 6))
SIX = tuple(f"Day {number}" for number in range(1, 7))
ROWS = (
    CalendarDay(date=date(2026, 9, 7), kind="holiday"),
    CalendarDay(date=date(2026, 11, 25), to=date(2026, 11, 27), kind="holiday"),
    CalendarDay(date=date(2026, 11, 25), kind="minimum_day", close=720, schools=("elm",)),
    CalendarDay(date=date(2026, 10, 9), kind="pd_day"),
    CalendarDay(date=date(2026, 12, 21), to=date(2027, 1, 3), kind="holiday"),
    CalendarDay(date=date(2026, 12, 24), kind="bank_holiday"),
)


def calendar(
    cycle: tuple[str, ...] = WEEK,
    rows: tuple[CalendarDay, ...] = ROWS,
    start: date = date(2026, 9, 1),
    rotation: Literal["week", "school_days"] | None = None,
) -> Calendar:
    district = District(
        name="Small",
        year_start=start,
        year_end=date(2027, 6, 18),
        cycle=cycle,
        rotation=rotation,
    )
    return Calendar(district, rows, ("elm", "oak"))


@pytest.mark.parametrize(
    ("day", "school", "kind"),
    [
        (date(2026, 9, 1), "elm", "student_day"),
        (date(2026, 9, 7), "oak", "holiday"),
        (date(2026, 10, 9), "elm", "pd_day"),
        (date(2026, 11, 25), "elm", "minimum_day"),  # the later row, for its schools
        (date(2026, 11, 25), "oak", "holiday"),
        (date(2026, 11, 25), "", "minimum_day"),  # of the district: the busiest
        (date(2026, 11, 26), "", "holiday"),
        (date(2026, 12, 24), "elm", "bank_holiday"),
        (date(2026, 12, 26), "elm", "weekend"),
        (date(2026, 8, 31), "elm", "non_student"),
        (date(2027, 6, 21), "elm", "non_student"),
    ],
)
def test_what_kind_of_day_a_date_is(day: date, school: str, kind: str):
    assert calendar().kind(day, school) == kind


def test_a_school_closes_early_on_its_minimum_days_alone():
    found = calendar()
    assert found.close(date(2026, 11, 25), "elm") == 720
    assert found.close(date(2026, 11, 25), "oak") is None
    assert found.close(date(2026, 11, 24), "elm") is None


def test_a_minimum_day_that_a_later_row_takes_back_closes_as_ever():
    back = CalendarDay(date=date(2026, 11, 25), kind="holiday")
    assert calendar(rows=(*ROWS, back)).close(date(2026, 11, 25), "elm") is None


def test_the_week_is_the_cycle_of_five_days():
    found = calendar()
    assert found.cycle_day(date(2026, 9, 1)) == "Tue"
    assert found.cycle_day(date(2026, 9, 7)) == "Mon"  # a holiday has its name all the same
    assert found.cycle_day(date(2026, 9, 5)) is None
    assert found.cycle_day(date(2026, 8, 31)) is None
    letters = calendar(("A", "B", "C", "D", "E"), rotation="week")
    assert letters.cycle_day(date(2026, 9, 3)) == "D"
    assert calendar(("Mon", "Tue", "Wed", "Thu")).cycle_day(date(2026, 9, 4)) is None


def test_the_dates_of_a_day_of_the_week():
    found = calendar()
    # 41 Mondays from 7 September to 14 June, without Labor Day, 21 and 28 December.
    assert len(found.dates_of("Mon")) == 41 - 3
    assert found.dates_of("Mon")[0] == date(2026, 9, 14)
    assert found.dates_of("Wed", "elm")[12] == date(2026, 11, 25)
    assert date(2026, 11, 25) not in found.dates_of("Wed", "oak")
    assert found.dates_of("Fri", "elm", ("pd_day",)) == (date(2026, 10, 9),)
    assert found.dates_of("Sat") == ()


def test_weeks_a_and_b_take_turns_whatever_the_holidays():
    found = calendar(AB)
    assert found.cycle_day(date(2026, 9, 1)) == "TueA"
    assert found.cycle_day(date(2026, 9, 7)) == "MonB"
    assert found.cycle_day(date(2026, 9, 18)) == "FriA"
    assert (
        found.cycle_day(date(2027, 1, 4)) == "MonA"
    )  # the nineteenth week, two of holidays among them
    assert found.dates_of("MonA")[:3] == (date(2026, 9, 14), date(2026, 9, 28), date(2026, 10, 12))


def test_a_year_that_starts_on_a_weekend_starts_with_the_week_after():
    assert calendar(AB, start=date(2026, 9, 5)).cycle_day(date(2026, 9, 7)) == "MonA"


@pytest.mark.parametrize("cycle", [FIVE, SIX], ids=["five", "six"])
def test_numbered_days_go_from_one_school_day_to_the_next(cycle: tuple[str, ...]):
    found = calendar(cycle, (CalendarDay(date=date(2026, 9, 7), kind="holiday"),))
    names = [found.cycle_day(date(2026, 9, day)) for day in (1, 2, 4, 7, 8)]
    assert names == ["Day 1", "Day 2", "Day 4", None, "Day 5"]


HALF_TERM = CalendarDay(date=date(2026, 10, 26), to=date(2026, 10, 30), kind="holiday")


def test_a_date_says_which_week_it_is_of_and_later_weeks_count_on():
    mark = CalendarDay(date=date(2026, 11, 2), kind="student_day", cycle_day="MonA")
    before, after = calendar(AB, (HALF_TERM,)), calendar(AB, (HALF_TERM, mark))
    assert before.cycle_day(date(2026, 11, 2)) == "MonB"
    days = [after.cycle_day(date(2026, *day)) for day in ((10, 23), (11, 2), (11, 6), (11, 9))]
    assert days == ["FriB", "MonA", "FriA", "MonB"]


def test_a_friday_may_be_a_monday_and_shifts_no_week():
    mark = CalendarDay(date=date(2026, 9, 11), kind="student_day", cycle_day="Mon")
    found = calendar(WEEK, (mark,))
    assert [found.cycle_day(date(2026, 9, day)) for day in (10, 11, 14)] == ["Thu", "Mon", "Mon"]


def test_numbered_days_count_on_from_a_date_that_says_its_day():
    mark = CalendarDay(date=date(2027, 1, 4), kind="student_day", cycle_day="Day 1")
    found = calendar(SIX, (*ROWS, mark))
    days = [found.cycle_day(date(2027, 1, day)) for day in (4, 5, 11, 12)]
    assert days == ["Day 1", "Day 2", "Day 6", "Day 1"]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_cycle_s_days_are_those_of_the_oracle(data: st.DataObject):
    """Whatever the cycle, its rotation, the days off and the days that say their name."""
    cycle = data.draw(st.sampled_from([WEEK, AB, FIVE, SIX, ("Mon", "Wed", "Fri"), AB[:8]]))
    fits = len(cycle) % 5 == 0 or cycle[0].startswith("Mon")
    rotation = data.draw(st.sampled_from([None, "school_days", *(["week"] if fits else [])]))
    dates = st.dates(date(2026, 9, 1), date(2026, 12, 18)).filter(lambda day: day.weekday() < 5)
    drawn = st.tuples(
        dates, st.sampled_from(["holiday", "student_day"]), st.sampled_from(["", *cycle])
    )
    rows = tuple(
        CalendarDay(date=day, kind=kind, cycle_day=name)
        for day, kind, name in data.draw(st.lists(drawn, max_size=8, unique_by=lambda row: row[0]))
    )
    first, last = date(2026, 9, 1), date(2027, 6, 18)
    entries = tuple(
        oracle_calendar.Entry(row.date, row.date, row.kind, None, frozenset(), row.cycle_day)
        for row in rows
    )
    oracle = oracle_calendar.Calendar(cycle, first, last, entries, ("elm", "oak"), rotation or "")
    found = calendar(cycle, rows, rotation=rotation)
    for day in found.weekdays[:80]:
        assert found.cycle_day(day) == oracle.cycle_day(day)


def test_six_days_rotate_through_the_days_with_students():
    found = calendar(SIX)
    first = [found.cycle_day(date(2026, 9, day)) for day in (1, 2, 3, 4, 7, 8, 9, 10)]
    assert first == ["Day 1", "Day 2", "Day 3", "Day 4", None, "Day 5", "Day 6", "Day 1"]
    assert found.cycle_day(date(2026, 10, 9)) is None  # a PD day does not use one up
    assert found.cycle_day(date(2026, 10, 8)) == "Day 3"
    assert found.cycle_day(date(2026, 10, 12)) == "Day 4"
    assert found.cycle_day(date(2026, 11, 25)) is not None  # students at Elm
    assert date(2026, 11, 25) not in found.dates_of(
        found.cycle_day(date(2026, 11, 25)) or "", "oak"
    )


def test_quarters_are_whole_weeks_and_the_first_get_what_is_over():
    # Weeks of 31 August to 14 June: 42 = 11 + 11 + 10 + 10.
    assert calendar().quarters() == (
        (date(2026, 9, 1), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2027, 1, 31)),
        (date(2027, 2, 1), date(2027, 4, 11)),
        (date(2027, 4, 12), date(2027, 6, 18)),
    )


def test_months_and_the_year_are_clipped():
    months = calendar().months()
    assert len(months) == 10
    assert months[0] == (date(2026, 9, 1), date(2026, 9, 30))
    assert months[3] == (date(2026, 12, 1), date(2026, 12, 31))
    assert months[-1] == (date(2027, 6, 1), date(2027, 6, 18))
    assert calendar().year() == ((date(2026, 9, 1), date(2027, 6, 18)),)


def test_a_problem_knows_its_calendar():
    assert not Problem(dataset()).calendar.known
    told = Problem(dataset(calendar="date,to,kind\n2026-11-26,2026-11-27,holiday\n")).calendar
    assert told.known
    assert told.kind(date(2026, 11, 27), "elm") == "holiday"


def test_a_region_of_500_schools():
    schools = tuple(f"s{number}" for number in range(500))
    year = District(name="Region", year_start=date(2026, 9, 1), year_end=date(2027, 6, 18))
    rows = tuple(
        CalendarDay(
            date=date(2026, 9, 1) + timedelta(days=7 * week),
            kind="minimum_day",
            close=720,
            schools=schools[week::2],
        )
        for week in range(40)
    )
    found = Calendar(year, rows, schools)
    assert sum(len(found.dates_of(day, school)) for day in WEEK for school in schools) == 500 * 209
