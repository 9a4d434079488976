"""`planner scenario`, and `--scenario` with every command that reads a dataset."""

import json
from pathlib import Path

import pytest
import yaml

from planner.scenario.applying import applied
from planner.sheets.dataset import dataset_hash
from planner.sheets.examples import example_names, example_path, example_scenarios
from tests.planner import bought, small
from tests.ui.command import planner

FAST = ("--seconds", 2, "--reproducible")
CUT = """name: Nobody but Ada
base: first-steps
changes:
  - set: {sheet: staff, where: {staff: INT-1}, values: {name: Ada}}
  - set: {sheet: groups, where: {tier: [2, 3]}, values: {priority: 2}}
goals: [tier_3_minutes]
solve: {seconds: 2, seed: 3, reproducible: yes}
"""


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    path = tmp_path / "only-ada.yaml"
    path.write_text(CUT, encoding="utf-8")
    return path


def test_show_says_every_change(cut: Path):
    told = planner("scenario", "show", cut)
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert lines[:4] == [
        "Nobody but Ada, on first-steps",
        "",
        "Seven changes",
        "  Interventionist 1: name Interventionist 1 → Ada",
    ]
    assert "  group G1-READ-T3 at Cedar Lane Elementary: priority 1 → 2" in lines
    assert lines[-2:] == ["Goals: tier_3_minutes", "Search: 2 seconds, seed 3, reproducible"]
    said = json.loads(planner("scenario", "show", cut, "--json").stdout)
    assert (said["name"], said["dataset"], len(said["changes"])) == (
        "Nobody but Ada",
        "first-steps",
        len(said["steps"][0]["changes"]),
    )
    assert said["changes"][0]["subjects"] == ["INT-1", "cedar", "interventionist"]
    assert (said["goals"], said["solve"]) == (
        ["tier_3_minutes"],
        {"seconds": 2.0, "seed": 3, "reproducible": True},
    )


def test_a_scenario_that_cannot_be_read_ends_with_two(tmp_path: Path):
    path = tmp_path / "cut.yaml"
    path.write_text("base: first-step\nchange: []\nchanges: [{}]\n", encoding="utf-8")
    told = planner("scenario", "show", path)
    assert told.exit_code == 2
    assert (
        told.stderr.splitlines()[0]
        == "cut.yaml, line 2: 'change': is no key of a scenario. Did you mean 'changes'?"
    )
    assert told.stderr.endswith("2 faults in all.\n")
    found = json.loads(planner("solve", "--scenario", path, "--json").stdout)
    assert [(fault["file"], fault["row"]) for fault in found] == [("cut.yaml", 2), ("cut.yaml", 3)]


def test_a_scenario_is_solved_and_checked(cut: Path, tmp_path: Path):
    done = planner("solve", "--scenario", cut, "-o", tmp_path / "plan")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Nobody but Ada: week of ")
    assert (
        "Scenario on first-steps: 7 changes:\n  Interventionist 1: name Interventionist 1 → Ada\n"
        in done.stdout
    )
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    run = json.loads((tmp_path / "plan" / "run.json").read_text(encoding="utf-8"))
    assert plan["scenario"] == "Nobody but Ada"
    assert plan["dataset_hash"] == dataset_hash(applied(cut).after)
    assert [goal["goal"] for goal in plan["solver"]["goals"]] == ["tier_3_minutes"]
    assert (run["seed"], len(plan["changes"])) == (3, 7)
    assert plan["changes"][0] == {
        "key": "INT-1",
        "sheet": "staff",
        "subjects": ["INT-1", "cedar", "interventionist"],
        "words": "Interventionist 1: name Interventionist 1 → Ada",
    }
    clean = planner("check", tmp_path / "plan" / "plan.json", "--scenario", cut)
    assert (clean.exit_code, clean.stderr) == (0, "")
    other = planner("check", tmp_path / "plan" / "plan.json", "--example", "first-steps")
    assert other.stderr == (
        "Take care: plan.json was made under the scenario 'Nobody but Ada'. Give its file with "
        "--scenario.\n"
    )


def test_the_command_line_goes_before_the_scenario(cut: Path, tmp_path: Path):
    words = [
        "--goals",
        "tier_2_minutes",
        "--seed",
        9,
        "--seconds",
        1,
        "-o",
        tmp_path / "plan",
        "--json",
    ]
    done = planner("solve", "--example", "first-steps", "--scenario", cut, *words)
    assert [goal["goal"] for goal in json.loads(done.stdout)["goals"]] == ["tier_2_minutes"]
    assert json.loads((tmp_path / "plan" / "run.json").read_text(encoding="utf-8"))["seed"] == 9


