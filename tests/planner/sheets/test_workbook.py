from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from planner.facts.cell_formats import Reading
from planner.facts.row import columns_of
from planner.facts.sheets import SHEETS, heading
from planner.sheets.dataset import load, save
from planner.sheets.schema import schema_json, schema_text
from planner.sheets.workbook import template
from planner.words.errors import DatasetError, Fault
from tests.planner import small


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    template(path)
    return path


@pytest.fixture
def book(blank: Path) -> Workbook:
    return openpyxl.load_workbook(blank)


def faults_after(book: Workbook, path: Path) -> list[Fault]:
    book.save(path)
    try:
        load(path)
    except DatasetError as error:
        return list(error.faults)
    return []


def column_of(book: Workbook, sheet: str, name: str) -> str:
    """The letter of a column."""
    return next(cell.column_letter for cell in book[sheet][1] if cell.value == name)


# ---- The template


def test_the_template_is_valid_as_it_stands(blank: Path):
    dataset = load(blank)
    for sheet in SHEETS:
        assert len(dataset.rows(sheet)) == (2 if sheet == "schools" else 1)


def test_the_template_holds_every_column_in_order(book: Workbook):
    assert book.sheetnames == ["READ ME", *SHEETS]
    for sheet, model in SHEETS.items():
        assert [cell.value for cell in book[sheet][1]] == [
            heading(column.name) for column in columns_of(model)
        ]


def test_every_required_column_has_an_example():
    missing = [
        f"{s}.{c.name}"
        for s, m in SHEETS.items()
        for c in columns_of(m)
        if c.required and not c.example
    ]
    assert missing == []


def test_examples_can_be_read():
    for sheet, model in SHEETS.items():
        row = {c.name: c.example for c in columns_of(model) if c.example}
        assert model.model_validate(row, context=Reading()), sheet


def test_the_first_page_tells_what_to_do_and_leads_to_each_sheet(book: Workbook):
    page = book["READ ME"]
    assert sum(1 for row in page.iter_rows(max_row=10, values_only=True) if row[1]) == 10
    links = [cell.hyperlink.location for cell in page["A"] if cell.hyperlink]
    assert links == [f"'{sheet}'!A1" for sheet in SHEETS]


def test_headings_carry_notes(book: Workbook):
    for sheet in SHEETS:
        assert all(cell.comment for cell in book[sheet][1])
    note = book["roles"][f"{column_of(book, 'roles', 'lunch_minutes')}1"].comment.text
    assert note.splitlines() == [
        "Duty-free lunch.",
        "Blank: 30.",
        "Write: whole number, like 30",
        "Unit: min",
        "Range: ≥ 0, ≤ 240",
    ]


def test_headings_stay_in_sight_and_required_ones_are_dark(book: Workbook):
    page = book["groups"]
    assert page.freeze_panes == "B2"
    required = page[f"{column_of(book, 'groups', 'tier')}1"]
    optional = page[f"{column_of(book, 'groups', 'mode')}1"]
    assert required.font.bold
    assert optional.font.bold
    assert required.fill.fgColor.rgb != optional.fill.fgColor.rgb


def choices(book: Workbook, sheet: str, name: str) -> list[str]:
    """The sources of the lists from which a column's second row is chosen."""
    cell = f"{column_of(book, sheet, name)}2"
    return [v.formula1 for v in book[sheet].data_validations.dataValidation if cell in v.cells]


def test_words_and_ids_are_chosen_from_lists(book: Workbook):
    assert choices(book, "groups", "mode") == ['"pull_out,push_in,co_teach,whole_class,off_site"']
    assert choices(book, "roles", "certificated") == ['"yes,no"']
    assert "'roles'!$A$2" in choices(book, "staff", "role")[0]
    assert "'schools'!$A$2" in choices(book, "travel", "to")[0]
    assert choices(book, "groups", "roles") == []  # several ids: a list would forbid them
    assert choices(book, "pins", "subject") == []  # ids of several sheets


def test_a_list_of_words_is_short_enough_for_a_spreadsheet(book: Workbook):
    for sheet in SHEETS:
        assert all(len(v.formula1) <= 255 for v in book[sheet].data_validations.dataValidation)


def test_values_have_their_own_types(book: Workbook):
    page = book["funds"]
    amount, expires = (
        page[f"{column_of(book, 'funds', 'amount')}2"],
        page[f"{column_of(book, 'funds', 'expires')}2"],
    )
    assert (amount.value, amount.number_format) == (120000, '#,##0.00 "USD"')
    assert (expires.value, expires.number_format) == (datetime(2027, 6, 30), "yyyy-mm-dd")
    grades = book["groups"][f"{column_of(book, 'groups', 'grades')}2"]
    assert (grades.value, grades.number_format) == ("2", "@")
    assert book["groups"].column_dimensions[grades.column_letter].number_format == "@"


