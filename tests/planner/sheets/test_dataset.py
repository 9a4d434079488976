import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.cell_formats import Reading, nearest
from planner.facts.row import SheetRow, columns_of
from planner.facts.sheets import SHEETS, Dataset
from planner.sheets.consistency import sheets
from planner.sheets.dataset import dataset_hash, load, parse, read_tables, save, tables_of
from planner.sheets.sheet_reading import read_sheet
from planner.words.errors import DatasetError, Fault
from tests.planner import small
from tests.planner.cell_values import values
from tests.slow import quick_and_slow

ROOT = Path(__file__).parents[3]
SCENARIOS = sorted(
    path for path in (ROOT / "scenarios").glob("*/dataset") if path.parent.name != "misspelt"
)


def loaded(path: Path) -> list[Fault]:
    with pytest.raises(DatasetError) as caught:
        load(path)
    return list(caught.value.faults)


def only(faults: list[Fault]) -> Fault:
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0]


# ---- What is saved is loaded again


@cache
def a_row(sheet: str) -> st.SearchStrategy[SheetRow]:
    """Rows of a sheet with some of its columns filled."""
    cells = {column.name: values(column, Reading()) for column in columns_of(SHEETS[sheet])}
    required = {
        column.name: cells.pop(column.name)
        for column in columns_of(SHEETS[sheet])
        if column.required
    }
    return st.fixed_dictionaries(required, optional=cells).map(SHEETS[sheet].model_validate)


@st.composite
def any_dataset(draw: st.DrawFn) -> Dataset:
    """Rows of some sheets. They need not agree: only reading and writing are tried."""
    sheets = draw(st.sets(st.sampled_from([*SHEETS][1:]), min_size=1, max_size=3))
    rows = {sheet: (draw(a_row(sheet)),) for sheet in sheets}
    return Dataset(district=small.dataset().district, **rows)


@pytest.mark.parametrize("name", ["folder", "book.xlsx"])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_every_row_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
):
    made = data.draw(any_dataset())
    path = tmp_path_factory.mktemp("saved") / name
    save(made, path)
    for sheet, table in read_tables(path).items():
        if sheet in SHEETS:
            read = read_sheet(sheet, table, Reading())
            assert not read.faults
            assert [numbered.row for numbered in read.rows] == list(made.rows(sheet))


@pytest.mark.parametrize(
    "scenario", quick_and_slow(SCENARIOS[:4], SCENARIOS[4:]), ids=lambda path: path.parent.name
)
def test_an_example_survives_as_workbook_and_folder(scenario: Path, tmp_path: Path):
    first = load(scenario)
    save(first, tmp_path / "book.xlsx")
    save(load(tmp_path / "book.xlsx"), tmp_path / "folder")
    assert load(tmp_path / "book.xlsx") == load(tmp_path / "folder") == first
    assert (
        dataset_hash(load(tmp_path / "book.xlsx"))
        == dataset_hash(load(tmp_path / "folder"))
        == dataset_hash(first)
    )