def test_without_a_scenario_nothing_was_changed(tmp_path: Path):
    done = planner(
        "solve",
        "--example",
        "first-steps",
        *FAST,
        "--goals",
        "tier_3_minutes",
        "-o",
        tmp_path,
        "--json",
    )
    assert json.loads(done.stdout)["changes"] == []


@pytest.mark.slow
def test_a_plan_stays_close(cut: Path, tmp_path: Path):
    planner("solve", "--example", "first-steps", *FAST, "-o", tmp_path / "adopted")
    text = (
        CUT.replace("goals: [tier_3_minutes]\n", "")
        + "stay_close_to: {plan: adopted, max_changes: 2}\n"
    )
    cut.write_text(text, encoding="utf-8")
    done = planner("solve", "--scenario", cut, "-o", tmp_path / "plan")
    assert done.exit_code == 0, done.output
    assert "\n0 of at most 2 changes against adopted.\n" in done.stdout
    before, after = (
        json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8"))
        for name in ("adopted", "plan")
    )
    assert before["sessions"] == after["sessions"]
    cut.write_text(text.replace("adopted", "adoptd"), encoding="utf-8")
    told = planner("solve", "--scenario", cut, "-o", tmp_path / "plan")
    assert (told.exit_code, told.stderr) == (
        2,
        "only-ada.yaml, line 7: 'adoptd': is no plan that is there. "
        "Write the path of a plan.json or plan.xlsx from the scenario's own folder.\n",
    )


@pytest.mark.parametrize("command", ["validate", "hr", "funds", "slots"])
def test_every_view_takes_a_scenario(command: str, cut: Path):
    told = planner(command, "--scenario", cut)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("Nobody but Ada")
    other = planner(command, small.folder(cut.parent / "other"), "--scenario", cut)
    assert other.exit_code == 2
    assert "matches no row of staff: none says 'INT-1' in staff" in other.stderr


def test_a_fund_that_is_cut_below_its_positions_is_for_the_budget_to_decide(tmp_path: Path):
    bought.folder(tmp_path)
    path = tmp_path / "cut.yaml"
    path.write_text(
        "base: small\nchanges:\n  - scale: {sheet: funds, column: amount, by: 0.9}\n",
        encoding="utf-8",
    )
    warned = (
        "Sheet funds, row 2, column amount (funds!C2): '900': does not pay the filled "
        "positions on it, which cost $1,000.00."
    )
    assert warned in planner("validate", "--scenario", path).stdout
    assert (
        "A fund is too small for the filled positions; the budget has to decide who stays:"
        in planner("scenario", "show", path).stdout
    )
    done = planner("solve", "--scenario", path, *FAST, "-o", tmp_path / "plan")
    assert done.exit_code == 0, done.output
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    assert plan["positions"] == []
    assert [
        finding["rule"] for finding in plan["findings"] if finding["severity"] == "broken"
    ] == []


def test_lausd_with_title_1_cut_by_30_percent_is_in_order(tmp_path: Path):
    path = tmp_path / "cut.yaml"
    path.write_text(
        "base: lausd-region\nchanges:\n  - scale: {sheet: funds, where: {program: title-1}, "
        "column: amount, by: 0.7}\n",
        encoding="utf-8",
    )
    told = planner("validate", "--scenario", path)
    assert told.exit_code == 0, told.output
    assert told.stdout.count("does not pay the filled positions") == 10


# -- the examples' own scenarios

SCENARIOS = [path for name in example_names() for path in example_scenarios(name)]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_examples_scenario_can_be_applied_to_it(path: Path):
    told = planner("scenario", "show", path, "--example", path.parent.name)
    assert told.exit_code == 0, told.output
    assert applied(path).differences


def test_init_brings_an_examples_scenarios_along(tmp_path: Path):
    told = planner("init", tmp_path / "autumn.xlsx", "--example", "lausd-region")
    assert told.stdout.splitlines()[:2] == [
        f"Wrote {tmp_path / 'autumn.xlsx'}.",
        f"Wrote {tmp_path / 'title-1-cut-8.yaml'}.",
    ]
    there = applied(tmp_path / "title-1-cut-8.yaml")
    assert (there.data, there.name) == (tmp_path / "autumn.xlsx", "autumn")
    assert dataset_hash(there.after) == dataset_hash(
        applied(example_path("lausd-region").parent / "title-1-cut-8.yaml").after
    )
    (tmp_path / "autumn.xlsx").unlink()
    again = planner("init", tmp_path / "autumn.xlsx", "--example", "lausd-region")
    assert again.exit_code == 2
    assert "title-1-cut-8.yaml is there already" in again.stderr


