"""Imports into a workbook: its other sheets, notes and lists stay as they are."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from planner.facts.sheets import SHEETS
from planner.sheets.dataset import load, save
from planner.sheets.importing.mapping import SheetMapping
from planner.words.errors import DatasetError
from tests.planner import small
from tests.planner.sheets.importing.imports import imported

MAPPING = SheetMapping(
    "staff", {"staff": "Emp", "role": "Title", "hire_date": "Hired", "fte": "FTE"}
)
EXPORT = "Emp,Title,Hired,FTE\nE-1,para,2019-08-14,0.875\nESP-01,para,2025-09-02,\n-E,para,,\n"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    path = tmp_path / "district.xlsx"
    save(
        small.dataset(
            staff="staff,role,schools\nESP-00,para,oak\nESP-01,para,elm\nESP-02,para,elm\n"
        ),
        path,
    )
    book = openpyxl.load_workbook(path)
    book.create_sheet("_sketch")["A1"] = "mine"
    book["staff"].cell(1, len(SHEETS["staff"].model_fields) + 1, "_note")
    book["staff"].cell(3, len(SHEETS["staff"].model_fields) + 1, "keep")
    book.save(path)
    return path


def column(book: openpyxl.Workbook, name: str) -> list[object]:
    page = book["staff"]
    place = next(cell.column for cell in page[1] if cell.value == name)
    return [
        page.cell(row, place).value for row in range(2, page.max_row + 1) if page.cell(row, 1).value
    ]


def test_rows_are_changed_and_added_in_their_sheet(there: Path):
    done = imported(EXPORT, MAPPING, there)
    assert (done.sheets[0].added, done.sheets[0].changed, done.missing) == (
        ["E-1", "-E"],
        ["ESP-01"],
        (),
    )
    book = openpyxl.load_workbook(there)
    assert column(book, "staff") == ["ESP-00", "ESP-01", "ESP-02", "E-1", "-E"]
    assert column(book, "hire_date") == [
        None,
        datetime(2025, 9, 2),
        None,
        datetime(2019, 8, 14),
        None,
    ]
    assert column(book, "fte") == [None, None, None, 0.875, None]
    assert column(book, "_note") == [None, "keep", None, None, None]
    assert column(book, "schools") == ["oak", "elm", "elm", None, None]
    assert book["staff"]["A6"].data_type == "s"
    assert book["_sketch"]["A1"].value == "mine"
    assert all(cell.comment for cell in book["groups"][1])
    assert [person.staff for person in load(there).staff] == [
        "ESP-00",
        "ESP-01",
        "ESP-02",
        "E-1",
        "-E",
    ]
    assert imported(EXPORT, MAPPING, there).sheets[0].unchanged == 3


def test_replace_deletes_rows(there: Path):
    done = imported(EXPORT, MAPPING, there, replace=True)
    assert done.sheets[0].gone == ["ESP-00", "ESP-02"]
    book = openpyxl.load_workbook(there)
    assert column(book, "staff") == ["ESP-01", "E-1", "-E"]
    assert column(book, "_note") == ["keep", None, None]


def test_a_cell_with_an_error_waits_for_its_owner(there: Path):
    book = openpyxl.load_workbook(there)
    place = next(cell.column for cell in book["staff"][1] if cell.value == "home_school")
    book["staff"].cell(3, place, "#N/A").data_type = "e"
    book.save(there)
    done = imported(EXPORT, MAPPING, there)
    assert [(fault.row, fault.column) for fault in done.missing] == [(3, "home_school")]
    assert column(openpyxl.load_workbook(there), "home_school")[1] == "#N/A"
    assert column(openpyxl.load_workbook(there), "hire_date")[1] == datetime(2025, 9, 2)


def test_a_new_workbook_has_every_sheet(tmp_path: Path):
    done = imported(EXPORT, MAPPING, tmp_path / "new.xlsx")
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    assert book.sheetnames == ["READ ME", *SHEETS]
    assert column(book, "staff") == ["E-1", "ESP-01", "-E"]
    assert {fault.sheet for fault in done.missing} == {
        "district",
        "roles",
        "schools",
        "blocks",
        "groups",
    }


def test_a_workbook_with_formulas_is_left_alone(there: Path):
    book = openpyxl.load_workbook(there)
    book["groups"]["F2"] = "=2+2"
    book.save(there)
    before = there.read_bytes()
    with pytest.raises(DatasetError) as caught:
        imported(EXPORT, MAPPING, there)
    assert str(caught.value) == (
        "district.xlsx: sheet groups, row 2: '=2+2': is a formula, whose value would be lost. "
        "Paste it as a value, or import into a folder of CSV files."
    )
    assert there.read_bytes() == before