def test_saving_twice_writes_the_same_files(tmp_path: Path):
    save(small.dataset(), tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    save(load(tmp_path), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert all(content.endswith(b"\n") and b"\r" not in content for content in first.values())


def test_a_folder_leaves_out_what_is_default(tmp_path: Path):
    save(small.dataset(), tmp_path)
    assert (tmp_path / "roles.csv").read_text() == small.SHEETS["roles"]
    assert not (tmp_path / "rules.csv").exists()


def test_a_sheet_that_lost_its_rows_loses_its_file(tmp_path: Path):
    save(small.dataset(), tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    save(small.dataset().model_copy(update={"duties": ()}), tmp_path)
    assert not (tmp_path / "duties.csv").exists()
    assert (tmp_path / "notes.txt").exists()


def test_text_that_looks_like_a_formula_is_protected(tmp_path: Path):
    changed = small.dataset(
        schools=small.SHEETS["schools"].replace("Elm", "=1+1").replace("Oak", "'=x")
    )
    save(changed, tmp_path)
    assert "elm,'=1+1," in (tmp_path / "schools.csv").read_text()
    assert [school.name for school in load(tmp_path).schools] == ["=1+1", "'=x"]


def test_numbers_are_not_protected(tmp_path: Path):
    save(
        small.dataset(schools="school,name,open,close,longitude\nelm,Elm,08:00,15:30,-122.4\n"),
        tmp_path,
    )
    assert "-122.4\n" in (tmp_path / "schools.csv").read_text()


def test_a_dataset_is_not_saved_over_a_file(tmp_path: Path):
    (tmp_path / "data").write_text("mine")
    with pytest.raises(DatasetError, match="is a file"):
        save(small.dataset(), tmp_path / "data")
    assert (tmp_path / "data").read_text() == "mine"


# ---- The hash


def test_the_hash_is_of_what_is_said_not_of_how():
    as_written = dataset_hash(small.dataset())
    assert re.fullmatch("[0-9a-f]{64}", as_written)
    lines = small.SHEETS["schools"].splitlines()
    otherwise = small.dataset(
        schools="\n".join([lines[0], "", *lines[:0:-1]]),
        roles="Title, ROLE ,contract_days,Obligation "
        "minutes,certificated\nParaeducator,para,195.0,420,no\n",
        funds="fund,program,amount\nt1-elm,title-1,1000.00\ngeneral,title-1,1e3\n",
    )
    assert dataset_hash(otherwise) == as_written


def test_the_hash_changes_with_a_fact():
    changed = small.dataset(funds=small.SHEETS["funds"].replace("1000", "1000.01", 1))
    assert dataset_hash(changed) != dataset_hash(small.dataset())


# ---- Faults in a sheet


@pytest.mark.parametrize(
    ("sheet", "text", "row", "column", "words"),
    [
        (
            "groups",
            "group,school,grades,tier,minutes,sessions,students\ng,elm,1,2,x,4,4",
            2,
            "minutes",
            "whole number",
        ),
        (
            "groups",
            "group,school,grades,tier,minutes,sessions,students\n\n,,\ng,elm,1,7,30,4,4",
            4,
            "tier",
            "at most 3",
        ),
        (
            "groups",
            "group,school,grades,tier,minutes,sessions,students\ng,elm,1,2,0,4,4",
            2,
            "minutes",
            "more than 0",
        ),
        (
            "groups",
            "group,school,grades,tier,minutes,sessions,students\ng,elm,,2,30,4,4",
            2,
            "grades",
            "is blank",
        ),
        (
            "groups",
            "group,school,grades,tier,minutes,sessions,students\ng,elm,;,2,30,4,4",
            2,
            "grades",
            "is blank",
        ),
        (
            "groups",
            "group,school,grades,tir,minutes,sessions,students\ng,elm,1,2,30,4,4",
            1,
            "tir",
            "you mean 'tier'",
        ),
        (
            "groups",
            "group,school,grades,minutes,sessions,students\ng,elm,1,30,4,4",
            1,
            "tier",
            "required column",
        ),
        (
            "groups",
            "group,school,grades,tier,minutes,sessions,students\ng,elm,1-2,2,30,4,4,x",
            2,
            "",
            "no heading",
        ),
        (
            "groups",
            "group,school,grades,tier,minutes,sessions,students\ng,elm,2-Jan,2,30,4,4",
            2,
            "grades",
            "into a date",
        ),
        ("oncosts", "oncost,rate_percent\nfica,140", 2, "rate_percent", "must be at most 100."),
        (
            "schools",
            "school,name,open,close\nelm,Elm,8:00,16:00\nelm,Other,8:00,16:00",
            3,
            "school",
            "already in row 2",
        ),
        (
            "blocks",
            "school,grades,days,start,end,kind\nelm,K,Mno,9:00,10:00,core",
            2,
            "days",
            "Did you mean 'Mon'",
        ),
        ("grops", "a,b\n1,2", 0, "", "Did you mean 'groups'"),
        (
            "district",
            "name,year_start,year_end\nA,9/1/2026,2027-06-18",
            2,
            "year_start",
            "is not a date",
        ),
        ("district", small.SHEETS["district"] + "B,2026-09-01,2027-06-18", 3, "", "second row"),
        (
            "district",
            "name,year_start,year_end,cycle\nA,2026-09-01,2027-06-18,Mon;Mon",
            2,
            "cycle",
            "twice",
        ),
        ("district", "", 0, "", "has no rows; it is always needed: everything else depends"),
        (
            "schools",
            None,
            0,
            "",
            "is missing; row 2 of blocks refers to it in the column school. Add elm there first",
        ),
    ],
)
def test_a_fault_names_its_place(sheet: str, text: str | None, row: int, column: str, words: str):
    fault = only(small.faults(**{sheet: text, "duties": None}))
    assert (fault.sheet, fault.row, fault.column) == (sheet, row, column)
    assert words in f"{fault.rule} {fault.fix}"
    assert fault.file == ("" if text is None else f"{sheet}.csv")
    assert fault.kind == ("missing" if row == 0 and sheet in SHEETS else "fault")


def test_all_faults_are_told_at_once_in_order():
    found = small.faults(
        district="name,year_start,year_end\n,x,2027-06-18",
        groups=small.SHEETS["groups"].replace("K-2", "K-9").replace(",2,", ",two,"),
        staff="staff,role\nESP-01,paro",
    )
    assert [(fault.sheet, fault.column) for fault in found] == [
        ("district", "name"),
        ("district", "year_start"),
        ("staff", "role"),
        ("groups", "grades"),
        ("groups", "tier"),
    ]
    assert "Did you mean 'para'?" in str(DatasetError(found))


def test_unreadable_names_of_days_blame_no_other_cell():
    district = "name,year_start,year_end,cycle\nA,2026-09-01,2027-06-18,MonA;MonA"
    blocks = "school,grades,days,start,end,kind\nelm,K,MonA,9:00,10:00,core"
    assert only(small.faults(district=district, blocks=blocks)).column == "cycle"


def test_a_row_with_a_fault_is_still_known_by_its_id():
    staff = "staff,role,fte,schools\nESP-01,para,2,elm\n"
    assert only(small.faults(staff=staff)).column == "fte"


def test_headings_and_cells_are_read_leniently():
    groups = (
        " GROUP , School,Grades,TIER,minutes,sessions,Students,_mine,# note\n elm-read "
        ",elm, K-2 ,2,30,4,4,x,y\n"
    )
    assert small.dataset(groups=groups, _sketch="a,b\n1,2", help="x") == small.dataset()


def test_reserved_words_are_columns():
    travel = small.dataset(travel="from,to,minutes\nelm,oak,10\n").travel[0]
    assert (travel.from_, travel.to) == ("elm", "oak")


# ---- Faults of files


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path):
    text = small.SHEETS["schools"].encode("utf-16")
    groups = small.SHEETS["groups"].replace(",30,", ",thirty,")
    found = loaded(small.folder(tmp_path, schools=text, groups=groups))
    assert [(fault.file, fault.sheet, fault.column) for fault in found] == [
        ("schools.csv", "schools", ""),
        ("groups.csv", "groups", "minutes"),
    ]
    assert "CSV UTF-8" in found[0].fix


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("school,name\nelm,Él".encode("latin-1"), "not UTF-8"),
        (b"school,name\nelm,E\0", "not UTF-8"),
        (b"school;name\nelm;Elm", "separated by semicolons, not by commas"),
        (b'school,name\nelm,"Elm', "quotation mark that opens in this row is never closed"),
        (b"school,name\nelm," + b"x" * 1_100_000, "more than 1,000,000 characters"),
        (b"school,name\nelm," + b"x" * 3_000 + b"\noak,Oak", "longer than 2000"),
    ],
)
def test_a_broken_csv_file_is_named(tmp_path: Path, content: bytes, words: str):
    fault = only(loaded(small.folder(tmp_path, schools=content)))
    assert fault.file == "schools.csv"
    assert words in fault.rule


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path):
    content = b"\xef\xbb\xbf" + small.SHEETS["schools"].replace("\n", "\r\n").encode()
    assert load(small.folder(tmp_path, schools=content)) == small.dataset()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("pdf.xlsx", b"%PDF-1.4\n" * 50, "is a PDF, not a workbook"),
        ("empty.xlsx", b"", "is empty"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "password"),
        ("zip.xlsx", b"PK\x05\x06" + b"\0" * 18, "holds no workbook"),
        ("sheet.csv", b"a,b", "neither a workbook nor a folder"),
    ],
)
def test_a_file_that_is_no_workbook_is_named(tmp_path: Path, name: str, content: bytes, words: str):
    (tmp_path / name).write_bytes(content)
    assert words in only(loaded(tmp_path / name)).rule
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_path_that_is_not_there_names_its_neighbour(tmp_path: Path):
    (tmp_path / "tacoma.xlsx").touch()
    assert only(loaded(tmp_path / "tacomma.xlsx")).fix == "Did you mean 'tacoma.xlsx'?"


