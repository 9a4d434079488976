from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.cell_formats import (
    Reading,
    Window,
    clock,
    days,
    parse_clock,
    write_days,
    write_windows,
)
from planner.facts.cell_numbers import fte, percent, whole
from planner.facts.row import ColumnSpec, columns_of
from planner.facts.sheets import SHEETS
from planner.sheets.dataset import text_of
from tests.planner.cell_values import values

WEEK = Reading()
READINGS = {
    "week": WEEK,
    "two weeks": Reading(
        cycle=tuple(f"{day}{week}" for week in "AB" for day in ("Mon", "Tue", "Wed", "Thu", "Fri"))
    ),
    "six days": Reading(cycle=tuple("123456"), grades=("PK", "Pre-K", "K", "1", "10")),
    "hyphens": Reading(cycle=("Day-1", "Day-2", "Day-3", "Day-4"), grades=("Year 1", "Year 2")),
}
# One column for each kind of cell; the words of a choice differ, so every choice counts.
COLUMNS: dict[str, ColumnSpec] = {
    f"{sheet}.{column.name}" if column.cell.choices else column.cell.kind: column
    for sheet, model in SHEETS.items()
    for column in columns_of(model)
}


# Only these depend on the reading.
DEPENDENT = [
    (cell, name)
    for cell in ("days", "windows", "grades", "names in order")
    for name in list(READINGS)[1:]
]


@pytest.mark.parametrize(("kind", "name"), [*((kind, "week") for kind in COLUMNS), *DEPENDENT])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_again(kind: str, name: str, data: st.DataObject):
    column, reading = COLUMNS[kind], READINGS[name]
    value = data.draw(values(column, reading))
    assert column.cell.parse(text_of(column.cell.write(value, reading)), reading) == value


def cell(kind: str) -> ColumnSpec:
    return COLUMNS[kind]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("clock time", "8:30", 510),
        ("clock time", "08:30:00", 510),
        ("clock time", "0.354166666666667", 510),
        ("clock time", "24:00", 1440),
        ("days", "all", WEEK.cycle),
        ("days", "wed;mon", ("Mon", "Wed")),
        ("days", "Mon, Tue", ("Mon", "Tue")),
        ("grades", "K-2;5", ("K", "1", "2", "5")),
        ("grades", "all", WEEK.grades),
        ("sessions", "4.0", (4, "cycle")),
        ("sessions", "8 / quarter", (8, "quarter")),
        ("whole number", "3.0", 3),
        ("money", "1324.50", Decimal("1324.5")),
        ("tiers", "3;2;3", (2, 3)),
        ("credentials", "a;b|c", (("a",), ("b", "c"))),
        ("percentages", "coach=50;100 | *=100", (("coach", (50, 100)), ("*", (100,)))),
        ("windows", "Mon;Wed 08:30-09:00", (Window("Mon", 510, 540), Window("Wed", 510, 540))),
        ("text", " a\xa0b\r\n c", "a b c"),
        ("id", "a\u2028b  c\n", "a b c"),
        ("deadlines", "hire+4 months;09-01 next year", ((4, 0, 0, 0), (0, 9, 1, 1))),
    ],
)
def test_forms_that_planners_write(kind: str, text: str, value: object):
    assert cell(kind).cell.parse(text, WEEK) == value


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("clock time", "25:00", "is not a clock time"),
        ("clock time", "8.30", "is not a clock time"),
        ("date", "9/1/2026", "is not a date"),
        ("date", "0206-09-01", "is in the year 206"),
        ("days", "Mno", "Did you mean 'Mon'"),
        ("days", "Fri-Mon", "is no day of the cycle"),
        ("grades", "K-9", "'K-9' is no grade. The district's grades are K, 1"),
        ("windows", "Mon", "names days without a time"),
        ("windows", "Mon 10:00-09:00", "ends before it starts"),
        ("windows", "Mon 9.00-10:00", "is no stretch of time"),
        ("windows", ", 09:00-10:00", "names no day"),
        ("whole number", "1.5", "is not a whole number"),
        ("whole number", "1e999999999", "is not a whole number"),
        ("money", "$12", "is not an amount of money"),
        ("money", "1.005", "has more than 2 decimals"),
        ("percentage", "NaN", "is not a percentage"),
        ("FTE", "1e999999999", "is not an FTE"),
        ("tiers", "2;4", "none of 1, 2, 3"),
        ("id", "a;b", "holds ;, which separate lists"),
        ("id", "x" * 65, "is longer than 64"),
        ("text", "x" * 2001, "is longer than 2000"),
        ("text", "a\x07b", "cannot be printed"),
        ("shares", "t1-elm", "has no percentage"),
        ("shares", "t1-elm:140", "'140' is not between 0 and 100"),
        ("shares", "@t1-elm:40", "leaves out a name"),
        ("percentages", "coach=", "gives no percentages"),
        ("credentials held", ":2027-06-30", "leaves out a name"),
        ("sessions", "4/week", "is not a number of sessions"),
        ("deadlines", "02-30", "is no deadline"),
        ("names in order", "Mon;mon", "names 'Mon' twice"),
        ("names in order", "All;Mon", "uses the word 'all'"),
        ("district.currency", "UDS", "Did you mean 'USD'"),
    ],
)
def test_what_cannot_be_read_says_why(kind: str, text: str, message: str):
    with pytest.raises(ValueError, match="^.*") as caught:
        cell(kind).cell.parse(text, WEEK)
    assert message in str(caught.value)


@given(st.integers(0, 1440))
def test_clock_times_are_written_in_one_form(minutes: int):
    assert parse_clock(clock(minutes)) == minutes


def test_a_day_of_an_a_b_cycle_is_meant_in_both_weeks():
    cycle = READINGS["two weeks"]
    assert days("Mon-Tue", cycle) == ("MonA", "TueA", "MonB", "TueB")
    assert write_days(days("MonA-WedA", cycle), cycle) == "MonA-WedA"


def test_windows_of_equal_times_are_written_together():
    read = cell("windows").cell.parse(
        "Mon 08:30-09:00; Tue 08:30-09:00; Wed 08:30-09:00; Fri 10:00-11:00", WEEK
    )
    assert write_windows(read, WEEK) == "Mon-Wed 08:30-09:00; Fri 10:00-11:00"


@pytest.mark.parametrize("text", ["3_0", "3_0.0", "0_.5", "1__0"])
def test_a_number_holds_no_underscore(text: str):
    for read in (whole, percent, fte):
        with pytest.raises(ValueError, match="is not a"):
            read(text)
