"""Whatever way a workbook's XML is written: it means the same, or is said to be damaged."""

import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.sheets.number_formats import Shown, format_of_code
from planner.sheets.raw_table import RawSheet
from planner.sheets.workbook_reading import read_workbook
from tests.planner.sheets.rewritten import MAIN, RELATED, rewritten

FEW = settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cells of every kind, as spreadsheets write them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "rate", "share", "day", "time", "flag", None, "note"])
    sheet.append(["a", 0.0765, 3, 46266, 1 / 3, True, None, "two lines & <more>"])
    sheet.append([])
    sheet.append(["b  c", 0.5, "7%", 46300.5, 0.75, False, None, "_x0041_"])
    sheet.append(["é", "#REF!", "=1+1", None, 1.5, None, None, " x "])
    sheet.append([1234567890123456, 1e-7, -4, 0, 1e300, None, None, "0012"])
    for row in range(2, 7):
        for column, code in (("B", "0.00%"), ("D", "yyyy-mm-dd"), ("E", "[h]:mm")):
            sheet[f"{column}{row}"].number_format = code
    sheet["A6"].data_type = "n"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("hidden").sheet_state = "hidden"
    book["hidden"]["B3"] = "far"
    book.create_sheet("joined").append(["x", "y"])
    book["joined"].append([1, 2])
    book["joined"].append([3, 4])
    book["joined"].merge_cells("B2:B3")
    path = tmp_path_factory.mktemp("plain") / "book.xlsx"
    book.save(path)
    return path


def test_cells_of_every_kind_are_read(plain: Path):
    table = read_workbook(plain)["Sheet"]
    assert table.rows[0] == (
        2,
        {
            "id": "a",
            "rate": "7.65%",
            "share": "3",
            "day": "2026-09-01",
            "time": "08:00",
            "flag": "yes",
            "note": "two lines & <more>",
        },
    )
    assert dict(table.rows[1][1])["day"] == "2026-10-05 12:00"
    assert {place: words[0] for place, words in table.unreadable.items()} == {
        (5, "rate"): "holds an error of the spreadsheet.",
        (5, "share"): "holds a formula without a value.",
    }
    assert dict(table.rows[2][1])["time"] == "36:00"
    assert dict(table.rows[3][1])["id"] == "1234567890123456"
    assert (table.hidden, table.hidden_columns) == ((4,), ("share",))


@FEW
@given(seed=st.integers(0, 2**32))
def test_xml_that_is_written_otherwise_means_the_same(
    plain: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
):
    path = tmp_path_factory.mktemp("rewritten") / plain.name
    assert read_workbook(rewritten(plain, path, random.Random(seed))) == read_workbook(plain)


# ---- What no sheet holds


def read(folder: Path, *sheets: str, names: tuple[str, ...] = ("s",)) -> dict[str, RawSheet]:
    """The tables of a workbook of which only the XML of its sheets is given."""
    named = "".join(f'<sheet name="{name}" r:id="r{n}"/>' for n, name in enumerate(names))
    related = "".join(
        f'<Relationship Id="r{n}" Type="x/worksheet" Target="s{n}.xml"/>' for n in range(len(names))
    )
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{named}</sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{related}</Relationships>")
        for n, sheet in enumerate(sheets):
            archive.writestr(f"xl/s{n}.xml", sheet)
    return read_workbook(path)


