"""Ids that stand in a workbook as numbers: the same as in a CSV file of the sheet, or a fault that
names the cell; never another id.
"""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from planner.sheets.dataset import parse
from planner.sheets.importing.mapping import SheetMapping
from planner.sheets.importing.translation import translate
from planner.sheets.raw_table import RawSheet, table_of
from planner.sheets.sheet_reading import read_sheet
from planner.sheets.workbook_reading import read_workbook
from planner.words.errors import DatasetError
from tests.planner import small

Cell = tuple[object, str, str]
"""A value, its number format, and what a spreadsheet writes for it into a CSV file."""

WHOLE = st.one_of(st.integers(0, 10**6), st.integers(0, 2**53 - 1))
AS_NUMBERS: st.SearchStrategy[Cell] = WHOLE.map(lambda n: (n, "0", str(n)))
PADDED: st.SearchStrategy[Cell] = st.tuples(WHOLE, st.integers(2, 12)).map(
    lambda both: (both[0], "0" * both[1], f"{both[0]:0{both[1]}d}")
)
WITH_TEXT: st.SearchStrategy[Cell] = WHOLE.map(lambda n: (n, '"S-"0000', f"S-{n:04d}"))
TEXTS: st.SearchStrategy[Cell] = st.text("aB7- \n", min_size=1, max_size=9).map(
    lambda text: (text, "@", text)
)


def workbook(path: Path, cells: list[Cell]) -> RawSheet:
    """The sheet members of a workbook with these cells as students."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "members"
    page.append(["student", "group"])
    for number, (value, code, _) in enumerate(cells, start=2):
        page.cell(number, 1, value).number_format = code
        page.cell(number, 2, f"G{number}")
    book.save(path)
    return read_workbook(path)["members"]


def as_csv(cells: list[Cell]) -> RawSheet:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["student", "group"])
    writer.writerows([shown, f"G{number}"] for number, (_, _, shown) in enumerate(cells, start=2))
    return table_of(csv.reader(io.StringIO(text.getvalue())), "members.csv")


def keys(table: RawSheet) -> list[tuple[int, str]]:
    read = read_sheet("members", table, parse(small.tables()).reading)
    told = [(fault.row, fault.rule) for fault in read.faults]
    return told + [(row.number, row.texts["student"]) for row in read.rows]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(cells=st.lists(st.one_of(AS_NUMBERS, PADDED, WITH_TEXT, TEXTS), min_size=1, max_size=8))
def test_a_workbook_and_its_csv_file_give_the_same_keys(tmp_path: Path, cells: list[Cell]):
    assert keys(workbook(tmp_path / "book.xlsx", cells)) == keys(as_csv(cells))


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (2**53, "is a number too long for a spreadsheet"),
        (12345678901234567890, "is a number too long for a spreadsheet"),
        (-(2**60), "is a number too long for a spreadsheet"),
        (7.5, "is a number with decimals"),
        (True, "is a yes or no to the spreadsheet"),
        (datetime(2026, 1, 2, 8), "is a date or time to the spreadsheet"),
    ],
)
def test_what_need_not_be_what_was_typed_is_a_fault_at_its_cell(
    tmp_path: Path, value: object, rule: str
):
    code = "yyyy-mm-dd" if isinstance(value, datetime) else "General"
    table = workbook(tmp_path / "book.xlsx", [(7, "General", ""), (value, code, "")])
    with pytest.raises(DatasetError) as raised:
        parse(small.tables(groups=None) | {"members": table})
    (fault,) = [fault for fault in raised.value.faults if fault.column == "student"]
    assert (fault.sheet, fault.cell) == ("members", "A3")
    assert fault.rule.startswith(rule)
    assert "as text" in fault.fix


def test_numbers_with_decimals_are_no_fault_in_other_columns(tmp_path: Path):
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "schools"
    page.append(["school", "name", "open", "close", "latitude"])
    page.append(["elm", "Elm", "08:00", "15:30", 47.25])
    page.append(["oak", 2.5, "08:00", "15:30", -3])
    book.save(tmp_path / "book.xlsx")
    schools = parse(small.tables() | read_workbook(tmp_path / "book.xlsx")).schools
    assert [str(school.latitude) for school in schools] == ["47.25", "-3"]
    assert schools[1].name == "2.5"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1.23457E+15", "is a long number that a spreadsheet has shortened."),
        ("1E+15", "is a long number that a spreadsheet has shortened."),
        ("########", "is what a spreadsheet shows where a column is too narrow."),
    ],
)
def test_what_a_spreadsheet_writes_for_a_long_number_is_no_id(text: str, rule: str):
    (fault,) = small.faults(members=f"student,group\n{text},elm-read\n")
    assert (fault.row, fault.column, fault.rule) == (2, "student", rule)
    assert small.faults(members="student,group\n1e3,elm-read\n") == []


def test_an_import_refuses_the_same_ids(tmp_path: Path):
    mapping = SheetMapping("members", {"student": "student", "group": "group"})
    cells: list[Cell] = [(417, "00000", "00417"), (2**60, "0", ""), (1.5, "0", "")]
    found = translate(workbook(tmp_path / "book.xlsx", cells), mapping, None)
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "student"), (4, "student")]
    shown = as_csv([("", "", "00417"), ("", "", "1.15E+18")])
    assert [fault.row for fault in translate(shown, mapping, None).faults] == [3]


def test_line_breaks_and_spaces_are_folded_in_every_text():
    staff = 'staff,name,role,schools\nESP-01,"Person\n One",para,elm\n'
    groups = 'group,school,grades,tier,minutes,sessions,students,subject\n"elm \n read",elm,K-2,2,30,4,4,"reading\n X"\n'
    data = small.dataset(staff=staff, groups=groups)
    assert data.staff[0].name == "Person One"
    assert (data.groups[0].group, data.groups[0].subject) == ("elm read", "reading X")