# -- new


def test_new_writes_what_is_asked_for(tmp_path: Path):
    place, path = small.folder(tmp_path / "small"), tmp_path / "wishes" / "cut.yaml"
    words = [
        "--name",
        "Less: and more",
        "--cut",
        "title-1=8%",
        "--raise",
        "general=5000",
        "--goals",
        "cost,tier_3_minutes",
    ]
    told = planner(
        "scenario",
        "new",
        place,
        "-o",
        path,
        *words,
        "--add-position",
        "para@oak=0.5:general",
        "--rule",
        "preparation=off",
    )
    assert told.exit_code == 0, told.output
    assert path.read_text(encoding="utf-8") == (
        'name: "Less: and more"\n'
        "base: ../small\n"
        "changes:\n"
        "  - scale: {sheet: funds, where: {program: title-1}, column: amount, by: 0.92}\n"
        "  - set: {sheet: funds, where: {fund: general}, values: {amount: 6000.00}}\n"
        "  - add: {sheet: positions, row: {position: P-002, role: para, school: oak, status: "
        "proposed, fte: 0.5, "
        'funding: "general:100"}}\n'
        "  - add: {sheet: rules, row: {rule: preparation, setting: off}}\n"
        "goals: [cost, tier_3_minutes]\n"
    )
    assert told.stdout.startswith(f"Wrote {path}.\n\nLess: and more, on small\n\nFour changes\n")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["goals"] == ["cost", "tier_3_minutes"]
    assert planner("scenario", "show", path).exit_code == 0


def test_new_on_another_scenario(tmp_path: Path):
    small.folder(tmp_path / "small")
    planner(
        "scenario",
        "new",
        tmp_path / "small",
        "-o",
        tmp_path / "a.yaml",
        "--add-position",
        "para@elm=1",
    )
    told = planner(
        "scenario",
        "new",
        "--on",
        tmp_path / "a.yaml",
        "-o",
        tmp_path / "b.yaml",
        "--close",
        "P-002",
        "--leaves",
        "ESP-01",
    )
    assert told.exit_code == 0, told.output
    assert (
        (tmp_path / "b.yaml")
        .read_text(encoding="utf-8")
        .startswith("name: b\nbase: a.yaml\nchanges:\n")
    )
    assert [row.position for row in applied(tmp_path / "b.yaml").after.positions] == ["P-001"]


def test_new_says_all_that_cannot_be_and_writes_nothing(tmp_path: Path):
    place, path = small.folder(tmp_path / "small"), tmp_path / "cut.yaml"
    told = planner(
        "scenario",
        "new",
        place,
        "-o",
        path,
        "--cut",
        "titel-1=8%",
        "--close",
        "P-01",
        "--leaves",
        "ESP-1=soon",
    )
    assert told.exit_code == 2
    assert told.stderr.splitlines() == [
        "'titel-1': is no program or fund of this dataset. Did you mean 'title-1'?",
        "'P-01': is no position of this dataset. Did you mean 'P-001'?",
        "'ESP-1': is no person of this dataset. Did you mean 'ESP-01'?",
        "",
        "3 faults in all.",
    ]
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "cut.txt"], "cut.txt is not a name for a scenario. Give one that ends in .yaml."),
        (
            ["-o", "cut.yaml"],
            "Which dataset? Give a workbook, a folder of CSV files, --example NAME, or --on "
            "another scenario.",
        ),
        (
            ["--example", "first-steps", "-o", "cut.yaml", "--cut", "8%"],
            "--cut 8%: write it like --cut title-1=8%.",
        ),
        (
            ["--example", "first-steps", "-o", "cut.yaml", "--max-changes", "3"],
            "--max-changes against which plan?",
        ),
    ],
)
def test_new_asks_for_what_is_missing(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    told = planner("scenario", "new", *words)
    assert told.exit_code == 2
    assert told.stderr.startswith(said)


def test_new_does_not_replace_a_file(tmp_path: Path):
    path = tmp_path / "cut.yaml"
    for words, code in (([], 0), ([], 2), (["--force"], 0)):
        assert (
            planner("scenario", "new", "--example", "first-steps", "-o", path, *words).exit_code
            == code
        )
