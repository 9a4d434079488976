"""`planner store`, `adopt`, `history`, `backup`, `restore` and `purge`, as planners use them."""

import json
import os
import re
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from planner.sheets.dataset import dataset_hash, load
from planner.store import datasets, runs, scenarios, work
from planner.store.place import file_at
from planner.store.store import open_store
from planner.store.worker import Worker
from tests.ui.command import FIRST_STEPS, planner, run

MOMENT = r"2\d\d\d-\d\d-\d\d \d\d:\d\d UTC"
HASH = r"[0-9a-f]{64}"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a store of its own."""
    monkeypatch.delenv("PLANNER_DATABASE_URL", raising=False)
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path / "office" / "store.sqlite"))
    return tmp_path / "office" / "store.sqlite"


@pytest.fixture
def solved(tmp_path: Path) -> Path:
    """A folder with a plan of first-steps that holds one session."""
    folder = tmp_path / "autumn"
    folder.mkdir()
    session = {
        "service": "cedar-1-read",
        "kind": "group",
        "school": "cedar",
        "staff": ["T1"],
        "day": "Mon",
    }
    document = {
        "dataset_hash": dataset_hash(load(FIRST_STEPS)),
        "scenario": "first-steps",
        "solver": {"status": "feasible"},
        "placements": [],
        "sessions": [
            session | {"start": "09:00", "end": "09:30", "service": GROUP, "staff": [PERSON]}
        ],
        "measures": {
            "minutes": {
                "all": {"owed": 600, "delivered": 30},
                "tier": {"2": {"owed": 600, "delivered": 30}},
            }
        },
    }
    (folder / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "run.json").write_text('{"seconds": 2.5}', encoding="utf-8")
    return folder


GROUP = load(FIRST_STEPS).groups[0].group
PERSON = load(FIRST_STEPS).staff[0].staff


def said(*words: object) -> str:
    """What a command says that does what it is asked."""
    told = planner(*words)
    assert told.exit_code == 0, told.output
    return told.stdout


def refused(*words: object) -> str:
    """What a command says that refuses."""
    told = planner(*words)
    assert (told.exit_code, told.stdout) == (2, "")
    return told.stderr


def test_from_a_dataset_to_an_adopted_plan(solved: Path, place: Path):
    kept = said("store", "save", FIRST_STEPS, "--as", "Ann")
    assert re.fullmatch(
        rf"Kept: first-steps, version 1, saved {MOMENT} by Ann: 1 school, 3 people, 7 groups, 0 students\n",
        kept,
    )
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert re.fullmatch(
        rf"Kept: plan 1, first-steps, kept {MOMENT} by Ben: tier 2 5 %\n",
        said("store", "keep", solved, "--as", "Ben"),
    )
    adopted = said("adopt", 1, "--note", "Board of 12 May", "--as", "Dora")
    assert re.fullmatch(
        rf"Adopted for first-steps: plan 1, since {MOMENT} by Dora: Board of 12 May\n", adopted
    )
    assert re.fullmatch(
        rf"""Store: {place}

Datasets
  first-steps, version 1, saved {MOMENT} by Ann: 1 school, 3 people, 7 groups, 0 students

Plans
  plan 1, first-steps, kept {MOMENT} by Ben: tier 2 5 % – adopted

Adopted
  first-steps: plan 1, since {MOMENT} by Dora: Board of 12 May
""",
        said("store"),
    )
    assert re.fullmatch(
        rf"""    1  {MOMENT}  Ann: saved dataset first-steps \(version 1\)
    2  {MOMENT}  Ben: kept plan 1 \(dataset first-steps; scenario first-steps\)
    3  {MOMENT}  Dora: adopted plan 1 \(dataset first-steps; note Board of 12 May\)
