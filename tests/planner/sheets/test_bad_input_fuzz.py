"""Valid datasets damaged at random, and random bytes in place of files: they load, or every fault
names its place.
"""

import csv
import io
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.facts.problem import Problem
from planner.facts.sheets import SHEETS, Dataset
from planner.sheets.dataset import load, parse, read_tables, save
from planner.sheets.dataset_warnings import never_served
from planner.sheets.raw_table import RawSheet, table_of
from planner.sheets.sheet_reading import columns_by_heading
from planner.words.errors import DatasetError, Fault
from tests.planner import small
from tests.ui.command import ROOT

NASTY = (
    "", " ", "\xa0", "0", "-1", "1e999", "1e-999", "9" * 400, "NaN", "inf", "-0", "1,5", "1_0", "0x1", "٣", "½", "7%", "%", "#REF!",
    "TRUE", "yes", "all", ";", ";;", "|", "=", ":", "@", "a:b", "a@b:50", "=1+1", "+1", "-x", "@x", "'x", "\t", "\x07", "\u202e",
    "\ud800", "\u200b", "🏫", "بيت", "e\u0301", "x" * 3000, "24:00", "24:01", "08:30", "8.30", "00:00", "1899-12-31", "9999-12-31",
    "2026-02-30", "45000", "Mon", "Fri-Mon", "Mon 09:00-09:00", "Mon 23:00-24:00", "K-2", "2-K", "1/quarter", "0/year", "9999/year",
    "hire+999 months",
    "02-29", "elm", "para", "ESP-01", "elm-read", "meeting-1", "t1-elm:50;t1-elm:50", "*=50", "tier:3", "role:", "hard", "a" * 65,
)  # fmt: skip
FUZZ = settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
FEWER = settings(FUZZ, max_examples=25)
Grid = dict[str, list[list[str]]]


def grid_of(folder: Path) -> Grid:
    return {
        path.stem: list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        for path in sorted(folder.glob("*.csv"))
    }


GRIDS = [
    {sheet: list(csv.reader(io.StringIO(text))) for sheet, text in small.SHEETS.items()},
    grid_of(ROOT / "scenarios" / "first-steps" / "dataset"),
]


def put(cells: list[str], place: int, value: str) -> None:
    cells.extend([""] * (place + 1 - len(cells)))
    cells[place] = value


@st.composite
def damaged(draw: st.DrawFn) -> Grid:
    """A valid dataset after one to four accidents."""
    grid = {
        sheet: [list(line) for line in lines]
        for sheet, lines in draw(st.sampled_from(GRIDS)).items()
    }
    for _ in range(draw(st.integers(1, 4))):
        sheet = draw(st.sampled_from(sorted(grid)))
        lines = grid[sheet]
        kind = draw(
            st.sampled_from(
                (
                    "cell",
                    "cell",
                    "cell",
                    "row",
                    "twice",
                    "column",
                    "heading",
                    "sheet",
                    "rename",
                    "known",
                )
            )
        )
        row = draw(st.integers(0, max(0, len(lines) - 1)))
        column = draw(st.integers(0, 12))
        value = draw(st.one_of(st.sampled_from(NASTY), st.text(max_size=6)))
        if kind == "sheet" and len(grid) > 1:
            del grid[sheet]
        elif kind == "rename":
            grid[draw(st.sampled_from(["grops", sheet.upper(), "_mine", sheet[:-1], *SHEETS]))] = (
                grid.pop(sheet)
            )
        elif not lines:
            continue
        elif kind == "row":
            del lines[row]
        elif kind == "twice":
            lines.insert(draw(st.integers(0, len(lines))), list(lines[row]))
        elif kind == "column":
            for line in lines:
                del line[column : column + 1]
        elif kind == "heading":
            put(lines[0], column, draw(st.sampled_from([value, lines[0][0] if lines[0] else ""])))
        elif (
            kind == "known" and sheet in SHEETS
        ):  # a column that the dataset did not have, with anything in it
            place = len(lines[0])
            put(lines[0], place, draw(st.sampled_from(sorted(columns_by_heading(sheet)))))
            put(lines[row], place, value if row else lines[0][place])
        else:
            put(lines[row], column, value)
    return grid


