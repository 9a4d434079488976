"""`planner import`: exports into datasets, first mappings, keys, and what it says."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from planner.sheets.dataset import load
from tests.planner import small
from tests.planner.sheets.importing.imports import EXPORTS
from tests.ui.command import FIRST_STEPS, planner

MAPPING = (
    "columns: {staff: Emp, role: Title, schools: Bldg}\ncodes: {role: {PARA: para}, "
    "schools: {ELM: elm}}\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    small.folder(tmp_path / "data")
    Path("hr.csv").write_text("Emp,Title,Bldg\nE-1,PARA,ELM\nESP-01,PARA,ELM\n")
    Path("m.yaml").write_text(MAPPING)
    return tmp_path


def test_an_import_says_what_it_did():
    told = planner("import", "hr.csv", "--as", "staff", "--mapping", "m.yaml", "-o", "data")
    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "Imported into data.",
        "",
        "  staff: 1 added, 0 changed and 1 unchanged.",
        "Read as UTF-8, separated by commas.",
        "",
        "The dataset is in order.",
    ]
    assert [person.staff for person in load(Path("data")).staff] == ["ESP-01", "E-1"]


def test_what_is_still_missing_is_told_and_is_no_failure():
    told = planner("import", "hr.csv", "--as", "staff", "--mapping", "m.yaml", "-o", "new")
    assert told.exit_code == 0
    assert (
        "Before it can be planned, this is still to be mended (planner validate says it again):"
        in told.stdout
    )
    assert "is missing; row 2 of staff refers to it in the column" in told.stdout
    assert planner("validate", "new").exit_code == 2


def test_rows_that_the_export_lacks_are_named():
    Path("hr.csv").write_text("Emp,Title,Bldg\nE-1,PARA,ELM\n")
    words = ("import", "hr.csv", "--as", "staff", "--mapping", "m.yaml", "-o", "data")
    assert (
        "    1 row not in the export, kept (--replace drops them): ESP-01" in planner(*words).stdout
    )
    told = planner(*words, "--replace")
    assert "    1 row not in the export, dropped: ESP-01" in told.stdout
    assert "Sheet positions (positions.csv): 1 fault" in told.stdout
    assert (told.exit_code, told.stdout.count("ESP-01")) == (0, 2)


def test_the_result_for_machines():
    told = planner(
        "import", "hr.csv", "--as", "staff", "--mapping", "m.yaml", "-o", "data", "--json"
    )
    assert json.loads(told.stdout) == {
        "sheets": {
            "staff": {
                "added": ["E-1"],
                "changed": [],
                "unchanged": 1,
                "not_in_export": [],
                "dropped": False,
                "skipped": 0,
                "repeated": 0,
            }
        },
        "notes": ["Read as UTF-8, separated by commas."],
        "missing": [],
    }


def test_a_first_mapping_is_written_and_nothing_is_imported():
    told = planner(
        "import", "hr.csv", "--as", "staff", "--save-mapping", "first.yaml", "-o", "data"
    )
    assert told.exit_code == 0
    assert Path("first.yaml").read_text().rstrip() in told.stdout
    assert "Nothing was imported yet" in told.stdout
    assert len(load(Path("data")).staff) == 1
    again = planner("import", "hr.csv", "--as", "staff", "--save-mapping", "first.yaml")
    assert again.exit_code == 2
    assert "is there already" in again.stderr


def test_our_own_headings_need_no_mapping():
    Path("own.csv").write_text("Staff,ROLE,hire date\nE-1,para,2025-09-02\n")
    assert planner("import", "own.csv", "--as", "staff", "-o", "data").exit_code == 0
    assert load(Path("data")).staff[1].hire_date is not None
    told = planner("import", "hr.csv", "--as", "staff", "-o", "data")
    assert told.exit_code == 2
    assert "Write a first mapping: planner import" in told.stderr
    assert (
        "no heading is mapped to it (Their job class). Map one under columns (`role: Title`)"
        in told.stderr
    )


def test_students_need_a_key_file_and_become_keys():
    export, mapping = EXPORTS / "sis-interventions.csv", EXPORTS / "sis-interventions.yaml"
    words = ("import", export, "--as", "members", "--mapping", mapping, "-o", "data")
    told = planner(*words)
    assert told.exit_code == 2
    assert "Give --key FILE" in told.stderr
    assert planner(*words, "--key", "data/key").exit_code == 2
    told = planner(*words, "--key", "private/key")
    assert told.exit_code == 0
    assert "Made the key file private/key: keep it, and to yourself." in told.stdout
    assert stat.S_IMODE(os.stat("private/key").st_mode) == 0o600
    assert "5 unchanged" in planner(*words, "--key", "private/key").stdout
    os.chmod("private/key", 0o644)
    assert "chmod 600" in planner(*words, "--key", "private/key").stdout
    assert "Almeida" not in Path("data/members.csv").read_text() + told.stdout
    assert (
        "members.student"
        not in planner(
            "import", "hr.csv", "--as", "staff", "--mapping", "m.yaml", "-o", "data"
        ).stderr
    )


def test_no_key_file_is_made_where_there_are_no_students():
    assert (
        planner(
            "import", "hr.csv", "--as", "staff", "--mapping", "m.yaml", "-o", "data", "--key", "key"
        ).exit_code
        == 0
    )
    assert not Path("key").exists()


def test_help_says_what_becomes_of_students():
    words = " ".join(planner("import", "--help").stdout.split())
    assert "HMAC-SHA-256 of their number with the secret in the --key file" in words
    assert "the same in every import" in words


def test_an_example_as_a_workbook_takes_an_export():
    planner("init", "mine.xlsx", "--example", "first-steps")
    Path("m.yaml").write_text(
        MAPPING.replace("para}", "mtss-esp}").replace(": elm", ": cedar")
        + "constants: {start: '08:00'}\n"
    )
    told = planner("import", "hr.csv", "--as", "staff", "--mapping", "m.yaml", "-o", "mine.xlsx")
    assert "The dataset is in order." in told.stdout
    assert planner("validate", "mine.xlsx").exit_code == 0
    assert len(load(Path("mine.xlsx")).staff) == 5


def test_a_scenario_folder_is_meant_by_its_dataset():
    shutil.copytree(FIRST_STEPS, "mine/dataset")
    Path("own.csv").write_text("teacher,school\nT-9,cedar\n")
    told = planner("import", "own.csv", "--as", "teachers", "-o", "mine")
    assert "Imported into mine/dataset." in told.stdout
    assert len(load(Path("mine/dataset")).teachers) == len(load(FIRST_STEPS).teachers) + 1


def test_oneroster_from_a_folder():
    words = ("import", EXPORTS / "oneroster", "--as", "oneroster")
    told = planner(*words, "--mapping", EXPORTS / "oneroster.yaml", "-o", "new", "--key", "key")
    assert told.exit_code == 0
    assert "  members: 5 added, 0 changed and 0 unchanged." in told.stdout
    first = planner(*words, "--save-mapping", "first.yaml")
    assert "--key KEYFILE" in first.stdout
    assert Path("first.yaml").read_text().startswith("# How oneroster becomes a dataset.")


def test_what_is_still_to_be_mended_is_what_validate_says_again():
    words = (
        "import",
        EXPORTS / "oneroster",
        "--as",
        "oneroster",
        "--mapping",
        EXPORTS / "oneroster.yaml",
        "-o",
        "new",
        "--key",
        "k",
    )
    imported = json.loads(planner(*words, "--json").stdout)["missing"]
    assert imported == json.loads(planner("validate", "new", "--json").stdout)
    assert [fault["sheet"] for fault in imported] == ["roles", "blocks"]
    Path("new/roles.csv").write_text(
        "role,title,obligation_minutes,contract_days\nmtss-esp,E,420,180\ninterventionist,I,420,180\n"
    )
    again = json.loads(planner(*words, "--json").stdout)["missing"]
    assert again == json.loads(planner("validate", "new", "--json").stdout)
    assert [fault["sheet"] for fault in again] == ["blocks"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hr.csv", "--as", "stuff", "-o", "data"], "Did you mean 'staff'?"),
        (["hr.csv", "--as", "staff"], "Into which dataset?"),
        (["no.csv", "--as", "staff", "-o", "data"], "the export is not there"),
        (
            ["hr.csv", "--as", "staff", "-o", "data", "--mapping", "no.yaml"],
            "the mapping cannot be read",
        ),
        (["hr.csv", "--as", "staff", "-o", "data", "--sheet", "x"], "so it has no sheets"),
        (["hr.csv", "--as", "oneroster", "-o", "data", "--sheet", "x"], "has no sheets"),
        (["hr.csv", "--as", "oneroster", "-o", "data"], "is neither a folder nor a zip archive"),
        (
            ["hr.csv", "--as", "staff", "-o", "hr.csv", "--mapping", "m.yaml"],
            "is neither a workbook nor a folder",
        ),
        (
            ["hr.csv", "--as", "staff", "-o", "hr.csv/new", "--mapping", "m.yaml"],
            "cannot be written",
        ),
        (["hr.csv", "--as", "staff", "--mapping", "m.yaml", "--save-mapping", "x"], "not both"),
        (["hr.csv", "--as", "staff", "--save-mapping", "hr.csv/x"], "cannot be written"),
        (
            ["hr.csv", "--as", "members", "-o", "data", "--key", "m.yaml"],
            "is no key that an import has made",
        ),
    ],
)
def test_wrong_input_is_said_and_nothing_is_written(words: list[str], said: str, here: Path):
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    told = planner("import", *words)
    assert told.exit_code == 2
    assert said in " ".join(told.stderr.split())
    assert told.stdout == ""
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
