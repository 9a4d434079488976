"""Zeros before a number: what a spreadsheet shows of a whole number is what was typed as an id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.sheets.zero_padding import as_shown, pads_with_zeros


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("00000", "417", "00417"),
        ("00000", "0", "00000"),
        ("00000", "1234567", "1234567"),
        (r"000\-00\-0000", "1234567", "001-23-4567"),
        ('"S-"0000', "417", "S-0417"),
        ('"S-"0000;-0', "417", "S-0417"),
        ("#000", "7", "007"),
        ("0000_)", "12", "0012"),
        ("[Blue]000", "1", "001"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(code: str, text: str, shown: str):
    assert pads_with_zeros(code)
    assert as_shown(text, code) == shown


@pytest.mark.parametrize("text", ["", "0.5", "-7", "1.23456789012346e+19", "elm", "2026-09-01"])
def test_what_is_no_whole_number_stays_as_it_is(text: str):
    assert as_shown(text, "00000") == text


@pytest.mark.parametrize(
    "code",
    ["General", "0", "#,##0", "0.00", "00.00", '#,##0.00 "USD"', "yyyy-mm-dd", "[h]:mm", "00%"]
    + ['0 "min"', '"x0"000', "0.00E+00", "@", "", "# ?/?", "$0,000"],
)
def test_formats_of_other_numbers_pad_nothing(code: str):
    assert not pads_with_zeros(code)


@given(st.integers(0, 2**53 - 1), st.integers(2, 20))
def test_zeros_change_no_value(number: int, places: int):
    shown = as_shown(str(number), "0" * places)
    assert int(shown) == number
    assert len(shown) == max(places, len(str(number)))
