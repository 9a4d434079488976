"""`planner frontier`: a sweep of money and of FTE on a small district, its table, its files, and
what it refuses.
"""

import csv
import json
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

import ui.cli.commands.frontier as command
from planner.plan.result import Status
from planner.scenario.variation import Value, Variation
from solver.frontier import Outcome
from tests.planner import bought
from tests.ui.command import interrupt_after, planner, running

FAST = ("--seconds", 2, "--reproducible", "--workers", 1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return bought.folder(tmp_path)


def test_more_money_buys_another_position(data: Path, tmp_path: Path):
    done = planner(
        "frontier", data, "--vary", "general=-50%..100%/50%", *FAST, "-o", tmp_path / "f"
    )
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "small: general varied, 4 cases"
    assert [line.split() for line in lines[3:7]] == [
        ["−50%", "$0.00", "0", "min", "0", "min", "0", "min", "Elm,", "0", "%"],
        ["0%", "$1,000.00", "2", "h", "30", "2", "h", "30", "0", "min", "Elm,", "67", "%", "P-001"],
        ["+50%", "$1,000.00", "2", "h", "30", "2", "h", "30", "0", "min", "Elm,", "67", "%"],
        [
            "+100%",
            "$2,000.00",
            "2",
            "h",
            "30",
            "2",
            "h",
            "30",
            "2",
            "h",
            "30",
            "Elm,",
            "100",
            "%",
            "P-002",
        ],
    ]
    with (tmp_path / "f" / "frontier.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [
        (row["general"], row["cost"], row["tier_1_minutes"], row["positions_gained"])
        for row in rows
    ] == [
        ("-50%", "0.00", "0", ""),
        ("0%", "1000.00", "0", "P-001"),
        ("50%", "1000.00", "0", ""),
        ("100%", "2000.00", "150", "P-002"),
    ]
    found = json.loads((tmp_path / "f" / "frontier.json").read_text(encoding="utf-8"))
    assert found["varied"] == [{"name": "general", "values": ["-50%", "0%", "50%", "100%"]}]
    assert found["cases"][3]["positions"] == {"P-001": "1", "P-002": "1"}
    picture = ElementTree.fromstring((tmp_path / "f" / "frontier.svg").read_text(encoding="utf-8"))
    assert sum(1 for each in picture.iter() if each.tag.endswith("circle")) == 16


def test_combinations_on_a_scenario_for_machines(data: Path, tmp_path: Path):
    path = tmp_path / "more.yaml"
    path.write_text(
        "base: small\nchanges:\n  - scale: {sheet: funds, column: amount, by: 2}\n",
        encoding="utf-8",
    )
    words = [
        "--scenario",
        path,
        "--vary",
        "P-002=0,1",
        "--vary",
        "title-1=0,-1000",
        *FAST,
        "-o",
        tmp_path / "f",
        "--json",
    ]
    done = planner("frontier", *words)
    assert done.exit_code == 0, done.output
    cases = json.loads(done.stdout)["cases"]
    assert [(case["P-002"], case["title-1"]) for case in cases] == [
        ("0", "-1000"),
        ("0", "0"),
        ("1", "-1000"),
        ("1", "0"),
    ]
    assert [case["tier_1_minutes"] for case in cases] == [0, 0, 0, 150]
    # P-002 is decided, and the money is enough for one: whoever is there goes.
    assert [sorted(case["positions"]) for case in cases] == [
        ["P-001"],
        ["P-001"],
        ["P-002"],
        ["P-001", "P-002"],
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--vary what?"),
        (
            ["--vary", "generl=0%"],
            "'generl': is no program, fund or position of this dataset. Did you mean 'general'?",
        ),
        (
            ["--vary", "general"],
            "'general': does not say which values it takes, all percentages or all amounts.",
        ),
        (["--vary", "general=0%..10/5%"], "'general=0%..10/5%': mixes percentages with amounts."),
        (
            ["--vary", "general=10%..0%/5%"],
            "'general=10%..0%/5%': does not go up in steps above 0.",
        ),
        (["--vary", "general=0%..ten/5%"], "'general=0%..ten/5%': 'ten' is no number."),
        (
            ["--vary", "general=0..10000/1"],
            "'general=0..10000/1': makes 10,001 cases; a sweep may have 200.",
        ),
        (
            ["--vary", "general=0%..20%/1%", "--vary", "P-001=0..1/0.1"],
            "that makes 231 cases; a sweep may have 200.",
        ),
        (
            ["--vary", "general=0%", "--vary", "general=1%"],
            "'general': is varied twice. Keep one of them.",
        ),
        (["--vary", "P-001=10%"], "'P-001=10%': gives the position 10%; an FTE is from 0 to 1."),
        (["--vary", "general=-101%"], "'general=101%': is more than all of it."),
    ],
)
def test_what_cannot_be_varied(data: Path, tmp_path: Path, words: list[str], said: str):
    told = planner("frontier", data, *words, "-o", tmp_path / "f")
    assert told.exit_code == 2
    assert told.stderr.startswith(said), told.stderr
    assert not list(tmp_path.glob("f/*"))


def test_a_sweep_without_any_plan_ends_with_four(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        command,
        "_swept",
        lambda *_: {0: Outcome(Status.NO_PLAN_YET, why="no plan was found in time")},
    )
    told = planner("frontier", data, "--vary", "general=0%,5%", "-o", tmp_path / "f")
    assert told.exit_code == 4
    assert "general 0%: no plan was found in time.\n" in told.stdout
    assert "\nStopped on your request: 1 case without an answer.\n" in told.stdout


def test_cases_below_in_money_are_neighbours():
    percents = tuple(Value(Decimal(figure), True) for figure in (0, 1))
    shares = tuple(Value(Decimal(figure), False) for figure in (0, 1, 2))
    money, fte = Variation("general", percents, True), Variation("P-1", shares, False)
    assert command.below_in_money([money, fte]) == {0: [], 1: [], 2: [], 3: [0], 4: [1], 5: [2]}
    assert command.below_in_money([fte, money]) == {0: [], 1: [0], 2: [], 3: [2], 4: [], 5: [4]}


SLOW = """
import solver.frontier, time
before = solver.frontier.best_plan
def solve(problem, settings, stop=None, engine=None):
    while problem.name == "general 5%" and not stop.asked:
        time.sleep(0.05)
    return before(problem, settings, stop=stop, engine=engine)
solver.frontier.best_plan = solve
"""


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_done(data: Path, tmp_path: Path):
    words = ["frontier", data, "--vary", "general=0%,5%,10%", *FAST, "-o", tmp_path / "f"]
    with running(SLOW, *words, cwd=tmp_path) as process:
        interrupt_after(process, "general 0%: tier 3")
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "small: general varied, 3 cases" in told
    found = json.loads((tmp_path / "f" / "frontier.json").read_text(encoding="utf-8"))
    assert found["cases"][0]["tier_3_minutes"] == 150
    assert found["cases"][2]["status"] == "not begun"