def test_a_folder_without_sheets_says_what_belongs_there(tmp_path: Path):
    assert "district.csv" in only(loaded(tmp_path)).fix


# ---- Raw tables


def test_tables_of_a_dataset_parse_to_it():
    assert parse(tables_of(small.dataset())) == small.dataset()


def test_loading_a_folder_needs_no_spreadsheet_library():
    script = "import sys, planner.sheets.dataset; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"openpyxl", "ortools"} & set(run.stdout.split())


def test_of_very_many_misspelt_names_only_some_are_compared_with_all(
    monkeypatch: pytest.MonkeyPatch,
):
    """Each of 500 names stands in five rows; those of the first hundred are told row by row, the
    others name by name.
    """
    compared: list[str] = []
    monkeypatch.setattr(
        sheets, "nearest", lambda word, known: compared.append(word) or nearest(word, known)
    )
    staff = "staff,role,schools\n" + "".join(f"S{n},para,elm\n" for n in range(2500))
    members = "student,group\n" + "".join(f"st{n},elm-rad{n % 500}\n" for n in range(2500))
    tables = small.tables(staff=staff, members=members, positions=None)
    with pytest.raises(DatasetError) as caught:
        parse(tables)
    assert len(caught.value.faults) == 5 * 100 + 400
    assert len(compared) == sheets.MOST_HINTS
