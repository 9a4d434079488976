"""Dates, numbers and clock times as other systems write them."""

from decimal import Decimal

import pytest

from planner.sheets.importing.cell_forms import date_pattern, iso_date, plain_clock, plain_number


@pytest.mark.parametrize(
    ("text", "form", "iso"),
    [
        ("08/14/2026", "MM/DD/YYYY", "2026-08-14"),
        ("8/4/2026", "MM/DD/YYYY", "2026-08-04"),
        ("14.08.2026", "DD.MM.YYYY", "2026-08-14"),
        ("08/14/26", "MM/DD/YY", "2026-08-14"),
        ("08/14/98", "MM/DD/YY", "1998-08-14"),
        ("14-AUG-2026", "DD-MMM-YYYY", "2026-08-14"),
        ("4 August 2026", "D MMM YYYY", "2026-08-04"),
        ("20260814", "YYYYMMDD", "2026-08-14"),
        ("08/14/2026 00:00:00", "MM/DD/YYYY", "2026-08-14"),
        ("8/14/2026 12:00:00 AM", "MM/DD/YYYY", "2026-08-14"),
        ("2026-08-14", "MM/DD/YYYY", "2026-08-14"),
        ("2026-08-14", "", "2026-08-14"),
        ("2026-08-14T00:00:00", "", "2026-08-14"),
    ],
)
def test_dates_are_read_in_the_stated_form(text: str, form: str, iso: str):
    assert iso_date(text, form) == iso


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        ("08/14/2026", "", "State their form"),
        ("14/08/2026", "MM/DD/YYYY", "no day of the calendar"),
        ("02/30/2026", "MM/DD/YYYY", "no day of the calendar"),
        ("14-Agu-2026", "DD-MMM-YYYY", "not a date of the form"),
        ("08/14/2026 13:30", "MM/DD/YYYY", "not a date of the form"),
        ("soon", "MM/DD/YYYY", "not a date of the form MM/DD/YYYY"),
    ],
)
def test_a_date_of_another_form_is_refused(text: str, form: str, words: str):
    with pytest.raises(ValueError, match=words):
        iso_date(text, form)


@pytest.mark.parametrize("form", ["", "MM/YYYY", "MM/MM/YYYY", "DD.MM.YY.YYYY", "mm/dd/yyyy"])
def test_a_form_has_a_year_a_month_and_a_day(form: str):
    assert date_pattern(form) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("7:45 AM", "07:45"),
        ("12:15 pm", "12:15"),
        ("12:00 a.m.", "00:00"),
        ("0745", "07:45"),
        ("7 PM", "19:00"),
        ("07:45", "07:45"),
    ]
    + [("13:00 PM", "13:00 PM"), ("noon", "noon")],
)
def test_clock_times_in_twelve_hours_or_without_a_colon(text: str, plain: str):
    assert plain_clock(text) == plain


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("1,234.50", "money", "1234.50"),
        ("$26.81", "money", "26.81"),
        ("-$5", "money", "-5"),
        ("£ 1,000", "money", "1000"),
        ("87.5%", "FTE", "0.875"),
        ("87.5 %", "percentage", "87.5"),
        ("0,875", "FTE", "0,875"),
        ("n/a", "number", "n/a"),
        ("0.875", "FTE", "0.875"),
    ],
)
def test_numbers_lose_their_dress(text: str, kind: str, plain: str):
    assert plain_number(text, kind) == plain


def test_numbers_with_a_decimal_comma_and_factors():
    assert plain_number("0,875", "FTE", decimal_comma=True) == "0.875"
    assert plain_number("1.234,5", "money", decimal_comma=True) == "1234.5"
    assert plain_number("32,5", "whole number", decimal_comma=True, factor=Decimal(60)) == "1950"
    assert plain_number("35", "whole number", factor=Decimal(60)) == "2100"
    with pytest.raises(ValueError, match="decimal comma"):
        plain_number("0.875", "FTE", decimal_comma=True)
