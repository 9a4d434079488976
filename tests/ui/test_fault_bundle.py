"""What nobody foresaw ends a command with 5, in words, and a bundle in which nothing is that a dataset
says.
"""

import json
import re
from pathlib import Path

import pytest
from typer.testing import Result

from planner.facts.problem import Problem
from planner.sheets.dataset import load, save
from tests.planner.planned import problem
from tests.ui.command import planner

SECRET = "Zanzibarella"
STAFF = (
    f"staff,name,role,fte,schools,home_school\nP{SECRET},{SECRET} One,para,1,elm;oak,elm\n"
    f"P2,{SECRET} Two,para,0.5,elm,elm\n"
)
MEMBERS = f"student,group\n{SECRET}-1,elm-2-read\n{SECRET}-2,oak-K-read\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset full of secrets, in a folder that is one."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / SECRET
    save(problem(staff=STAFF, members=MEMBERS, duties=None).data, place)
    return place


def failing(monkeypatch: pytest.MonkeyPatch, what: str, error: type[Exception]) -> None:
    """Let a function of the program fail with a message that names what it was given."""

    def fail(*given: object, **named: object) -> None:
        raise error(f"{given} {named} {SECRET}")

    monkeypatch.setattr(what, fail)


def bundle(told: Result) -> str:
    assert told.exit_code == 5, told.output
    assert "Traceback" not in told.output
    (file,) = Path().glob("fault-report-*.json")
    assert str(file) in told.stderr
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("ui.cli.commands.funds.opened", ["funds", "--json"]),
        ("ui.cli.commands.hr.opened", ["hr"]),
        ("ui.cli.commands.slots.opened", ["slots", "--json"]),
        ("ui.cli.commands.solve.opened_with", ["solve", "--seconds", "4", "-o", SECRET]),
    ],
)
@pytest.mark.parametrize("error", [KeyError, AssertionError, RecursionError, MemoryError])
def test_nothing_of_the_dataset_is_in_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, what: str, words: list[str], error: type[Exception]
):
    failing(monkeypatch, what, error)
    text = bundle(planner(words[0], data, *words[1:]))
    assert SECRET not in text
    kept = json.loads(text)
    assert kept["inputs"][0]["dataset_hash"]
    assert kept["command"][0] == words[0]
    assert kept["traceback"][0]["error"] == error.__name__
    assert any(place.startswith("ui/cli/") for place in kept["traceback"][0]["places"])


def test_no_value_of_any_cell_is_in_it(data: Path, monkeypatch: pytest.MonkeyPatch):
    """Every word of four letters or more that a cell holds and the program does not."""
    failing(monkeypatch, "ui.cli.commands.hr.opened", ValueError)
    text = bundle(planner("hr", data))
    said = " ".join(file.read_text(encoding="utf-8-sig") for file in data.glob("*.csv"))
    headings = {
        word
        for file in data.glob("*.csv")
        for word in re.findall(r"\w+", file.read_text().splitlines()[0])
    }
    words = {word for word in re.findall(r"\w{4,}", said) if not word.isdigit()} - headings
    assert SECRET in " ".join(words)
    assert not words & set(re.findall(r"\w+", text))


def test_no_option_says_whose_data_it_is(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    failing(monkeypatch, "ui.cli.commands.export.opened", KeyError)
    (tmp_path / f"{SECRET}.json").write_text("{}")
    words = [f"{SECRET}.json", f"--data={data}", "--person", f"{SECRET}1", f"--school={SECRET}2"]
    text = bundle(planner("export", *words, "--with", "lunch", "-o", SECRET))
    assert SECRET not in text
    kept = json.loads(text)
    assert kept["command"] == ["export", "--data", "--person", "--school", "--with", "-o"]
    assert [one["kind"] for one in kept["inputs"]] == [".json", "folder"]


def test_a_number_that_may_be_an_id_is_not_in_it(data: Path, monkeypatch: pytest.MonkeyPatch):
    failing(monkeypatch, "ui.cli.commands.solve.opened_with", KeyError)
    Path("40417").symlink_to(data)
    text = bundle(planner("solve", "40417", "--seconds", "4", "--scenario", "50518", "-o", "60619"))
    command = json.loads(text)["command"]
    assert command == ["solve", "--seconds", "4", "--scenario", "-o"]


def test_a_message_that_stands_in_the_program_is_kept(data: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> Problem:
        try:
            return Problem(load(data / "none"))
        except Exception as error:
            raise RuntimeError("the shelves are empty") from error

    monkeypatch.setattr("ui.cli.commands.hr.opened", fail)
    kept = json.loads(bundle(planner("hr", data, "--json")))
    assert [one["message"] for one in kept["traceback"]][0] == "the shelves are empty"
    assert len(kept["traceback"]) > 1
    assert kept["traceback"][1]["message"] is None


def test_where_nothing_can_be_written_it_lies_elsewhere(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    failing(monkeypatch, "ui.cli.commands.hr.opened", KeyError)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    written = Path.write_text

    def only_there(path: Path, *text: str, **named: str) -> int:
        if tmp_path / "temporary" not in path.parents:
            raise PermissionError(13, "Permission denied", str(path))
        return written(path, *text, **named)

    monkeypatch.setattr(Path, "write_text", only_there)
    told = planner("hr", data)
    assert told.exit_code == 5
    (file,) = (tmp_path / "temporary").iterdir()
    assert str(file) in told.stderr
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    again = planner("hr", data)
    assert again.exit_code == 5
    assert "could not be written (" in again.stderr


def test_results_and_refusals_leave_no_bundle(data: Path):
    assert planner("hr", data).exit_code == 0
    assert planner("validate", data / "none").exit_code == 2
    assert planner("validate", "--no-such-option").exit_code == 2
    assert not list(Path().glob("fault-report*"))
