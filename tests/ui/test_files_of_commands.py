"""Whatever a command leaves behind is for its owner alone: it may hold pay and students' keys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.planner import bought
from tests.ui.command import planner

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other modes")
FAST = ("--seconds", 1, "--reproducible", "--workers", 1)
ROSTER = "Student,Group\ns1,elm-1-read\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder with a dataset that others may read, as a careless shell leaves it."""
    before = os.umask(0)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLANNER_DATABASE_URL", raising=False)
    monkeypatch.setenv("PLANNER_STORE", "office/store.sqlite")
    bought.folder(tmp_path)
    yield tmp_path
    os.umask(before)


def open_to_others(place: Path) -> list[str]:
    return sorted(
        str(path.relative_to(place)) for path in place.rglob("*") if path.stat().st_mode & 0o077
    )


def test_no_command_leaves_anything_that_others_may_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
):
    (place / "roster.csv").write_text(ROSTER)
    given = open_to_others(place)
    assert given
    (data,) = (path for path in place.iterdir() if path.is_dir())
    commands = (
        ("init", "new.xlsx"),
        ("init", "theirs/copy.xlsx", "--example", "first-steps"),
        ("solve", data, *FAST, "-o", "plans/a"),
        ("frontier", data, "--vary", "general=0%..50%/50%", *FAST, "-o", "sweeps/f"),
        ("scenario", "new", data, "--cut", "general=10%", "-o", "ideas/less.yaml"),
        ("export", "plans/a/plan.json", "--data", data, "-o", "exported"),
        ("view", "plans/a", "--data", data, "--as", "director", "-o", "views/director"),
        ("compare", "plans/a", "plans/a", "-o", "compared/c.xlsx"),
        ("rollover", data, "-o", "next/year.xlsx"),
        ("rollover", data, "-o", "next/folder"),
        ("import", "roster.csv", "--as", "members", "--save-mapping", "maps/m.yaml"),
        ("store", "save", data),
        ("store", "keep", "plans/a"),
        ("store", "get", "1", "-o", "got/one"),
        ("backup", "office.zip"),
    )
    for command in commands:
        done = planner(*command)
        assert done.exit_code in (0, 3), (command, done.output)
        assert open_to_others(place) == given, command

    edited = place / "plans" / "a" / "plan.xlsx"
    edited.write_bytes(edited.read_bytes() + b" ")
    edited.chmod(0o644)
    assert planner("solve", data, *FAST, "-o", "plans/a").exit_code == 0
    assert (place / "plans" / "a" / "plan (edited).xlsx").exists()
    assert open_to_others(place) == given

    def fail(*given: object, **named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("ui.cli.commands.validate.run", fail)
    assert planner("validate", data).exit_code == 5
    assert list(place.glob("fault-report-*.json"))
    assert open_to_others(place) == given