Verified: 3 entries, and everything is there as they tell\. Newest: {HASH}
""",
        said("history", "--verify"),
    )
    assert re.fullmatch(
        rf"    3  {MOMENT}  Dora: adopted plan 1 .*\nNewest: {HASH}\n", said("history", "--last", 1)
    )


def test_for_machines(solved: Path, place: Path):
    dataset = json.loads(said("store", "save", FIRST_STEPS, "--as", "Ann", "--json"))
    assert (dataset["name"], dataset["version"], dataset["hash"]) == (
        "first-steps",
        1,
        dataset_hash(load(FIRST_STEPS)),
    )
    plan = json.loads(said("store", "keep", solved, "--as", "Ben", "--json"))
    assert (plan["plan"], plan["tiers"], plan["cost"]) == (
        1,
        {"2": {"delivered": 30, "owed": 600}},
        None,
    )
    adopted = json.loads(said("adopt", 1, "--as", "Dora", "--json"))
    assert (adopted["plan"], adopted["adopted_by"], adopted["ended_at"]) == (1, "Dora", None)
    held = json.loads(said("store", "--json"))
    assert (held["store"], held["datasets"], held["adoptions"]) == (
        str(place),
        [dataset],
        [adopted],
    )
    assert held["plans"] == [plan | {"adopted": True}]
    trail = json.loads(said("history", "--verify", "--json"))
    assert [entry["action"] for entry in trail["entries"]] == ["saved", "kept", "adopted"]
    assert trail["verified"] == {"count": 3, "head": trail["entries"][-1]["hash"], "fault": ""}
    assert json.loads(said("history", "--json"))["verified"] is None
    assert set(trail["entries"][0]) == {
        "number",
        "at",
        "by",
        "action",
        "subject",
        "schools",
        "detail",
        "hash",
    }


def test_a_plan_brings_its_dataset_along_and_comes_out_again(solved: Path, tmp_path: Path):
    said("store", "keep", solved, "--data", FIRST_STEPS)
    out = tmp_path / "out"
    assert (
        said("store", "get", 1, "-o", out)
        == f"Written into {out}: plan.json, run.json and dataset, from which it was made.\n"
    )
    assert json.loads((out / "plan.json").read_text()) == json.loads(
        (solved / "plan.json").read_text()
    )
    assert json.loads((out / "run.json").read_text()) == {"seconds": 2.5}
    assert load(out / "dataset") == load(FIRST_STEPS)
    assert (
        refused("store", "get", 1, "-o", out)
        == f"{out} is there already. Choose a new folder with -o.\n"
    )
    again = json.loads(said("store", "get", 1, "-o", tmp_path / "again", "--json"))
    assert again["files"][0] == str(tmp_path / "again" / "plan.json")
    assert planner("check", out / "plan.json", "--data", out / "dataset").stderr == ""


def test_a_plan_that_cannot_be_kept_is_told(solved: Path, tmp_path: Path):
    key = dataset_hash(load(FIRST_STEPS))
    said("store", "save", "--example", "short-staffed")
    told = (
        f"'{key[:59]}…': there is no dataset with that hash in the store. Save it first "
        "(planner store save).\n"
    )
    assert refused("store", "keep", solved) == told
    since = (
        "was made from another dataset than short-staffed, or that one has changed since. "
        "Solve it again."
    )
    assert (
        refused("store", "keep", solved, "--example", "short-staffed")
        == f"{solved / 'plan.json'} {since}\n"
    )
    assert (
        refused("store", "keep", tmp_path / "none")
        == f"The plan {tmp_path / 'none'} is not there.\n"
    )
    assert (
        refused("store", "keep", tmp_path) == f"The plan {tmp_path / 'plan.json'} is not there.\n"
    )
    for text, what in (
        ("{", "is no JSON file, or is damaged."),
        ("[]", "is no plan: it holds no sessions."),
    ):
        (tmp_path / "plan.json").write_text(text)
        assert refused("store", "keep", tmp_path) == f"{tmp_path / 'plan.json'}: {what}\n"
    document = json.loads((solved / "plan.json").read_text())
    document["sessions"][0]["staff"] = ["nobody"]
    (solved / "plan.json").write_text(json.dumps(document))
    assert "nobody" in refused("store", "keep", solved, "--data", FIRST_STEPS)
    (solved / "plan.xlsx").write_bytes(b"")
    book = solved / "plan.xlsx"
    assert (
        refused("store", "keep", book)
        == f"{book} is no plan.json. Give the folder that planner solve wrote, or the plan.json "
        "in it.\n"
    )
    assert json.loads(said("store", "--json"))["plans"] == []


def test_two_plans_of_one_name_replace_each_other(solved: Path):
    said("store", "keep", solved, "--data", FIRST_STEPS)
    said("store", "keep", solved, "--name", "Title I cut 8 %")
    said("adopt", 1, "--as", "Dora")
    assert "Title I cut 8 %: plan 2, since" in said("adopt", 2, "--as", "Dora")
    assert [plan["adopted"] for plan in json.loads(said("store", "--json"))["plans"]] == [
        True,
        True,
    ]


def test_runs_and_scenarios_are_listed(place: Path):
    said("store", "save", FIRST_STEPS)
    store = open_store(file_at(place))
    key = datasets.newest(store, "first-steps").hash
    for seen in (0, 1):
        scenarios.save(store, "Title I cut 8 %", "first-steps", "name: cut", seen=seen, by="Ben")
    for _ in range(4):
        runs.ask(store, "first-steps", key, settings={"seconds": 60}, by="Ann")
    work.stop(store, work.claim_next(store, Worker("mars", 7)), message="no memory", failed=True)
    work.claim_next(store, Worker("mars", 8))
    runs.mark_orphans(store, by="Ann", patience=timedelta(0))
    work.claim_next(store, Worker("mars", 9))
    runs.ask_cancel(store, 3, by="Ben")
    store.close()
    asked = rf"asked for {MOMENT} by Ann"
    assert re.fullmatch(
        rf"""
