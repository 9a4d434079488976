"""Exports in the encodings, separators and kinds of file in which they come."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planner.sheets.importing.export_file import Export, export_of, read_below_title, read_export
from planner.words.errors import DatasetError

LINES = "Emp;Name\nE-1;Núñez\n"


def refused(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(DatasetError) as caught:
        read_export(path, sheet)
    return str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "called"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("latin-1", "Latin-1"),
        ("cp1252", "Latin-1"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(encoding: str, called: str, separator: str):
    export = export_of(LINES.replace(";", separator).encode(encoding), "hr.csv")
    assert export.table.headings == ("Emp", "Name")
    assert export.table.rows == [(2, {"Emp": "E-1", "Name": "Núñez"})]
    assert export.encoding == called


def test_separators_inside_quotes_do_not_count():
    export = export_of(b'"Emp, id; no";"Name, all"\nE-1;"a,b,c"\n', "hr.csv")
    assert export.table.headings == ("Emp, id; no", "Name, all")
    assert export.separator == "semicolons"


def test_a_title_above_the_headings_is_passed_over():
    export = export_of(b"Active, all, by site\n\nEmp;Name\nE-1;x\n", "hr.csv", heading_row=2)
    assert (export.table.headings, export.table.heading_row) == (("Emp", "Name"), 3)
    assert export.table.rows == [(4, {"Emp": "E-1", "Name": "x"})]


@pytest.mark.parametrize(
    ("text", "row", "headings"),
    [
        ("Active staff\nRun 8/20/2026\n\nEmp,Name\nE-1,x\n", 4, ("Emp", "Name")),
        ("Emp\nE-1\nE-2\n", 1, ("Emp",)),
        ("Emp,Name\nE-1,x\n", 1, ("Emp", "Name")),
    ],
)
def test_a_title_of_one_cell_a_row_is_noticed(
    tmp_path: Path, text: str, row: int, headings: tuple[str, ...]
):
    (tmp_path / "hr.csv").write_text(text)
    table = read_below_title(tmp_path / "hr.csv").table
    assert (table.heading_row, table.headings) == (row, headings)


def a_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Report"
    book.active.append(["Staff report"])
    book.active.append(["Emp", "Hired", "FTE"])
    book.active.append([10023, date(2019, 8, 14), 0.875])
    book.create_sheet("Other").append(["Id"])
    book.save(path)


def test_a_workbook_is_read_from_its_first_or_a_named_sheet(tmp_path: Path):
    a_workbook(tmp_path / "hr.xlsx")
    export: Export = read_export(tmp_path / "hr.xlsx", heading_row=2)
    assert export.table.rows == [(3, {"Emp": "10023", "Hired": "2019-08-14", "FTE": "0.875"})]
    assert read_below_title(tmp_path / "hr.xlsx").table == export.table
    assert read_export(tmp_path / "hr.xlsx", "Other").table.headings == ("Id",)
    assert (
        refused(tmp_path / "hr.xlsx", "Othr")
        == "hr.xlsx: dataset: the export has no sheet 'Othr'. Did you mean 'Other'?"
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"PK\x03\x04rest", "is a workbook or an archive under another name"),
        ("a.csv", b'Emp,Name\nE-1,"open', "cannot be read as CSV"),
        ("a.csv", b"", "holds no headings"),
        ("a.csv", b"Emp,Name\nE-1,x" + b" " * 1000 + b"\0", "is no text"),
        ("a.csv", b"\xff\xfea", "is no text in a known encoding"),
        ("a.xlsx", b"%PDF", "is a PDF, not a workbook"),
    ],
)
def test_a_file_that_is_no_export_is_named(tmp_path: Path, name: str, content: bytes, words: str):
    (tmp_path / name).write_bytes(content)
    assert words in refused(tmp_path / name)


def test_a_file_that_is_not_there_or_has_no_sheets(tmp_path: Path):
    assert refused(tmp_path / "no.csv") == "no.csv: dataset: the export is not there."
    assert "is a folder" in refused(tmp_path)
    (tmp_path / "a.csv").write_text("a\n1\n")
    assert "has no sheets" in refused(tmp_path / "a.csv", "x")