def is_placed(fault: Fault, tables: dict[str, RawSheet]) -> bool:
    """Whether a fault says where it stands: the sheet, and the row, column and cell if it has
    them.
    """
    whole = (
        fault.row == 0
        or fault.sheet not in tables
        or tables[fault.sheet].broken
        or not fault.column
    )
    named = (
        bool(fault.cell)
        or fault.column not in {h.strip().casefold() for h in tables[fault.sheet].headings}
        if not whole
        else True
    )
    return bool(
        fault.sheet and fault.rule and fault.row >= 0 and named and str(fault).isprintable()
    )


def outcome(
    read: Callable[[], dict[str, RawSheet]],
) -> tuple[dict[str, RawSheet], Dataset | None, tuple[Fault, ...]]:
    """The tables, and the dataset or its faults. Any other exception fails the test."""
    tables: dict[str, RawSheet] = {}
    try:
        tables = read()
        return tables, parse(tables), ()
    except DatasetError as error:
        return tables, None, error.faults


def judge(read: Callable[[], dict[str, RawSheet]]) -> None:
    """Load, and look at the problem; or find every fault placed."""
    written, dataset, faults = outcome(read)
    tables = {sheet.strip().casefold(): table for sheet, table in written.items()}
    assert dataset or faults
    for fault in faults:
        assert is_placed(fault, tables) if tables else fault.file or fault.value, fault
    if dataset:
        assert all(fault.sheet and fault.row for fault in never_served(Problem(dataset), tables))


@FUZZ
@given(damaged())
def test_a_damaged_dataset_loads_or_says_why(grid: Grid):
    judge(lambda: {sheet: table_of(lines, f"{sheet}.csv") for sheet, lines in grid.items()})


@FEWER
@given(grid=damaged())
def test_a_damaged_folder_loads_or_says_why(tmp_path_factory: pytest.TempPathFactory, grid: Grid):
    folder = tmp_path_factory.mktemp("folder")
    for sheet, lines in grid.items():
        with (folder / f"{sheet}.csv").open(
            "w", encoding="utf-8", errors="surrogatepass", newline=""
        ) as file:
            csv.writer(file).writerows(lines)
    judge(lambda: read_tables(folder))


@FEWER
@given(grid=damaged())
def test_a_damaged_workbook_loads_or_says_why(tmp_path_factory: pytest.TempPathFactory, grid: Grid):
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "_"
    for sheet, lines in grid.items():
        page = book.create_sheet(sheet)
        for row, line in enumerate(lines, start=1):
            for column, text in enumerate(line, start=1):
                cell = page.cell(row, column)
                cell.value = "".join(
                    letter
                    for letter in text
                    if letter >= " " and not "\ud800" <= letter <= "\udfff" and letter < "\ufffe"
                )
                cell.data_type = (
                    "e"
                    if text.startswith("#")
                    else "f"
                    if text.startswith("=1")
                    else cell.data_type
                )
    book.save(path)
    judge(lambda: read_tables(path))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    save(small.dataset(), folder / "book.xlsx")
    small.folder(folder / "data")
    return folder


@settings(FUZZ, max_examples=80)
@given(
    content=st.binary(max_size=300),
    start=st.sampled_from(
        [b"", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"school,name\n"]
    ),
)
def test_random_bytes_in_place_of_files(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
):
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "book.xlsx").write_bytes(start + content)
    with pytest.raises(DatasetError) as caught:
        load(folder / "book.xlsx")
    assert [fault.file for fault in caught.value.faults] == ["book.xlsx"]
    shutil.copytree(whole / "data", folder / "data")
    (folder / "data" / "schools.csv").write_bytes(start + content)
    judge(lambda: read_tables(folder / "data"))


@settings(FUZZ, max_examples=40)
@given(seed=st.integers(0, 2**32), flips=st.integers(1, 30))
def test_random_bytes_inside_of_a_workbook(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, flips: int
):
    chance = random.Random(seed)
    path = tmp_path_factory.mktemp("flipped") / "book.xlsx"
    if seed % 2:  # in the archive itself
        content = bytearray((whole / "book.xlsx").read_bytes())
        for _ in range(flips):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
    else:  # in one of its parts, packed again without a flaw
        with zipfile.ZipFile(whole / "book.xlsx") as old, zipfile.ZipFile(path, "w") as new:
            spoilt = chance.choice(
                [
                    part
                    for part in old.namelist()
                    if part.endswith((".xml", ".rels")) and "comment" not in part
                ]
            )
            for part in old.namelist():
                content = bytearray(old.read(part))
                for _ in range(flips if part == spoilt else 0):
                    content[chance.randrange(len(content))] = chance.randrange(256)
                new.writestr(part, bytes(content))
    judge(lambda: read_tables(path))
