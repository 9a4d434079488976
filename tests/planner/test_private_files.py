"""Files are written whole or not at all, for their owner alone."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.private_files import (
    UNFINISHED,
    all_or_nothing,
    make_folder,
    passing,
    replacing,
    write_text,
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other modes and locks")
KILLED = """
import os, signal, sys
from pathlib import Path
from planner.private_files import all_or_nothing

with all_or_nothing(Path(sys.argv[1])) as unfinished:
    (unfinished / "plan.xlsx").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def careless_shell() -> Iterator[None]:
    """A shell that takes no permission away: what is private is so by the writer's doing."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def unfinished_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(UNFINISHED)]


def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path):
    folder = tmp_path / "new" / "plan"
    with all_or_nothing(folder) as unfinished:
        assert mode(unfinished) == 0o700, "until it is complete nobody else gets in"
        make_folder(unfinished / "elm")
        (unfinished / "plan.xlsx").write_text("x")
        (unfinished / "elm" / "week.pdf").write_text("x")
    assert [mode(folder.parent), mode(folder), mode(folder / "elm")] == [0o700] * 3
    assert [mode(folder / "plan.xlsx"), mode(folder / "elm" / "week.pdf")] == [0o600] * 2


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path):
    (tmp_path / "shared").mkdir(mode=0o755)
    write_text(tmp_path / "shared" / "a.txt", "x")
    assert mode(tmp_path / "shared") == 0o755


def test_a_file_that_others_could_read_is_replaced_by_one_that_they_cannot(tmp_path: Path):
    path = tmp_path / "run.json"
    path.write_text("old")
    path.chmod(0o644)
    with path.open() as reader:
        write_text(path, "new\r\nand more\n")
        assert reader.read() == "old", "it is another file"
    assert (path.read_bytes(), mode(path)) == (b"new\r\nand more\n", 0o600)


def test_nothing_is_replaced_where_writing_fails(tmp_path: Path):
    (tmp_path / "plan.json").write_text("old")

    def fail() -> None:
        with all_or_nothing(tmp_path) as unfinished:
            (unfinished / "plan.json").write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"plan.json": "old"}


def test_a_new_folder_appears_at_once_and_an_old_one_keeps_its_other_files(tmp_path: Path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "mine.txt").write_text("mine")
    for name in ("new", "old"):
        with replacing(tmp_path / name) as unfinished:
            write_text(unfinished / "staff.csv", "x")
            assert not (tmp_path / name / "staff.csv").exists()
    assert sorted(path.name for path in (tmp_path / "old").iterdir()) == ["mine.txt", "staff.csv"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["staff.csv"]


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert killed.returncode < 0
    assert len(unfinished_in(tmp_path)) == 1
    write_text(tmp_path / "next.txt", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["next.txt"]


def test_what_a_killed_run_was_passing_on_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert len(unfinished_in(tmp_path)) == 1
    with passing() as first, passing() as second:
        assert {first.name, second.name} == set(unfinished_in(tmp_path))
        assert mode(first) == 0o700
    assert unfinished_in(tmp_path) == []


def test_what_another_run_is_writing_stays(tmp_path: Path):
    with all_or_nothing(tmp_path) as first:
        (first / "plan.xlsx").write_text("whole")
        write_text(tmp_path / "next.txt", "x")
        assert unfinished_in(tmp_path) == [first.name]
    assert (tmp_path / "plan.xlsx").read_text() == "whole"


def test_a_folder_of_somebody_elses_making_stays(tmp_path: Path):
    (tmp_path / f"{UNFINISHED}drawings of mine").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"{UNFINISHED}abcdefgh").symlink_to(tmp_path / "elsewhere")
    write_text(tmp_path / "next.txt", "x")
    assert len(unfinished_in(tmp_path)) == 2
    assert (tmp_path / "elsewhere").is_dir()


def test_many_at_once_leave_every_file_whole(tmp_path: Path):
    """Each takes what it finds for left behind, and must not take what others are about to lock."""
    code = (
        "import sys; from pathlib import Path; from planner.private_files import write_text\n"
        "for n in range(60): write_text(Path(sys.argv[1]) / f'{sys.argv[2]}-{n}', 'x' * 100)"
    )
    each = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(number)])
        for number in range(3)
    ]
    assert [process.wait() for process in each] == [0, 0, 0]
    files = list(tmp_path.iterdir())
    assert len(files) == 180
    assert {path.read_text() for path in files} == {"x" * 100}
