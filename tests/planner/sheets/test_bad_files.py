"""Files as they come by mail: renamed, cut off, locked, swollen, hidden, merged. Each is said in
one clear message.
"""

import os
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from planner.sheets import workbook_archive
from planner.sheets.dataset import contract_sheets, load, read_tables, save
from planner.sheets.dataset_warnings import hidden
from planner.words.errors import DatasetError, Fault
from tests.planner import small

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.xlsx"
    save(small.dataset(), path)
    return path


def faults_of(path: Path) -> list[Fault]:
    try:
        load(path)
    except DatasetError as error:
        return list(error.faults)
    return []


def only(path: Path) -> Fault:
    (fault,) = faults_of(path)
    return fault


def edited(good: Path, path: Path, edit: Callable[[Workbook], object]) -> Path:
    book = openpyxl.load_workbook(good)
    edit(book)
    book.save(path)
    return path


def place(book: Workbook, sheet: str, name: str, row: int = 2) -> str:
    """The cell of a column by its heading."""
    page: Worksheet = book[sheet]
    return f"{next(cell.column_letter for cell in page[1] if cell.value == name)}{row}"


def repacked(good: Path, path: Path, changes: dict[str, bytes]) -> Path:
    """The workbook with some of its parts replaced, or added."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in changes:
                new.writestr(part.filename, old.read(part))
        for name, content in changes.items():
            new.writestr(name, content)
    return path


def part_of(good: Path, sheet: str) -> str:
    return f"xl/worksheets/sheet{openpyxl.load_workbook(good).sheetnames.index(sheet) + 1}.xml"


# ---- What is no workbook


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "the file is empty. Copy it again"),
        (
            "a.xlsx",
            b"%PDF-1.7\n...",
            "is a PDF, not a workbook. Give the workbook that it was printed from.",
        ),
        ("a.xlsx", b"\xef\xbb\xbf<html><table>", "is a web page or XML, not a workbook."),
        (
            "a.xlsx",
            b"group,school\n1,2\n",
            "is text, not a workbook. Open it in a spreadsheet and save it as .xlsx",
        ),
        ("a.xlsx", bytes(range(1, 256)) * 9 + b"\0", "is no workbook, or is damaged."),
        (
            "a.xlsx",
            OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"),
            "is an old workbook (.xls). Open it in a spreadsheet",
        ),
        (
            "a.xlsx",
            OLE + b"\0" * 99_000 + "EncryptedPackage".encode("utf-16-le"),
            "is protected with a password.",
        ),
        (
            "~$plan.xlsx",
            b"\x05me" + b"\0" * 160,
            "leaves while a workbook is open. Give plan.xlsx instead.",
        ),
        (
            "a.xls",
            OLE,
            "is neither a workbook nor a folder. Open it in a spreadsheet and save it as .xlsx.",
        ),
        ("groups.csv", b"a,b\n", "A dataset is a folder of such files: give the folder."),
        ("a.pdf", b"%PDF", "Give a workbook that ends in .xlsx, or a folder of CSV files."),
    ],
)
def test_a_file_is_named_for_what_it_is(tmp_path: Path, name: str, content: bytes, words: str):
    (tmp_path / name).write_bytes(content)
    assert words in str(only(tmp_path / name))


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (
            "notes.txt",
            "is a zip archive that holds no workbook. Unpack it and give the .xlsx inside.",
        ),
        ("word/document.xml", "is a text document (.docx), not a workbook."),
        (
            "content.xml",
            "is an OpenDocument file (.ods), renamed. Open it in a spreadsheet and save it as "
            ".xlsx.",
        ),
        ("xl/workbook.bin", "is a binary workbook (.xlsb)."),
        ("xl/workbook.xml", "is damaged. Copy it again"),
    ],
)
def test_an_archive_is_named_for_what_it_is(tmp_path: Path, inside: str, words: str):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(inside, "x")
    assert words in only(tmp_path / "a.xlsx").rule + " " + only(tmp_path / "a.xlsx").fix


def test_a_workbook_cut_off_anywhere_is_damaged(good: Path, tmp_path: Path):
    content = good.read_bytes()
    for share in (0.01, 0.3, 0.9, 0.999):
        (tmp_path / "cut.xlsx").write_bytes(content[: int(len(content) * share)])
        assert only(tmp_path / "cut.xlsx").rule == "the file is damaged."


def test_links_devices_and_names_that_lead_nowhere(tmp_path: Path):
    os.symlink(tmp_path / "gone.xlsx", tmp_path / "link.xlsx")
    assert "is a link to a file that is not there." in str(only(tmp_path / "link.xlsx"))
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert "is a device, not a file." in str(only(tmp_path / "pipe.xlsx"))
    assert "cannot be opened (File name too long)." in str(only(tmp_path / ("x" * 400 + ".xlsx")))
    small.folder(tmp_path / "data")
    (tmp_path / "data" / "members.csv").mkdir()
    os.mkfifo(tmp_path / "data" / "pins.csv")
    assert [fault.sheet for fault in faults_of(tmp_path / "data")] == ["members", "pins"]


def test_a_file_that_may_not_be_read_or_is_locked(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    small.folder(tmp_path / "data")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    words = "(Permission denied). Close it where it is open, or ask who may read it."
    assert str(only(good)).endswith(f"the file cannot be opened {words}")
    assert all(
        str(fault).endswith(f"the file cannot be read {words}")
        for fault in faults_of(tmp_path / "data")
    )


def test_a_folder_that_holds_a_workbook_instead(good: Path, tmp_path: Path):
    (tmp_path / "book.xlsx").write_bytes(good.read_bytes())
    assert only(tmp_path).fix == f"Did you mean the workbook in it, '{tmp_path / 'book.xlsx'}'?"


# ---- Swollen files


def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "x")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(250):
                part.write(b" " * 1_000_000)
    unpacked: list[object] = []
    monkeypatch.setattr(
        zipfile.ZipFile, "open", lambda archive, name, *_, **__: unpacked.append(name)
    )
    assert str(only(path)).startswith(
        "bomb.xlsx: dataset: the file unpacks to 250 MB; a dataset may have 200."
    )
    assert unpacked == []


def test_a_directory_that_lies_about_sizes_is_found(good: Path, tmp_path: Path):
    part = part_of(good, "groups")
    with zipfile.ZipFile(good) as archive:
        padded = archive.read(part) + b" " * 3_000_000
    content = bytearray(repacked(good, tmp_path / "lie.xlsx", {part: padded}).read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    (tmp_path / "lie.xlsx").write_bytes(content)
    fault = only(tmp_path / "lie.xlsx")
    assert (fault.sheet, fault.rule) == ("groups", "the sheet is damaged and cannot be read.")


def test_one_long_text_in_very_many_cells_does_not_fill_the_memory(good: Path, tmp_path: Path):
    row = "".join(f'<c r="{letter}%d" t="s"><v>0</v></c>' for letter in "ABCDEFGH")
    rows = "".join(f'<row r="{n}">{row % ((n,) * 8)}</row>' for n in range(1, 1001))
    relations = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(good) as archive:
        related = archive.read(relations)
    text = '<Relationship Type="x/sharedStrings" Target="sharedStrings.xml" Id="texts"/>'
    changes = {
        relations: related.replace(b"</Relationships>", f"{text}</Relationships>".encode()),
        "xl/sharedStrings.xml": f"<sst {NAMESPACE}><si><t>{'a' * 30_000}</t></si></sst>".encode(),
        part_of(
            good, "groups"
        ): f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode(),
    }
    fault = only(repacked(good, tmp_path / "long.xlsx", changes))
    assert fault.rule == "the file shows long texts in too many cells."


def test_ten_megabytes_in_a_cell(good: Path, tmp_path: Path):
    edited(good, tmp_path / "marked.xlsx", lambda book: book["schools"].__setitem__("B2", "MARK"))
    part = part_of(good, "schools")
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as archive:
        xml = archive.read(part) if b"MARK" in archive.read(part) else b""
        shared = archive.read("xl/sharedStrings.xml") if not xml else b""
    name, content = (part, xml) if xml else ("xl/sharedStrings.xml", shared)
    path = repacked(
        tmp_path / "marked.xlsx",
        tmp_path / "huge.xlsx",
        {name: content.replace(b"MARK", b"x" * 10_000_000)},
    )
    fault = only(path)
    assert (fault.address, fault.rule) == (
        "schools!B2",
        "is longer than 32,767 letters, which no cell of a spreadsheet is.",
    )
    assert len(str(fault)) < 200


@pytest.mark.slow
def test_hundreds_of_thousands_of_empty_formatted_rows_are_passed_over(good: Path, tmp_path: Path):
    part = part_of(good, "groups")
    with zipfile.ZipFile(good) as archive:
        xml = archive.read(part)
    empty = b"".join(
        b'<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n)
        for n in range(9, 300_009)
    )
    path = repacked(
        good, tmp_path / "empty.xlsx", {part: xml.replace(b"</sheetData>", empty + b"</sheetData>")}
    )
    assert load(path) == small.dataset()


def test_a_long_and_wide_sheet_does_not_fill_the_memory(good: Path, tmp_path: Path):
    def spread(book: Workbook) -> None:
        book["groups"]["SF20"] = 1
        book["groups"]["A190000"] = "far"

    fault = only(edited(good, tmp_path / "wide.xlsx", spread))
    assert (fault.sheet, fault.fix) == ("groups", "Delete the rows and columns beyond the table.")


# ---- What a spreadsheet hides or joins


def test_merged_headings_and_a_title_above_them(good: Path, tmp_path: Path):
    merged = only(
        edited(good, tmp_path / "a.xlsx", lambda book: book["groups"].merge_cells("B1:C1"))
    )
    assert (merged.sheet, merged.row) == ("groups", 1)
    assert (
        merged.what
        == "the headings B1:C1 are merged cells. Unmerge B1:C1, so that every column has its own "
        "heading."
    )

    def add_title(book: Workbook) -> None:
        book["groups"].insert_rows(1, 2)
        book["groups"]["A1"] = "Our groups, autumn"
        book["groups"].merge_cells("A1:F1")

    titled = only(edited(good, tmp_path / "b.xlsx", add_title))
    assert (titled.sheet, titled.row, titled.what) == (
        "groups",
        1,
        "the headings stand in row 3. Delete the rows above them.",
    )


def test_of_merged_cells_only_the_first_holds_a_value(good: Path, tmp_path: Path):
    found = faults_of(
        edited(good, tmp_path / "a.xlsx", lambda book: book["schools"].merge_cells("B2:B3"))
    )
    assert [str(fault) for fault in found] == [
        "a.xlsx: sheet schools, row 3, column name (schools!B3): is merged with others (B2:B3); "
        "only the first holds a value."
        " Unmerge B2:B3."
    ]


def test_hidden_sheets_and_rows_count_and_are_told(good: Path, tmp_path: Path):
    def hide(book: Workbook) -> None:
        book["groups"].sheet_state = "hidden"
        book["pins"].sheet_state = "veryHidden"
        book["schools"].row_dimensions[3].hidden = True
        book["schools"].row_dimensions[99].hidden = True

    path = edited(good, tmp_path / "a.xlsx", hide)
    assert load(path) == small.dataset()
    told = [
        (fault.sheet, fault.row, fault.what)
        for fault in hidden(contract_sheets(read_tables(path))[0])
    ]
    assert told == [
        (
            "schools",
            3,
            "is hidden; it counts all the same. Show it, or delete it if it should not.",
        ),
        (
            "groups",
            0,
            "the sheet is hidden; its rows count all the same. Delete them if they should not.",
        ),
    ]


# ---- What a spreadsheet does to values


def test_values_as_a_spreadsheet_shows_them(good: Path, tmp_path: Path):
    def change(book: Workbook) -> None:
        fte, start = place(book, "staff", "fte"), place(book, "staff", "start")
        book["staff"][fte], book["staff"][fte].number_format = 0.875, "0.0%"
        book["staff"][start], book["staff"][start].number_format = 0.25 + 1 / 12, "hh:mm"
        rate = place(book, "oncosts", "rate_percent")
        book["oncosts"]["A2"], book["oncosts"][rate], book["oncosts"][rate].number_format = (
            "fica",
            0.0765,
            '0.00" "%',
        )
        book["groups"][place(book, "groups", "students")] = " 4\xa0"
        book["schools"]["A3"] = "oak "

    read = load(edited(good, tmp_path / "a.xlsx", change))
    assert (str(read.staff[0].fte), read.staff[0].start) == ("0.875", 8 * 60)
    assert str(read.oncosts[0].rate_percent) == "7.65"
    assert read.groups[0].students == 4
    assert read.schools[1].school == "oak"


@pytest.mark.parametrize(
    ("sheet", "column", "value", "shown", "words"),
    [
        (
            "groups",
            "minutes",
            timedelta(minutes=30),
            "00:30",
            "is a clock time, not a whole number. Write 30 if these are",
        ),
        ("groups", "minutes", -30, "-30", "must be more than 0."),
        ("groups", "minutes", 1e300, "1e+300", "is not a whole number. Write it like 30."),
        ("groups", "minutes", True, "yes", "is not a whole number."),
        ("groups", "students", "inf", "inf", "is not a whole number."),
        ("groups", "tier", "two", "two", "is not a whole number. Write it like 2."),
        (
            "groups",
            "grades",
            datetime(2026, 2, 1),
            "2026-02-01",
            "A spreadsheet may have turned it into a date",
        ),
        (
            "groups",
            "group",
            "read\u202eing",
            "read<U+202E>ing",
            "cannot be printed (U+202E). Write it again by hand.",
        ),
        ("groups", "sessions", "=1+1", "", "holds a formula without a value."),
        (
            "groups",
            "sessions",
            "#REF!",
            "",
            "holds an error of the spreadsheet. Mend its formula, or type the value.",
        ),
        ("groups", "sessions", "", "", "is required and is blank."),
        (
            "district",
            "year_end",
            46000,
            "46000",
            "is not a date. Write 2025-12-09 if that is the day, or format the column",
        ),
        (
            "district",
            "year_end",
            "18.6.2027",
            "18.6.2027",
            "is not a date. Write it like 2026-09-01.",
        ),
        ("district", "year_end", "1850-01-01", "1850-01-01", "is in the year 1850."),
        ("funds", "amount", "NaN", "NaN", "is not an amount of money; write it like 1324.50."),
        ("funds", "amount", -5, "-5", "must be at least 0."),
        ("staff", "role", "pará", "pará", "is not in the sheet roles. Did you mean 'para'?"),
    ],
)
def test_a_bad_value_is_told_with_its_cell(
    good: Path, tmp_path: Path, sheet: str, column: str, value: object, shown: str, words: str
):
    cell = ""

    def change(book: Workbook) -> None:
        nonlocal cell
        cell = place(book, sheet, column)
        book[sheet][cell] = value
        if isinstance(value, int) and column == "year_end":
            book[sheet][cell].number_format = "General"

    found = faults_of(edited(good, tmp_path / "a.xlsx", change))[0]
    assert (found.sheet, found.row, found.column, found.address) == (
        sheet,
        2,
        column,
        f"{sheet}!{cell}",
    )
    assert words in found.what
    assert f"'{shown}': " in str(found) if shown else "''" not in str(found)


def test_a_formula_counts_with_the_value_that_was_computed(good: Path, tmp_path: Path):
    part = part_of(good, "funds")
    with zipfile.ZipFile(good) as archive:
        xml = archive.read(part)
    assert xml.count(b"<v>1000</v>") == 2
    computed = xml.replace(b"<v>1000</v>", b"<f>500*4</f><v>2000</v>", 1)
    assert load(repacked(good, tmp_path / "a.xlsx", {part: computed})).funds[0].amount == 2000


def test_a_row_of_nothing_but_errors_is_told(good: Path, tmp_path: Path):
    def change(book: Workbook) -> None:
        for letter in "AB":
            book["members"][f"{letter}2"] = "#N/A"

    found = faults_of(edited(good, tmp_path / "a.xlsx", change))
    assert [fault.address for fault in found] == ["members!A2", "members!B2"]


def test_names_in_every_script(tmp_path: Path):
    names = ["بيت", "小学", "école", "e\u0301cole-2", "🏫", "straße"]
    schools = small.SHEETS["schools"] + "".join(f"{name},{name},,\n" for name in names)
    staff = f"staff,role,schools,start\nESP-01,para,{';'.join(['elm', *names[:3], 'école-2', *names[4:]])},08:00\n"
    made = small.dataset(schools=schools, staff=staff)
    save(made, tmp_path / "book.xlsx")
    save(made, tmp_path / "folder")
    assert load(tmp_path / "book.xlsx") == load(tmp_path / "folder") == made


# ---- CSV files


@pytest.mark.parametrize(
    ("content", "row", "words"),
    [
        (
            "school,name\nelm,Elm\n".encode("utf-16"),
            0,
            "is not UTF-8 text but UTF-16 ('Unicode text'). Save it as 'CSV UTF-8",
        ),
        (
            "school,name\nelm,Elm\noak,Él\n".encode("latin-1"),
            3,
            "is not UTF-8 text: a letter here was saved in another code.",
        ),
        (b"school;name\nelm;Elm", 1, "the columns are separated by semicolons, not by commas."),
        (b"\n\nschool\tname\nelm\tElm", 3, "the columns are separated by tabs, not by commas."),
        (b"school|name\nelm|Elm", 1, "the columns are separated by vertical bars, not by commas."),
        (
            b'school,name\nelm,Elm\noak,"Oak\nx,y\n',
            3,
            "a quotation mark that opens in this row is never closed.",
        ),
        (b'school,name\nelm,"El"m\n', 2, "the row cannot be read as CSV"),
        (b"school,name\nelm,E\0m\n", 0, "it holds bytes that no text has."),
        (
            b"school,name\nelm," + b"x" * 10_000_000,
            2,
            "a cell holds more than 1,000,000 characters.",
        ),
        (
            b"elm,Elm\noak,Oak\n",
            1,
            "the first row must name the columns, and none of these is a column of this sheet.",
        ),
        (
            b"sep=,\nschool,name\nelm,Elm\n",
            1,
            "the headings stand in row 2. Delete the rows above them.",
        ),
        (b"Our schools\n\nschool,name\nelm,Elm\n", 1, "the headings stand in row 3."),
        (
            b"school,name\nelm,Elm,,x\noak,Oak\n",
            2,
            "stands under no heading. Give its column a name, or delete it.",
        ),
        (
            b"school,name\nelm,Elm\noak\n",
            3,
            "is required and is blank. Write it like Elm Elementary.",
        ),
        (
            b"school,name,name\nelm,Elm,x\noak,Oak,y\n",
            1,
            "is there twice. Keep one of the columns.",
        ),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
def test_a_csv_file_is_told_with_its_row(tmp_path: Path, content: bytes, row: int, words: str):
    found = [
        f
        for f in faults_of(
            small.folder(tmp_path / "data", schools=content, staff=None, positions=None)
        )
        if f.kind == "fault"
    ]
    assert [(fault.file, fault.sheet, fault.row) for fault in found] == [
        ("schools.csv", "schools", row)
    ]
    assert words in found[0].what


def test_a_stray_cell_is_named(tmp_path: Path):
    schools = "school,name,open,close\nelm,Elm,08:00,15:30,,x\noak,Oak,08:00,15:30\n"
    assert only(small.folder(tmp_path / "data", schools=schools)).address == "schools!F2"


def test_the_limits_are_those_that_the_messages_name():
    assert (workbook_archive.LARGEST_FILE, workbook_archive.LARGEST_UNPACKED) == (
        50_000_000,
        200_000_000,
    )


# ---- Nothing is a formula


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=HYPERLINK(1)", "'=x"])
def test_text_that_a_spreadsheet_might_run_stays_text(tmp_path: Path, text: str):
    made = small.dataset(schools=small.SHEETS["schools"].replace("Elm", text))
    save(made, tmp_path / "book.xlsx")
    save(made, tmp_path / "folder")
    cell = openpyxl.load_workbook(tmp_path / "book.xlsx")["schools"]["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert bool(cell.quotePrefix) is (text[0] != "'")
    written = (tmp_path / "folder" / "schools.csv").read_text().splitlines()[1].split(",")[1]
    assert written == f"'{text}"
    assert load(tmp_path / "book.xlsx") == load(tmp_path / "folder") == made
