"""Workbooks that once ended the program, lost a sheet, or read another figure than they hold."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planner.sheets.dataset import load, save
from planner.words.errors import DatasetError
from tests.planner import small
from tests.ui.command import planner

SAVE_AGAIN = "Copy the workbook again, or open it in a spreadsheet and save it again as .xlsx."
NOWHERE = (
    "a cell stands where no spreadsheet has one; the last is XFD1048576. Delete it, or open the "
    "workbook in a spreadsheet and save it again."
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "book.xlsx"
    save(small.dataset(), path)
    return path


def spoilt(whole: Path, folder: Path, sheet: str, spoil: Callable[[str], str]) -> Path:
    """The workbook with the XML of one sheet changed; of the workbook itself, where none is
    named.
    """
    names = openpyxl.load_workbook(whole, read_only=True).sheetnames
    place = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml" if sheet else "xl/workbook.xml"
    target = folder / "book.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, spoil(content.decode()) if part == place else content)
    return target


def added(rows: str) -> Callable[[str], str]:
    return lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>")


@pytest.mark.parametrize(
    ("sheet", "spoil", "said"),
    [
        (
            "groups",
            added('<row r="20"><c r="ZZZZZZZZZZZZZZ20"><v>1</v></c></row>'),
            f"sheet groups, row 20: {NOWHERE}",
        ),
        (
            "groups",
            added('<row r="100000000"><c r="A100000000"><v>1</v></c></row>'),
            f"sheet groups, row 100000000: {NOWHERE}",
        ),
        (
            "roles",
            added('<row r="30000000"><c r="A30000000"><v>1</v></c></row>'),
            f"sheet roles, row 30000000: {NOWHERE}",
        ),
        (
            "calendar",
            lambda _: "<html><body>hello</body></html>",
            "sheet calendar: the sheet cannot be read: something else is stored in its place. "
            + SAVE_AGAIN,
        ),
        (
            "",
            lambda xml: xml.replace('name="teachers"', 'name="staff"'),
            "sheet staff: two sheets of the workbook are called staff. Rename or delete one of "
            "them.",
        ),
        (
            "members",
            lambda xml: xml[: len(xml) // 2],
            f"sheet members: the sheet is damaged and cannot be read. {SAVE_AGAIN}",
        ),
    ],
    ids=[
        "column-of-fourteen-letters",
        "row-one-hundred-million",
        "row-thirty-million",
        "sheet-is-a-web-page",
        "two-sheets-one-name",
        "broken-xml",
    ],
)
def test_what_no_workbook_holds_is_one_sentence(
    whole: Path, tmp_path: Path, sheet: str, spoil: Callable[[str], str], said: str
):
    with pytest.raises(DatasetError) as refused:
        load(spoilt(whole, tmp_path, sheet, spoil))
    assert [str(fault) for fault in refused.value.faults] == [f"book.xlsx: {said}"]


def test_a_row_that_no_sheet_has_is_said_by_the_command(whole: Path, tmp_path: Path):
    spoil = added('<row r="100000000"><c r="A100000000"><v>1</v></c></row>')
    run = planner("validate", spoilt(whole, tmp_path, "groups", spoil))
    assert run.exit_code == 2
    assert f"row 100000000: {NOWHERE}" in run.output


# ---- Cells written in other legal ways


def without_references(xml: str) -> str:
    return re.sub(r'(<c) r="[A-Z]+\d+"', r"\1", xml)


def kind_first(xml: str) -> str:
    return re.sub(r'<c r="([A-Z]+\d+)"([^>]*) t="(\w+)"', r'<c t="\3"\2 r="\1"', xml)


def single_quotes(xml: str) -> str:
    return re.sub(r'="([^"\']*)"', r"='\1'", xml)


def line_breaks(xml: str) -> str:
    return re.sub(r"(<(?:c|row|f|v|is)\b)", r"\n\1\n", xml).replace("</c>", "\n</c\n>")


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")


def strict(xml: str) -> str:
    usual = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return xml.replace(usual, "http://purl.oclc.org/ooxml/spreadsheetml/main")


@pytest.mark.parametrize(
    "written",
    [without_references, kind_first, single_quotes, line_breaks, prefixed, strict],
    ids=lambda way: way.__name__,
)
def test_errors_and_percentages_are_seen_in_every_writing(
    tmp_path: Path, written: Callable[[str], str]
):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in small.SHEETS.items():
        page = book.create_sheet(name)
        for line in text.splitlines():
            page.append(line.split(","))
    book.create_sheet("oncosts").append(["oncost", "rate_percent"])
    book["oncosts"].append(["fica", 0.0765])
    book["oncosts"]["B2"].number_format = "0.00%"
    book.save(tmp_path / "plain.xlsx")
    path = spoilt(tmp_path / "plain.xlsx", tmp_path, "oncosts", written)
    assert str(load(path).oncosts[0].rate_percent) == "7.65"

    book["oncosts"].append(["#REF!", "=1+1"])
    book.save(tmp_path / "plain.xlsx")
    with pytest.raises(DatasetError) as refused:
        load(spoilt(tmp_path / "plain.xlsx", tmp_path, "oncosts", written))
    assert [(fault.address, fault.rule) for fault in refused.value.faults] == [
        ("oncosts!A3", "holds an error of the spreadsheet."),
        ("oncosts!B3", "holds a formula without a value."),
    ]


def test_dates_may_be_counted_from_1904(whole: Path, tmp_path: Path):
    book = openpyxl.load_workbook(whole)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    columns = {cell.value: cell.column_letter for cell in book["schools"][1]}
    cell = book["schools"][f"{columns['close']}2"]
    cell.value, cell.number_format = 0.999988425925926, "h:mm:ss"  # 23:59:59
    book.save(tmp_path / "book.xlsx")
    read = load(tmp_path / "book.xlsx")
    assert read.district.year_start == small.dataset().district.year_start == date(2026, 9, 1)
    assert read.schools[0].close == 24 * 60
