"""Any valid sheet, exported under other headings, is imported as the same rows."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.cell_formats import Reading
from planner.facts.row import SheetRow, columns_of
from planner.facts.sheets import SHEETS
from planner.sheets.csv_folder import protected
from planner.sheets.dataset import cells_of, dataset_hash, load, save
from planner.sheets.importing.export_file import SEPARATORS, export_of, read_export
from planner.sheets.importing.mapping import SheetMapping
from planner.sheets.importing.proposal import same_headings
from planner.sheets.importing.pseudonyms import Secret
from planner.sheets.importing.run import import_sheet
from planner.sheets.importing.target import target_at
from planner.sheets.importing.translation import translate
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import columns_by_heading, read_sheet
from tests.planner.cell_values import values
from tests.planner.sheets.importing.imports import csv_text

READING = Reading()
EVERY = sorted((Path(__file__).parents[4] / "scenarios").glob("*/dataset"))
LARGEST = "lausd-region"
SCENARIOS = [
    pytest.param(
        path, id=path.parent.name, marks=[pytest.mark.slow] * (path.parent.name == LARGEST)
    )
    for path in EVERY
    if path.parent.name != "misspelt"
]


@cache
def a_row(sheet: str) -> st.SearchStrategy[SheetRow]:
    """Rows of a sheet with some of its columns filled."""
    cells = {column.name: values(column, READING) for column in columns_of(SHEETS[sheet])}
    required = {
        column.name: cells.pop(column.name)
        for column in columns_of(SHEETS[sheet])
        if column.required
    }
    return st.fixed_dictionaries(required, optional=cells).map(SHEETS[sheet].model_validate)


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet != "members"])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_a_sheet_comes_back_as_it_was(sheet: str, data: st.DataObject):
    row = data.draw(a_row(sheet))
    separator = data.draw(st.sampled_from([*SEPARATORS]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    columns = data.draw(st.permutations([*columns_by_heading(sheet)]))
    headings = {name: f"Their {number}. {name[::-1]}" for number, name in enumerate(columns)}
    cells = cells_of(row, sheet, READING)
    text = csv_text(
        [[*headings.values()], [protected(cells.get(name, "")) for name in columns]], separator
    )
    table = export_of(text.encode(encoding), "export.csv").table
    incoming = translate(table, SheetMapping(sheet, headings), None)
    assert incoming.faults == []
    assert len(incoming.read(READING).cells) == 1
    assert [
        found.row
        for found in read_sheet(sheet, RawSheet(incoming.columns, incoming.rows), READING).rows
    ] == [row]


@settings(max_examples=20, deadline=None)
@given(
    students=st.lists(
        st.tuples(st.integers(1, 99999), st.sampled_from(["a", "b", "c"])), min_size=1, unique=True
    )
)
def test_members_come_back_with_a_key_for_each_student(students: list[tuple[int, str]]):
    secret = Secret(bytes(range(32)), Path("key"), new=False)
    text = csv_text([["No", "Grp"], *([str(number), group] for number, group in students)])
    incoming = translate(
        export_of(text.encode(), "sis.csv").table,
        SheetMapping("members", {"student": "No", "group": "Grp"}),
        secret,
    )
    back = [cells for _, cells in incoming.read(READING).cells]
    assert back == [
        {"student": secret.key_for(str(number), "students"), "group": group}
        for number, group in students
    ]
    assert len({cells["student"] for cells in back}) == len({number for number, _ in students})


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_examples_own_sheets_change_nothing(scenario: Path, tmp_path: Path):
    shutil.copytree(scenario, tmp_path / "data")
    for file in sorted(scenario.glob("*.csv")):
        if file.stem == "members":
            continue
        export = read_export(file)
        done = import_sheet(
            export,
            same_headings(file.stem, export.table),
            target_at(tmp_path / "data"),
            None,
            replace=True,
        )
        (merged,) = done.sheets
        assert (merged.added, merged.changed, merged.gone, done.missing) == ([], [], [], ())
    assert dataset_hash(load(tmp_path / "data")) == dataset_hash(load(scenario))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_examples_staff_are_imported_into_its_workbook(scenario: Path, tmp_path: Path):
    data = load(scenario)
    save(data.model_copy(update={"staff": data.staff[1:]}), tmp_path / "book.xlsx")
    export = read_export(scenario / "staff.csv")
    done = import_sheet(
        export,
        same_headings("staff", export.table),
        target_at(tmp_path / "book.xlsx"),
        None,
        replace=False,
    )
    assert (done.sheets[0].added, done.sheets[0].changed, done.missing) == (
        [data.staff[0].staff],
        [],
        (),
    )
    assert dataset_hash(load(tmp_path / "book.xlsx")) == dataset_hash(data)
