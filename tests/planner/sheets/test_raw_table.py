"""Sheets of more rows or columns than may be: they are counted, and their file is named."""

from pathlib import Path

import pytest

from planner.sheets.dataset import load
from planner.sheets.importing.export_file import read_export
from planner.sheets.raw_table import table_of
from planner.words.errors import DatasetError, Fault
from tests.planner import small


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(DatasetError) as caught:
        load(path)
    return list(caught.value.faults)


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("planner.sheets.raw_table.MOST_ROWS", 2)
    assert load(small.folder(tmp_path / "data")) == small.dataset()
    monkeypatch.setattr("planner.sheets.raw_table.MOST_ROWS", 1)
    found = faults_of(small.folder(tmp_path / "data"))
    assert [(fault.sheet, fault.file) for fault in found] == [
        ("funds", "funds.csv"),
        ("schools", "schools.csv"),
    ]
    assert {fault.what for fault in found} == {
        "there are 2 rows; a sheet may have 1. Delete the rows that are not needed."
    }


@pytest.mark.slow
def test_too_many_rows_of_a_csv_file_are_counted(tmp_path: Path):
    """Blank lines are no rows, and the headings are none."""
    lines = "".join(f"k{n},elm-read\n" for n in range(200_000))
    members = small.folder(tmp_path / "data", members=f"student,group\n{lines}\nlast,elm-read\n")
    (fault,) = faults_of(members)
    assert (fault.sheet, fault.file, fault.rule) == (
        "members",
        "members.csv",
        "there are 200,001 rows; a sheet may have 200,000.",
    )
    with pytest.raises(
        DatasetError, match=r"members\.csv: .*there are 200,001 rows; a sheet may have 200,000\."
    ):
        read_export(members / "members.csv")


def test_too_many_columns(tmp_path: Path):
    (fault,) = faults_of(
        small.folder(
            tmp_path / "data", schools=small.SHEETS["schools"].replace("\n", "," * 497 + "\n", 1)
        )
    )
    assert (fault.file, fault.rule) == (
        "schools.csv",
        "there are 501 columns; a sheet may have 500.",
    )


def test_half_a_character_becomes_a_question_mark():
    table = table_of([["name", "pla\ud800ce"], ["Zoë\udfff", "🏫"]])
    assert table.rows == [(2, {"name": "Zoë?", "pla?ce": "🏫"})]
