"""`planner solve` and `planner check` on small districts: what they say, what they write, and how
they end.
"""

import csv
import json
import shutil
import signal
import subprocess
from pathlib import Path
from time import sleep

import pytest
from openpyxl import load_workbook

import ui.app.solving
from planner.facts.problem import Problem
from planner.plan.result import Finding, Result, Status
from planner.rules.goals import GOALS
from solver.settings import OnProgress, SolveSettings
from solver.stop import Stop
from tests.planner import planned, small
from tests.ui.command import FIRST_STEPS, interrupt_after, planner, run, running
from ui.cli.dataset_choice import LoadedDataset

PLAN_FILES = ["plan.json", "plan.xlsx", "run.json"]
TACOMA = FIRST_STEPS.parent.parent / "tacoma-mtss" / "dataset"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def answering(monkeypatch: pytest.MonkeyPatch, result: Result | Exception) -> None:
    """Let the solver answer this."""

    def solve(*_: object) -> Result:
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(ui.app.solving, "best_plan", solve)


# ---- a plan is found


@pytest.fixture(scope="module")
def first_steps(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A real run, with its plan."""
    folder = tmp_path_factory.mktemp("solve")
    return folder / "plans" / "first-steps", run(
        "solve", "--example", "first-steps", "--seconds", 20, cwd=folder
    )


@pytest.mark.slow
def test_the_plan_is_written_and_summed_up(
    first_steps: tuple[Path, subprocess.CompletedProcess[str]],
):
    folder, done = first_steps
    assert done.returncode == 0, done.stderr
    assert names(folder) == PLAN_FILES
    assert "Tier 3   100 %  5 h 00 of 5 h 00" in done.stdout
    assert "Tier 2    80 %  6 h 00 of 7 h 30" in done.stdout
    assert "G2-MATH-T2, Cedar Lane Elementary: none of 3 sessions." in done.stdout
    assert "300 minutes × priority: proved best" in done.stdout
    assert "The independent check found no broken rule." in done.stdout
    assert str(Path("plans", "first-steps", "plan.xlsx")) in done.stdout


NOBODY = (
    "Nobody is under contract on September 1, 2026, so there is nobody whose work could be planned."
)
DUTY = "duty,kind,school,minutes,windows,required\nmeet,meeting,elm,30,Mon 09:00-10:00,yes\n"


@pytest.mark.parametrize(
    ("left_out", "duties", "says", "sessions"),
    [
        (
            ["groups"],
            DUTY,
            "There is no group to serve on September 1, 2026: the plan holds working hours and "
            "duties alone.",
            1,
        ),
        (
            ["groups"],
            None,
            "There is no group and no duty on September 1, 2026: the plan holds everybody's "
            "working hours alone.",
            0,
        ),
        (["staff"], None, NOBODY, 0),
        (["staff", "groups"], None, NOBODY, 0),
    ],
)
def test_where_there_is_little_to_plan_the_plan_is_small_and_proved(
    tmp_path: Path, left_out: list[str], duties: str | None, says: str, sessions: int
):
    data = small.folder(
        tmp_path / "data", **dict.fromkeys(left_out, None), duties=duties, positions=None
    )
    done = planner("solve", data, "-o", tmp_path / "plan")
    assert done.exit_code == 0, done.output
    assert says in done.stdout
    assert "Every goal is proved best" in done.stdout
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    assert (plan["solver"]["status"], len(plan["sessions"]), plan["findings"]) == (
        "optimal",
        sessions,
        [],
    )
    sheet = load_workbook(tmp_path / "plan" / "plan.xlsx").worksheets[0]
    assert says in [cell.value for row in sheet.iter_rows() for cell in row]
    assert planner("check", tmp_path / "plan" / "plan.xlsx", "--data", data).exit_code == 0


def test_a_required_duty_that_nobody_can_do_is_named(tmp_path: Path):
    data = small.folder(tmp_path / "data", staff=None, positions=None, groups=None, duties=DUTY)
    done = planner("solve", data, "-o", tmp_path / "plan")
    assert done.exit_code == 3
    assert "  - The duty meet is required: 1 × 30 minutes a cycle.\n" in done.stderr


def test_progress_is_a_line_a_goal_where_there_is_no_terminal(
    first_steps: tuple[Path, subprocess.CompletedProcess[str]],
):
    _, done = first_steps
    assert done.stderr.splitlines()[0].startswith(
        "Tier 3 minutes: 300 minutes × priority, proved best ("
    )
    assert len(done.stderr.splitlines()) <= len(GOALS)
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("file", ["plan.json", "plan.xlsx"])
def test_its_plan_is_clean(file: str, first_steps: tuple[Path, subprocess.CompletedProcess[str]]):
    told = planner("check", first_steps[0] / file, "--data", FIRST_STEPS)
    assert told.exit_code == 0
    assert "No hard rule is broken." in told.stdout
    assert "300 minutes × priority" in told.stdout
    assert told.stderr == ""


def test_a_plan_edited_in_its_workbook_breaks_a_rule_in_a_row(
    first_steps: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
):
    path = Path(shutil.copy(first_steps[0] / "plan.xlsx", tmp_path))
    book = load_workbook(path)
    sheet = book["sessions"]
    column = {cell.value: cell.column for cell in sheet[1]}
    row = next(
        row
        for row in range(2, sheet.max_row)
        if sheet.cell(row, column["service"]).value == "G1-READ-T3"
    )
    sheet.cell(row, column["start"]).value, sheet.cell(row, column["end"]).value = "14:00", "14:30"
    book.save(path)
    told = planner("check", path, "--data", FIRST_STEPS)
    assert told.exit_code == 1
    assert "G1-READ-T3 on " in told.stdout
    assert f"(sessions!F{row})" in told.stdout
    machine = json.loads(planner("check", path, "--data", FIRST_STEPS, "--json").stdout)
    assert not machine["clean"]
    assert machine["broken"][0]["places"] == [
        {"sheet": "sessions", "row": row, "column": "start", "cell": f"sessions!F{row}"}
    ]
    assert machine["goals"]["tier_3_minutes"] == 300


def test_a_plan_of_another_dataset_is_said_to_be_one(
    first_steps: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
):
    data = shutil.copytree(FIRST_STEPS, tmp_path / "data")
    district = (data / "district.csv").read_text(encoding="utf-8")
    (data / "district.csv").write_text(
        district.replace("First steps", "Second steps"), encoding="utf-8"
    )
    told = planner("check", first_steps[0] / "plan.json", "--data", data)
    assert told.exit_code == 0
    assert "was made from another dataset" in told.stderr


def test_reproducible_runs_give_the_same_bytes(tmp_path: Path):
    for name in ("one", "two"):
        done = planner(
            "solve", FIRST_STEPS, "-o", tmp_path / name, "--seconds", 2, "--reproducible", "--json"
        )
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["files"] == [
            str(tmp_path / name / file) for file in sorted(PLAN_FILES, key=_shown)
        ]
    assert (tmp_path / "one" / "plan.json").read_bytes() == (
        tmp_path / "two" / "plan.json"
    ).read_bytes()


def _shown(file: str) -> int:
    return ["plan.xlsx", "plan.json", "run.json"].index(file)


def test_only_the_goals_asked_for_are_sought_in_their_order(tmp_path: Path):
    data = small.folder(tmp_path / "data")
    done = planner(
        "solve",
        data,
        "-o",
        tmp_path / "plan",
        "--seconds",
        2,
        "--goals",
        "duty_minutes, tier_2_minutes",
        "--json",
    )
    assert done.exit_code == 0, done.stderr
    assert [goal["goal"] for goal in json.loads(done.stdout)["goals"]] == [
        "duty_minutes",
        "tier_2_minutes",
    ]


# ---- no plan


def test_a_contradiction_is_said_and_nothing_is_written(tmp_path: Path):
    data = shutil.copytree(FIRST_STEPS, tmp_path / "data")
    (data / "pins.csv").write_text(
        "kind,subject,staff,day,start\nsession,G1-READ-T2,ESP-1,Mon,14:00\n", encoding="utf-8"
    )
    told = planner("solve", data, "-o", tmp_path / "plan", "--seconds", 2)
    assert told.exit_code == 3, told.output
    assert "at once" in told.stderr
    assert "Nothing was written." in told.stderr
    assert names(tmp_path) == ["data"]


def test_the_conflict_is_said_in_its_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    answering(monkeypatch, Result(Status.INFEASIBLE, conflict=("The pin.", "The window.")))
    words = ["solve", small.folder(tmp_path / "data"), "-o", tmp_path / "plan"]
    assert "  - The pin.\n  - The window.\n" in planner(*words).stderr
    machine = planner(*words, "--json")
    assert machine.exit_code == 3
    assert json.loads(machine.stdout) == {
        "status": "infeasible",
        "conflict": ["The pin.", "The window."],
    }


def test_without_a_plan_in_time_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    answering(monkeypatch, Result(Status.NO_PLAN_YET, stopped="deadline"))
    words = ["solve", small.folder(tmp_path / "data"), "-o", tmp_path / "plan"]
    told = planner(*words)
    assert told.exit_code == 4
    assert "before a plan was found" in told.stderr
    assert json.loads(planner(*words, "--json").stdout) == {
        "status": "no_plan_yet",
        "stopped": "deadline",
    }
    assert names(tmp_path) == ["data"]


def test_where_solver_and_checker_disagree_a_report_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    finding = Finding("dosage", "broken", "elm-read", 1, "sessions", "elm-read gets too little.")
    answering(
        monkeypatch, Result(Status.FAILED, planned.PLAN, planned.RESULT.goals, findings=(finding,))
    )
    monkeypatch.setattr(
        "ui.cli.commands.solve.opened_with", lambda *_: LoadedDataset(planned.problem(), {})
    )
    told = planner("solve", "anything", "-o", tmp_path)
    assert told.exit_code == 5
    assert "our fault" in told.stderr
    assert names(tmp_path) == ["fault-report"]
    assert names(tmp_path / "fault-report") == ["dataset", "findings.txt", "plan.json", "run.json"]
    assert "elm-read gets too little." in (tmp_path / "fault-report" / "findings.txt").read_text(
        encoding="utf-8"
    )


def test_a_failure_of_the_solver_is_reported_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    answering(monkeypatch, ZeroDivisionError("by zero"))
    told = planner("solve", small.folder(tmp_path / "data"), "-o", tmp_path / "plan")
    assert told.exit_code == 5
    assert "Traceback" not in told.output
    assert "ZeroDivisionError" in (tmp_path / "plan" / "fault-report" / "error.txt").read_text(
        encoding="utf-8"
    )
    again = planner("solve", tmp_path / "data", "-o", tmp_path / "plan", "--json")
    assert json.loads(again.stdout)["status"] == "failed"


# ---- Ctrl-C

DEAF = """
import sys, time
import ui.app.solving
def solve(*_):
    print("searching", file=sys.stderr, flush=True)
    time.sleep(100)
ui.app.solving.best_plan = solve
"""


@pytest.fixture
def one_school(tmp_path: Path) -> Path:
    """Most groups of one of Tacoma's schools: soon served, but the last goal takes seconds to
    prove.
    """
    folder = shutil.copytree(TACOMA, tmp_path / "data")
    with (folder / "groups.csv").open(encoding="utf-8", newline="") as file:
        elsewhere = {
            row["group"]
            for number, row in enumerate(csv.DictReader(file))
            if row["school"] != "mad" or number % 3 == 0
        }
    for sheet, column in (
        ("groups", "group"),
        ("members", "group"),
        ("duties", ""),
        ("pins", "subject"),
    ):
        with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            kept = [row for row in rows if column and row[column] and row[column] not in elsewhere]
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows.fieldnames or [])
            writer.writeheader()
            writer.writerows(kept)
    return folder


@pytest.mark.slow
def test_the_first_ctrl_c_keeps_the_best_plan(one_school: Path, tmp_path: Path):
    with running("", "solve", one_school, "-o", "plan", "--seconds", 60, cwd=tmp_path) as process:
        interrupt_after(process, "Tier 3 minutes:")
        told, _ = process.communicate()
    assert process.returncode == 0
    assert "Stopped on your request; the plan below is the best so far." in told
    assert names(tmp_path / "plan") == PLAN_FILES
    assert planner("check", tmp_path / "plan" / "plan.json", "--data", one_school).exit_code == 0


def test_the_second_ctrl_c_ends_at_once(tmp_path: Path):
    with running(
        DEAF, "solve", small.folder(tmp_path / "data"), "-o", "plan", cwd=tmp_path
    ) as process:
        interrupt_after(process, "searching")
        interrupt_after(process, "Stopping")
        told, _ = process.communicate()
    assert process.returncode == 130
    assert told == ""
    assert names(tmp_path) == ["data"]


def test_ctrl_c_before_a_plan_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def solve(
        problem: Problem, settings: SolveSettings, on_progress: OnProgress, stop: Stop, *_: object
    ) -> Result:
        signal.raise_signal(signal.SIGINT)
        while not stop.asked:
            sleep(0.01)
        return Result(Status.NO_PLAN_YET, stopped="interrupt")

    monkeypatch.setattr(ui.app.solving, "best_plan", solve)
    told = planner("solve", small.folder(tmp_path / "data"), "-o", tmp_path / "plan")
    assert told.exit_code == 130
    assert "before a plan was found" in told.stderr
    assert names(tmp_path) == ["data"]