Scenarios
  Title I cut 8 %, version 2, saved {MOMENT} by Ben, on first-steps

Runs
  run 4, first-steps: queued, {asked}
  run 3, first-steps: running, {asked}; worker 9 on mars last said so {MOMENT}; Ben asked that it stops
  run 2, first-steps: orphaned, {asked}; worker 8 on mars is gone
  run 1, first-steps: failed, {asked}; no memory
""",
        "\n".join(["", *said("store").splitlines()[5:], ""]),
    )
    held = json.loads(said("store", "--json"))
    assert [(run["run"], run["state"], run["host"], run["pid"]) for run in held["runs"]] == [
        (4, "queued", None, None),
        (3, "running", "mars", 9),
        (2, "orphaned", "mars", 8),
        (1, "failed", "mars", 7),
    ]
    assert [(each["version"], each["base"], each["text"]) for each in held["scenarios"]] == [
        (2, "first-steps", "name: cut"),
        (1, "first-steps", "name: cut"),
    ]


def test_an_edited_workbook_is_not_what_is_kept(solved: Path):
    (solved / "plan.xlsx").write_bytes(b"edited")
    told = planner("store", "keep", solved, "--data", FIRST_STEPS)
    assert told.exit_code == 0
    assert (
        told.stderr
        == "Take care: plan.xlsx was edited since it was written; what is kept is plan.json.\n"
    )


@pytest.mark.parametrize(
    "words", [["store"], ["adopt", 1], ["history"], ["backup", "x.zip"], ["purge", "--students"]]
)
def test_without_a_store_the_way_to_one_is_told(place: Path, words: list[object]):
    told = (
        f"{place}: there is no store yet. planner store save DATA makes one; PLANNER_STORE "
        "names another place.\n"
    )
    assert refused(*words) == told
    assert not place.exists()


def test_what_was_altered_is_told_and_is_no_success(solved: Path, place: Path):
    said("store", "keep", solved, "--data", FIRST_STEPS, "--as", "Ann")
    newest = json.loads(said("history", "--json"))["entries"][-1]["hash"]
    assert said("history", "--verify", "--known", newest).endswith(f"Newest: {newest}\n")
    assert (
        refused("history", "--known", newest) == "--known is looked for with --verify. Say both.\n"
    )
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE audit SET by = 'mallory' WHERE number = 2")
    connection.close()
    told = planner("history", "--verify")
    assert told.exit_code == 1
    last = rf"Not as it was written: Entry 2 \({MOMENT[:-4]}, mallory: kept plan 1\) was altered after it was written\."
    assert re.fullmatch(last, told.stdout.splitlines()[-1])
    assert planner("history", "--verify", "--json").exit_code == 1


def test_a_backup_and_back(
    solved: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    said("store", "keep", solved, "--data", FIRST_STEPS)
    file = tmp_path / "office.zip"
    rest = "It holds pay and students where the datasets do.\n"
    assert (
        said("backup", file)
        == f"Written to {file}: 1 dataset, 1 plan, 2 entries of the trail. {rest}"
    )
    assert (
        refused("backup", file)
        == f"{file}: is there already. Choose another name, or replace it with --force.\n"
    )
    assert json.loads(said("backup", file, "--force", "--json"))["rows"]["plans"] == 1
    assert "the store is not empty: its audit trail has 4 entries." in refused("restore", file)
    other = tmp_path / "other.sqlite"
    monkeypatch.setenv("PLANNER_STORE", str(other))
    assert (
        said("restore", file)
        == f"Restored into {other}: 1 dataset, 1 plan, 3 entries of the trail; all of it "
        "verified.\n"
    )
    assert json.loads(said("restore", file, "--replace", "--json"))["store"] == str(other)
    assert "saved dataset first-steps" in said("history", "--verify")
    file.write_bytes(file.read_bytes()[:-100])
    broken = (
        f"{file}: is no backup of a store, or is damaged. Take another backup. Nothing was "
        "changed.\n"
    )
    assert refused("restore", file, "--replace") == broken
    assert "Verified: 4 entries" in said("history", "--verify")


def test_students_are_purged():
    said("store", "save", "--example", "short-staffed")
    assert (
        refused("purge")
        == "What is to go? planner purge --students takes all students out of the store, for "
        "good.\n"
    )
    assert said("purge", "--students", "--as", "hr") == (
        "130 students gone for good, out of 1 dataset, 0 plans, 0 scenarios. How many each group "
        "has stays.\n"
        "Backups that were made before still hold them, and so do the files from which the "
        "datasets came.\n"
    )
    assert "; students purged 2" in said("store")
    assert json.loads(said("purge", "--students", "--json")) == {
        "students": 0,
        "datasets": 0,
        "plans": 0,
        "scenarios": 0,
    }


def test_who_it_is_is_the_user_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOGNAME", "cleo")
    said("store", "save", FIRST_STEPS)
    assert json.loads(said("history", "--json"))["entries"][0]["by"] == "cleo"
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError("no name")))
    said("store", "save", "--example", "short-staffed")
    assert json.loads(said("history", "--json"))["entries"][1]["by"] == f"user {os.getuid()}"
    assert (
        refused("store", "save", FIRST_STEPS, "--name", "ours", "--as", " ")
        == "who does it is blank.\n"
    )


def test_the_usual_place_is_beside_the_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PLANNER_STORE")
    done = run("store", "save", "--example", "first-steps", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "plans" / "store.sqlite").is_file()


def test_an_empty_store_says_what_to_do(place: Path, monkeypatch: pytest.MonkeyPatch):
    place.parent.mkdir()
    place.touch()
    assert said("store") == (
        f"Store: {place}\n"
        "Nothing is in it yet. planner store save DATA keeps a dataset, planner store keep PLAN "
        "--data DATA a plan.\n"
    )
    assert said("history") == "Nothing was done yet.\n"