def test_money_is_in_the_currency_of_the_district(tmp_path: Path):
    district = "name,year_start,year_end,currency\nA,2026-09-01,2027-06-18,GBP\n"
    save(small.dataset(district=district), tmp_path / "book.xlsx")
    assert (
        openpyxl.load_workbook(tmp_path / "book.xlsx")["funds"]["D2"].number_format
        == '#,##0.00 "GBP"'
    )


# ---- Writing and reading


def test_text_stays_text(tmp_path: Path):
    names = [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'=x",
        "_x0041_",
        "1-2",
        "08:30",
        "TRUE",
        "#N/A",
        "2026-09-01",
        "1.0",
    ]
    made = small.dataset(
        schools=small.SHEETS["schools"]
        + "".join(f"s{n},{name},,\n" for n, name in enumerate(names))
    )
    save(made, tmp_path / "book.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "book.xlsx")["schools"]["B"][3:]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [school.name for school in load(tmp_path / "book.xlsx").schools[2:]] == names


def test_cells_that_planners_type_otherwise_are_read(book: Workbook, tmp_path: Path):
    book["groups"]["E2"] = 2.0
    book["roles"]["G2"] = "480"
    book["staff"]["H2"] = time(7, 45)
    book["schools"]["E2"] = 1 / 3
    book["district"]["F2"] = "2026-09-01"
    book["oncosts"]["C2"] = 0.1 + 0.2
    book["training"]["A2"] = 7
    book["offerings"]["A2"] = "7"
    book["members"].append([])
    book["members"].append(["  S-0418 ", "elm-2-read-a"])
    book["groups"].title = "Groups "
    book.create_sheet("_sketch")["A1"] = "mine"
    assert faults_after(book, tmp_path / "book.xlsx") == []
    dataset = load(tmp_path / "book.xlsx")
    assert dataset.schools[0].open == 8 * 60
    assert str(dataset.oncosts[0].rate_percent) == "0.3"
    assert dataset.training[0].training == "7"
    assert dataset.members[1].student == "S-0418"


def test_a_fault_in_a_workbook_names_its_place(book: Workbook, tmp_path: Path):
    wrong = [
        ("district", "F2", "9/1/2026", "year_start", "is not a date"),
        ("oncosts", "C2", 140, "rate_percent", "must be at most 100"),
        ("staff", "G2", "#N/A", "step", "holds an error"),
        ("groups", "B2", "elmo", "school", "is not in the sheet schools"),
        ("members", "A2", True, "student", "is a yes or no to the spreadsheet"),
        ("duties", "B2", "meating", "kind", "is none of coaching"),
        ("duties", "I2", "=15*2", "minutes", "holds a formula without a value"),
        ("offerings", "C2", "thirty", "start", "is not a clock time"),
        ("pins", "D2", datetime(2026, 1, 2), "day", "is no day of the cycle"),
    ]
    for sheet, cell, value, _, _ in wrong:
        book[sheet][cell] = value
    found = faults_after(book, tmp_path / "book.xlsx")
    expected = [("book.xlsx", sheet, 2, column) for sheet, _, _, column, _ in wrong if column]
    assert [(fault.file, fault.sheet, fault.row, fault.column) for fault in found] == expected
    for fault, (*_, words) in zip(found, [case for case in wrong if case[3]], strict=True):
        assert words in fault.rule


def test_a_cell_far_away_does_not_fill_the_memory(book: Workbook, tmp_path: Path):
    book["members"]["XFD1048576"] = "x"
    (found,) = faults_after(book, tmp_path / "book.xlsx")
    assert found.sheet == "members"
    assert "far outside" in found.rule


def test_a_damaged_workbook_is_named(blank: Path, tmp_path: Path):
    (tmp_path / "half.xlsx").write_bytes(blank.read_bytes()[:5000])
    with pytest.raises(DatasetError, match="damaged"):
        load(tmp_path / "half.xlsx")


def test_a_workbook_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "book.xlsx"
    save(small.dataset(), path)
    before = path.read_bytes()

    def stop(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", stop)
    with pytest.raises(OSError, match="disk full"):
        save(small.dataset(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# ---- The contract


def test_the_schema_tells_every_sheet_and_column():
    text = schema_text()
    for sheet, model in SHEETS.items():
        assert f"\n{sheet}" in f"\n{text}"
        assert [column["name"] for column in schema_json()[sheet]["columns"]] == [
            heading(column.name) for column in columns_of(model)
        ]
    assert "* obligation_minutes" in text
    assert "min · > 0, ≤ 1440 · usual: 60 to 900 · required" in text


def test_the_schema_tells_defaults_and_references():
    staff = {column["name"]: column for column in schema_json()["staff"]["columns"]}
    assert staff["fte"]["default"] == "1"
    assert staff["start"]["default"] == "when the school opens"
    assert staff["role"]["default"] is None
    assert staff["supervisor"]["refers_to"] == ["staff", "teachers"]