def sheet_of(inside: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData>{after}</worksheet>'


NOWHERE = "a cell stands where no spreadsheet has one; the last is XFD1048576."
DAMAGED = "the sheet is damaged and cannot be read."
ELSE = "the sheet cannot be read: something else is stored in its place."
TWICE = "a cell is stored twice."


@pytest.mark.parametrize(
    ("xml", "rule", "row"),
    [
        (sheet_of('<row r="20"><c r="ZZZZZZZZZZZZZZ20"><v>1</v></c></row>'), NOWHERE, 20),
        (sheet_of('<row r="2"><c r="XFE2"><v>1</v></c></row>'), NOWHERE, 2),
        (sheet_of('<row r="100000000"><c r="A100000000"/></row>'), NOWHERE, 100_000_000),
        (sheet_of('<row r="30000000"/>'), NOWHERE, 30_000_000),
        (sheet_of("<row>" + "<c/>" * 16_385 + "</row>"), NOWHERE, 1),
        (sheet_of('<row r="x"/>'), DAMAGED, 0),
        (sheet_of('<row r="2"><c r="A3"><v>1</v></c></row>'), DAMAGED, 2),
        (sheet_of('<row r="2"><c r="a2"><v>1</v></c></row>'), NOWHERE, 2),
        (sheet_of("<row><c><w>1</w></c></row>"), DAMAGED, 1),
        (sheet_of("<row><d><v>1</v></d></row>"), DAMAGED, 1),
        (sheet_of("<row><c><v>1</v><v>2</v></c></row>"), TWICE, 1),
        (sheet_of('<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), TWICE, 1),
        (sheet_of('<row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'), TWICE, 1),
        (sheet_of("<row><c><v>1</v></c></row>").replace("</row>", ""), DAMAGED, 0),
        ("<html><body>hello</body></html>", ELSE, 0),
        (f'<worksheet xmlns="{MAIN}"/>', ELSE, 0),
        ('<worksheet xmlns="urn:other"><sheetData/></worksheet>', ELSE, 0),
        ("", DAMAGED, 0),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + sheet_of(""), DAMAGED, 0),
        (sheet_of("", "<a>" * 300 + "</a>" * 300), DAMAGED, 0),
        (sheet_of("", f"<!--{' ' * 5_000_000}-->"), DAMAGED, 0),
        (
            sheet_of("<row><c><v>1</v></c></row>", '<mergeCells><mergeCell ref="A:Q"/></mergeCells>'),
            NOWHERE,
            0,
        ),
        (
            sheet_of("<row/><row><c/><c><v>1</v></c></row>", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 3 + "</mergeCells>"),
            DAMAGED,
            2,
        ),
    ],
)  # fmt: skip
def test_a_sheet_that_no_spreadsheet_has_is_told_of(tmp_path: Path, xml: str, rule: str, row: int):
    (table,) = read(tmp_path, xml).values()
    assert table.broken is not None
    assert (table.broken[0], table.broken_row) == (rule, row)


def test_a_sheet_whose_part_is_not_there_is_told_of(tmp_path: Path):
    tables = read(tmp_path, sheet_of("<row><c><v>1</v></c></row>"), names=("here", "gone"))
    assert tables["here"].broken is None
    assert tables["gone"].broken is not None
    assert tables["gone"].broken[0] == ELSE


@pytest.mark.parametrize("second", ["staff", "STAFF", " Staff "])
def test_of_two_sheets_with_one_name_neither_is_read(tmp_path: Path, second: str):
    sheet = sheet_of("<row><c><v>1</v></c></row>")
    (table,) = read(tmp_path, sheet, sheet, names=("staff", second)).values()
    assert table.broken is not None
    assert table.broken[0] == "two sheets of the workbook are called staff."


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ('<c t="e"><v>#N/A</v></c>', "holds an error of the spreadsheet."),
        ('<c t="e"/>', "holds an error of the spreadsheet."),
        ("<c>\n<f>\n1+1\n</f>\n</c>", "holds a formula without a value."),
        ('<c><f t="shared" si="0"/><v/></c>', "holds a formula without a value."),
        ("<c><v>abc</v></c>", "is marked as a number and holds none."),
        ("<c><v>NaN</v></c>", "is marked as a number and holds none."),
        ('<c t="s"><v>0</v></c>', "refers to a text that the workbook does not hold."),
        ('<c t="b"><v>2</v></c>', "is marked as TRUE or FALSE and is neither."),
        ('<c t="d"><v>1.9.2026</v></c>', "is marked as a date and holds none."),
        ('<c t="w"><v>1</v></c>', "is of a kind that no spreadsheet has."),
    ],
)
def test_a_cell_without_a_value_is_told_of(tmp_path: Path, cell: str, rule: str):
    head = '<row><c t="str"><v>a</v></c></row>'
    (table,) = read(tmp_path, sheet_of(f"{head}<row>{cell}</row>")).values()
    assert {place: words[0] for place, words in table.unreadable.items()} == {(2, "a"): rule}
    (table,) = read(tmp_path, sheet_of(f"<row>{cell}</row>")).values()
    assert table.broken is not None
    assert table.broken[0] == f"the heading A1 {rule}"


def test_a_strict_workbook_writes_its_dates_out(tmp_path: Path):
    days = ("2026-09-01", "2026-09-01T00:00:00", "2026-09-01T08:30:00", "08:30:00")
    cells = "".join(f'<row><c t="d"><v>{day}</v></c></row>' for day in days)
    head = '<row><c t="str"><v>a</v></c></row>'
    (table,) = read(tmp_path, sheet_of(head + cells)).values()
    assert [cells["a"] for _, cells in table.rows] == [
        "2026-09-01",
        "2026-09-01",
        "2026-09-01 08:30",
        "08:30",
    ]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", Shown.NUMBER),
        ("0.00%", Shown.PERCENT),
        ('0.00" "%', Shown.PERCENT),
        ('0.0"%"', Shown.NUMBER),
        ("0.0\\%", Shown.NUMBER),
        ("dd/mm/yyyy", Shown.MOMENT),
        ("[$-409]d-mmm;@", Shown.MOMENT),
        ("h:mm AM/PM", Shown.MOMENT),
        ("[h]:mm:ss", Shown.ELAPSED),
        ("[mm]:ss", Shown.ELAPSED),
        ('#,##0.00 "days"', Shown.NUMBER),
        ("[Red]0.00;[Blue]-0.00", Shown.NUMBER),
        ("[$SEK] #,##0", Shown.NUMBER),
        ('_("$"* #,##0.00_)', Shown.NUMBER),
        ("0;0;\"no day\"", Shown.NUMBER),
        ("00000", Shown.NUMBER),
    ],
)  # fmt: skip
def test_a_format_tells_what_a_number_is_shown_as(code: str, shown: Shown):
    assert format_of_code(code).shown is shown
