"""What `save` writes is what openpyxl writes, part for part."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from planner.sheets.workbook_saving import save

VALUES = (
    "text",
    "  <spaces & signs>  ",
    "two\nlines",
    " ",
    "",
    None,
    7,
    -0.5,
    Decimal("1234567.89"),
    True,
    "=SUM(A1:A3)",
    "#N/A",
    date(2026, 9, 1),
    datetime(2026, 9, 1, 8, 30),
    time(8, 30),
    timedelta(hours=2),
)


def everything() -> Workbook:
    """A workbook with each kind of cell, and with what stands around cells."""
    book = Workbook()
    page = book.worksheets[0]
    for row, value in enumerate(VALUES, start=1):
        page.cell(row, 1, value)
        page.cell(row, 30, value).font = Font(bold=True)
    bold = InlineFont(b=True)
    page["B1"] = CellRichText("plain ", TextBlock(bold, "bold "), TextBlock(bold, "& more"))
    page["B2"].fill = PatternFill("solid", fgColor="FFDDE7EB")
    page["B3"] = "a link"
    page["B3"].hyperlink = "https://example.org/?a=1&b=2"
    page["B4"].comment = Comment("a note", "planner")
    page["B5"].hyperlink = "#'Second'!A1"
    page.merge_cells("C1:D4")
    page.merge_cells("E2:E9")
    page.row_dimensions[3].height = 22.5
    page.row_dimensions[90].hidden = True
    page.column_dimensions["A"].width = 30
    page.freeze_panes = "B2"
    page.protection.sheet = True
    page.auto_filter.ref = "A1:B9"
    choice = DataValidation(type="list", formula1='"a,b"')
    choice.add("A2:A9")
    page.add_data_validation(choice)
    book.create_sheet("Second")
    return book


def parts(path: Path) -> dict[str, bytes]:
    """What a file holds, but when it was written."""
    with ZipFile(path) as archive:
        names = (name for name in archive.namelist() if name != "docProps/core.xml")
        return {name: archive.read(name) for name in names}


def test_the_file_is_the_one_that_openpyxl_writes(tmp_path: Path):
    everything().save(tmp_path / "theirs.xlsx")
    save(everything(), tmp_path / "ours.xlsx")
    theirs, ours = parts(tmp_path / "theirs.xlsx"), parts(tmp_path / "ours.xlsx")
    empty = "xl/worksheets/sheet2.xml"
    ours[empty] = ours[empty].replace(b"<sheetData></sheetData>", b"<sheetData />")
    theirs[empty] = theirs[empty].replace(b"<sheetData></sheetData>", b"<sheetData />")
    assert ours == theirs


def test_a_workbook_that_was_read_is_written_as_openpyxl_does(tmp_path: Path):
    everything().save(tmp_path / "read.xlsx")
    load_workbook(tmp_path / "read.xlsx", rich_text=True).save(tmp_path / "theirs.xlsx")
    save(load_workbook(tmp_path / "read.xlsx", rich_text=True), tmp_path / "ours.xlsx")
    first = "xl/worksheets/sheet1.xml"
    assert parts(tmp_path / "ours.xlsx")[first] == parts(tmp_path / "theirs.xlsx")[first]


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=20))
def test_text_is_read_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str):
    book = Workbook()
    cell = book.worksheets[0].cell(1, 1)
    cell.value = text.replace("\ufffe", "").replace("\uffff", "")
    cell.data_type = "s"
    path = tmp_path_factory.mktemp("text") / "book.xlsx"
    save(book, path)
    assert (load_workbook(path).worksheets[0]["A1"].value or "") == cell.value
