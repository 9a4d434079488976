"""Every example keeps what its expected.json promises: how it ends, what is proved, what is at
least reached, what is named.

The limits are deterministic seconds, so that a busy machine changes no value: `seconds` are those
of the solver's own clock.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.rules.goals import GOALS
from planner.sheets.examples import example_names, example_path
from tests.ui.command import ROOT, planner

SCENARIOS = sorted(path for path in (ROOT / "scenarios").iterdir() if path.is_dir())
EXPECTED: dict[str, dict[str, Any]] = {
    path.name: json.loads((path / "expected.json").read_text(encoding="utf-8"))
    for path in SCENARIOS
}
SOLVED = [
    name for name, expected in EXPECTED.items() if expected["status"] in ("OPTIMAL", "FEASIBLE")
]
CONTRADICTORY = [name for name, expected in EXPECTED.items() if expected["status"] == "INFEASIBLE"]
WRONG = [name for name, expected in EXPECTED.items() if expected["status"] == "WRONG"]

SLOW = ("lausd-region", "new-bridge", "tacoma-mtss")
"""Each takes minutes of two cores: `make bench` solves them, `make test` the others."""


def test_every_example_says_what_it_is_and_how_it_ends():
    assert example_names() == tuple(path.name for path in SCENARIOS)
    assert sorted([*SOLVED, *CONTRADICTORY, *WRONG]) == list(example_names())
    listed = planner("init", "--list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(example_names())
    for line in listed:
        assert ": " in line, f"the README of {line.split()[0]} has no title and sentence"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in SOLVED]
)
def test_an_example_reaches_what_is_expected(name: str, tmp_path: Path):
    expected = EXPECTED[name]
    proved, floors = expected["goals"], expected.get("at_least", {})
    goals = [goal.key for goal in GOALS if goal.key in {**proved, **floors}]
    words = [
        "--seconds",
        expected["seconds"],
        "--reproducible",
        "--goals",
        ",".join(goals),
        "-o",
        tmp_path,
        "--json",
    ]
    done = planner("solve", "--example", name, *words)
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    reached = {goal["goal"]: goal for goal in said["goals"]}
    assert {key: (reached[key]["value"], reached[key]["bound"]) for key in proved} == {
        key: (value, value) for key, value in proved.items()
    }
    for key, floor in floors.items():
        assert reached[key]["value"] >= floor, (
            f"{key} is {reached[key]['value']}; {floor} was expected at least"
        )
    assert said["status"] == expected["status"].lower() or (said["status"], expected["status"]) == (
        "optimal",
        "FEASIBLE",
    )
    if "unserved" in expected:
        assert sorted(left["service"] for left in said["unserved"]) == expected["unserved"]
    assert {finding["severity"] for finding in said["findings"]} <= {"noted"}
    named = {(finding["rule"], finding["subject"]) for finding in said["findings"]}
    assert {(finding["rule"], finding["subject"]) for finding in expected["findings"]} <= named
    checked = planner("check", tmp_path / "plan.json", "--data", example_path(name))
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_a_contradiction_is_named_exactly(name: str, tmp_path: Path):
    assert planner("validate", "--example", name).exit_code == 0
    done = planner("solve", "--example", name, "-o", tmp_path / "plan", "--json")
    assert done.exit_code == 3, done.output
    assert sorted(json.loads(done.stdout)["conflict"]) == sorted(EXPECTED[name]["conflict"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WRONG)
def test_every_fault_is_named_and_no_other(name: str, tmp_path: Path):
    done = planner("validate", "--example", name, "--json")
    assert done.exit_code == 2
    found = [
        [fault["sheet"], fault["row"], fault["column"], fault["value"]]
        for fault in json.loads(done.stdout)
    ]
    assert found == EXPECTED[name]["faults"]
    solved = planner("solve", "--example", name, "-o", tmp_path / "plan")
    assert solved.exit_code == 2
    assert f"{len(found)} faults in all." in solved.stderr
    assert list(tmp_path.iterdir()) == []
