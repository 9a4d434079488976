"""`planner rollover`: next year's dataset in a file, and what became of this year's in words."""

import json
from pathlib import Path

import pytest

from planner.sheets.dataset import load
from tests.planner.rollover.test_rollover import EXAMPLES
from tests.ui.command import FIRST_STEPS, planner


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_next_year_of_every_example_is_in_order(example: str, tmp_path: Path):
    done = planner("rollover", "--example", example, "-o", tmp_path / "new")
    assert done.exit_code == 0, done.output
    assert (
        "The new dataset is in order. Go through what is to be looked at, then: planner solve"
        in done.stdout
    )
    assert planner("validate", tmp_path / "new").exit_code == 0


def test_it_says_what_was_changed_left_out_and_is_to_be_looked_at(tmp_path: Path):
    done = planner("rollover", FIRST_STEPS, "-o", tmp_path / "next.xlsx")
    text = done.stdout
    assert text.startswith(
        f"First steps, 2026-2027: written to {tmp_path / 'next.xlsx'}.\n\nChanged\n  district\n"
    )
    assert "    rows 2-3 (G1-READ-T3 and G1-READ-T2): grade 1 → 2\n" in text
    assert "\nLeft out\n  groups\n" in text
    assert "grade 3 is the last at cedar: the students leave." in text
    assert "\nTo look at\n" in text
    assert (
        "row 3 (Veterans Day): 2025-11-11 has become Tuesday 2026-11-10: a holiday with a date of "
        "its own" in text
    )
    assert load(tmp_path / "next.xlsx").district.year_start.isoformat() == "2026-09-02"


def test_machines_get_every_note(tmp_path: Path):
    done = planner("rollover", FIRST_STEPS, "-o", tmp_path / "next", "--json")
    said = json.loads(done.stdout)
    assert (said["year"], said["file"], said["faults"]) == ("2026-2027", str(tmp_path / "next"), [])
    assert {note["kind"] for note in said["notes"]} == {"changed", "dropped", "to_look_at"}
    assert {
        "kind": "changed",
        "sheet": "groups",
        "row": 2,
        "key": "G1-READ-T3",
        "words": "grade 1 → 2",
    } in said["notes"]


def test_two_years_on_from_what_was_written(tmp_path: Path):
    planner("rollover", FIRST_STEPS, "-o", tmp_path / "one", "--year", "2026-27")
    done = planner("rollover", tmp_path / "one", "-o", tmp_path / "two", "--year", "2027")
    assert done.exit_code == 0
    assert load(tmp_path / "two").district.year_start.isoformat() == "2027-09-01"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", "2027-2028"], "The year after this dataset's is 2026-2027, not 2027-2028."),
        (["--year", "2026-2028"], "The year after this dataset's is 2026-2027, not 2026-2028."),
        (["--year", "next"], "--year: 'next' is no school year. Write it like 2026-2027."),
        (["--one-time", "t1"], "There is no fund 't1'."),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    words: list[str], said: str, tmp_path: Path
):
    done = planner("rollover", FIRST_STEPS, "-o", tmp_path / "new", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_is_there_is_overwritten(tmp_path: Path):
    data = tmp_path / "data"
    planner("init", data, "--example", "first-steps")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    for place in {data, *before}:
        done = planner("rollover", FIRST_STEPS, "-o", place)
        assert done.exit_code == 2
        assert (
            "is there already and is not overwritten. Choose another name with -o." in done.stderr
        )
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_dataset_with_faults_is_not_rolled_over(tmp_path: Path):
    done = planner("rollover", "--example", "misspelt", "-o", tmp_path / "new")
    assert done.exit_code == 2
    assert not (tmp_path / "new").exists()


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("")
    done = planner("rollover", FIRST_STEPS, "-o", tmp_path / "file" / "new")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
