"""Dates as rules with exceptions: whatever they are, expanding gives them again."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from planner.render.calendar.recurrence import Series, series_of

MONDAY = date(2026, 9, 7)


def expanded(series: tuple[Series, ...]) -> list[date]:
    """An expansion that shares nothing with the one under test."""
    return sorted(
        one.first + timedelta(days=7 * one.weeks * step)
        for one in series
        for step in range(one.count)
        if one.first + timedelta(days=7 * one.weeks * step) not in one.left_out
    )


def weeks(*numbers: int) -> list[date]:
    return [MONDAY + timedelta(weeks=number) for number in numbers]


def test_every_week_less_a_holiday_is_one_series():
    assert series_of(weeks(0, 1, 3, 4)) == (Series(MONDAY, 1, 5, tuple(weeks(2))),)


def test_a_ten_day_cycle_is_every_other_week():
    assert series_of(weeks(0, 2, 6, 8)) == (Series(MONDAY, 2, 5, tuple(weeks(4))),)


def test_dates_that_follow_no_week_are_said_one_by_one():
    days = [MONDAY, MONDAY + timedelta(days=8), MONDAY + timedelta(days=16)]
    assert series_of(days) == tuple(Series(day) for day in days)


def test_few_dates_of_many_weeks_are_said_one_by_one():
    assert series_of(weeks(0, 9, 20)) == tuple(Series(day) for day in weeks(0, 9, 20))


def test_nothing_is_nothing():
    assert series_of([]) == ()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.sets(some.integers(0, 300), max_size=60))
def test_expanding_gives_the_dates_again(days: set[int]):
    dates = [MONDAY + timedelta(days=day) for day in sorted(days)]
    assert expanded(series_of(dates)) == dates


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.sets(some.integers(0, 40), max_size=40), some.sampled_from([1, 2, 3]))
def test_weekly_dates_are_given_again_and_never_start_with_one_left_out(
    numbers: set[int], every: int
):
    dates = weeks(*(every * number for number in sorted(numbers)))
    found = series_of(dates)
    assert expanded(found) == dates
    assert all(one.first not in one.left_out for one in found)
