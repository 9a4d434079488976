"""The commands that read and explain: init, validate, schema, rules, and what every command does
with wrong input.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from planner.document.plan_schema import plan_schema
from planner.facts.sheets import SHEETS
from planner.rules import RULES
from planner.rules.goals import GOALS
from planner.sheets.dataset import dataset_hash, load
from tests.planner import small
from tests.ui.command import FIRST_STEPS, ROOT, planner, run

BAD_STAFF = "staff,role,schools\nESP-01,pera,elm\nESP-02,para,oack\n"


def test_help_names_the_commands(tmp_path: Path):
    shown = run("--help", cwd=tmp_path)
    assert shown.returncode == 0
    for command in ("init", "import", "validate", "schema", "solve", "check", "rules"):
        assert f"  {command} " in shown.stdout


# ---- init


def test_init_writes_a_template_that_is_a_valid_dataset(tmp_path: Path):
    made = planner("init", tmp_path / "new")
    assert made.exit_code == 0
    assert planner("validate", tmp_path / "new" / "template.xlsx").exit_code == 0


def test_init_writes_an_example_that_says_the_same(tmp_path: Path):
    made = planner("init", tmp_path / "mine.xlsx", "--example", "first-steps")
    assert made.exit_code == 0
    assert dataset_hash(load(tmp_path / "mine.xlsx")) == dataset_hash(load(FIRST_STEPS))


def test_init_replaces_a_file_only_by_force(tmp_path: Path):
    there = tmp_path / "template.xlsx"
    there.write_text("mine")
    refused = planner("init", tmp_path)
    assert refused.exit_code == 2
    assert "is there already" in refused.stderr
    assert there.read_text() == "mine"
    assert planner("init", tmp_path, "--force").exit_code == 0
    assert there.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["init"], "Where to?"),
        (["init", "new.csv"], "is not a name for a workbook"),
        (["init", "new", "--example", "first-step"], 'Did you mean "first-steps"?'),
        (["init", "file/new"], "cannot be written"),
    ],
)
def test_init_says_what_it_cannot_do(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("")
    refused = planner(*words)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_init_lists_the_examples_with_what_their_readme_says():
    lines = planner("init", "--list").stdout.splitlines()
    assert any(
        " ".join(line.split()).startswith(
            "first-steps First steps: Cedar Lane is an invented school"
        )
        for line in lines
    )


# ---- validate


@pytest.mark.parametrize("data", [FIRST_STEPS, FIRST_STEPS.parent])
def test_a_good_dataset_is_summed_up(data: Path):
    told = planner("validate", data)
    assert told.exit_code == 0
    assert "first-steps is in order." in told.stdout
    assert "week of October 6, 2025" in told.stdout
    assert "3 people, 7 groups and 1 duty; the groups are owed 15 h 00 a week." in told.stdout
    assert "  groups         7 rows" in told.stdout
    assert "Without rows, and not needed here: pay, " in told.stdout


def test_a_good_dataset_has_an_empty_list_of_faults():
    told = planner("validate", "--example", "first-steps", "--json")
    assert told.exit_code == 0
    assert json.loads(told.stdout) == []


def test_faults_are_said_together_by_sheet(tmp_path: Path):
    told = planner("validate", small.folder(tmp_path, staff=BAD_STAFF, roles=None))
    assert told.exit_code == 2
    assert told.stdout == ""
    assert told.stderr.startswith(
        "Still missing, in the order in which to fill it in:\n"
        "  1. roles: is missing; row 2 of staff refers to it in the column role.\n"
        "     Add pera and para there first: each row needs role, title, obligation_minutes and "
        "contract_days.\n"
    )
    assert "Sheet staff (staff.csv): 1 fault" in told.stderr
    assert (
        "  row 3, column schools (staff!C3): 'oack': is not in the sheet schools. Did you mean "
        "'oak'?" in told.stderr
    )


def test_faults_are_a_list_for_machines(tmp_path: Path):
    told = planner("validate", small.folder(tmp_path, staff=BAD_STAFF), "--json")
    assert told.exit_code == 2
    faults = json.loads(told.stdout)
    assert [
        (fault["sheet"], fault["row"], fault["column"], fault["value"]) for fault in faults
    ] == [
        ("staff", 2, "role", "pera"),
        ("staff", 3, "schools", "oack"),
    ]
    assert faults[0].keys() == {
        "kind",
        "file",
        "sheet",
        "row",
        "column",
        "cell",
        "value",
        "rule",
        "fix",
    }
    assert "para" in faults[0]["fix"]


# ---- schema and rules


def test_the_schema_of_a_plan_is_printed_alone():
    printed = planner("schema", "--plan")
    assert printed.exit_code == 0
    assert json.loads(printed.stdout) == plan_schema()
    assert json.loads(planner("schema", "--plan", "--json").stdout) == plan_schema()
    refused = planner("schema", "staff", "--plan")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "--plan prints the schema of plan.json: leave out staff.\n",
    )


def test_the_schema_is_shown_whole_or_by_the_sheet():
    whole, one = planner("schema").stdout, planner("schema", "groups").stdout
    assert one.startswith("groups: ")
    assert one.rstrip() in whole
    assert list(json.loads(planner("schema", "--json").stdout)) == list(SHEETS)
    assert list(json.loads(planner("schema", "groups", "--json").stdout)) == ["groups"]


def test_a_misspelt_sheet_gets_the_nearest():
    told = planner("schema", "gruops")
    assert told.exit_code == 2
    assert "Did you mean 'groups'?" in told.stderr


def test_rules_and_goals_are_listed():
    shown = planner("rules").stdout
    for named in (*RULES, *GOALS):
        assert f"{named.key}: {named.title}" in shown
    assert "  Parameter rest_per: Minutes of duty for each of which one is due [240]\n" in shown
    assert "  Set apart by: tier, school\n  Parameter max_people: " in shown
    assert (
        "  Parameter max_sites: Most schools a cycle, off site not counted [as in roles]\n" in shown
    )
    assert "like 3+3; 3+5; 4+4 [no limit]\n" in shown
    assert "  Source: LAUSD Program and Budget Handbook 2025-26, p. 85\n" in shown  # fund_students
    assert "  Preset us-wa: WAC 296-126-092: ten minutes for each four hours; " in shown
    assert planner("rules", "--markdown").stdout.startswith("<!-- rules -->\n| Rule |")


def test_checking_needs_no_solver():
    script = (
        "import sys, ui.cli.commands.check; print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "planner" in loaded
    assert not {"solver", "ortools"} & set(loaded)


# ---- wrong input


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["validate"], "Which dataset?"),
        (["validate", "data", "--example", "first-steps"], "not both"),
        (["validate", "--example", "frist-steps"], 'Did you mean "first-steps"?'),
        (["validate", "dota"], "'dota': is not there. Did you mean 'data'?"),
        (["solve", "dota"], "is not there"),
        (["solve", "data", "-o", "file"], "is a file"),
        (["solve", "data", "-o", "file/plan"], "is a file"),
        (["solve", "data", "--goals", "teir_3_minutes"], "Did you mean 'tier_3_minutes'?"),
        (["solve", "data", "--goals", "costs,costs"], "There is no goal 'costs'."),
        (["solve", "data", "--goals", "same_time,same_time"], "is there twice"),
        (["solve", "data", "--goals", ","], "names no goal"),
        (["solve", "data", "--seconds", "0"], "--seconds must be more than 0"),
        (["solve", "data", "--seconds", "nan"], "--seconds must be more than 0"),
        (["solve", "data", "--seconds", "soon"], "--seconds"),
        (["solve", "data", "--workers", "0"], "--workers must be 1 or more"),
        (["solve", "data", "--seed", "-1"], "--seed must be from 0"),
        (["solve", "data", "--cluster", "nowhere"], "no Dask scheduler answers at nowhere"),
        (["check", "plan.json", "--data", "data"], "is not there"),
        (["check", "plan.xlsx", "--data", "data"], "is not there"),
        (["check", "data", "--data", "data"], "is a folder"),
        (["check", "file", "--data", "data"], "the file is empty"),
        (["check", "file"], "Which dataset?"),
        (["slots"], "Which dataset?"),
        (["slots", "data", "--plan", "plan.json"], "is not there"),
        (["slots", "data", "--school", "elmo"], "There is no school 'elmo'. Did you mean 'elm'?"),
        (
            ["slots", "data", "--grade", "9"],
            "There is no grade '9'. There are K, 1, 2, 3, 4, 5, 6.",
        ),
        (["slots", "data", "--grade", "5"], "Grade 5 has neither blocks nor groups."),
        (
            ["slots", "data", "--grade", "1", "--school", "oak"],
            "Grade 1 has neither blocks nor groups at oak.",
        ),
        (["slots", "data", "--school", "oak"], "oak has neither blocks nor groups."),
        (["rescue", "plan.json", "--data", "data"], "is not there"),
        (["rescue", "data", "--data", "data"], "is a folder"),
    ],
)
def test_wrong_input_is_said_and_nothing_is_written(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    small.folder(tmp_path / "data")
    Path("file").write_text("")
    told = planner(*words)
    assert told.exit_code == 2
    assert said in " ".join(told.stderr.split())
    assert told.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "file"]


def test_wrong_input_is_a_list_for_machines_too():
    told = planner("solve", "nowhere", "--json")
    assert told.exit_code == 2
    assert json.loads(told.stdout)[0]["rule"] == "is not there."
    assert told.stderr == ""


def test_ctrl_c_while_reading_ends_the_command(monkeypatch: pytest.MonkeyPatch):
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.cli.commands.validate.read_tables", pressed)
    told = planner("validate", "--example", "first-steps")
    assert told.exit_code == 130
    assert "nothing was written" in told.stderr
