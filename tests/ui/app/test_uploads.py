"""Files that are sent to a page are read apart: whatever they do, they do to their reader."""

import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from planner.sheets.dataset import save
from tests.planner import small
from tests.ui.command import ROOT
from ui.app import uploads
from ui.app.uploads import read_upload

NO_WORKBOOK = b"%PDF-1.7"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sent") / "book.xlsx"
    save(small.dataset(), path)
    return path.read_bytes()


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Let another program be the reader."""
    program = folder / "reader"
    program.write_text(f"#!{sys.executable}\n{script}")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))


def test_a_workbook_is_read_as_it_is_here(good: bytes):
    upload = read_upload(good)
    assert (upload.dataset, upload.faults) == (small.dataset(), ())


@pytest.mark.slow
def test_what_is_wrong_is_told_and_marked(tmp_path: Path):
    save(small.dataset(), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    book["schools"]["A3"] = "#REF!"
    book.save(tmp_path / "book.xlsx")
    upload = read_upload((tmp_path / "book.xlsx").read_bytes())
    assert upload.dataset is None
    assert "holds an error of the spreadsheet." in {fault.rule for fault in upload.faults}
    assert upload.marked.startswith(b"PK")
    refused = read_upload(NO_WORKBOOK)
    assert [fault.rule for fault in refused.faults] == ["the file is a PDF, not a workbook."]
    assert refused.marked == b""


def test_a_file_that_is_no_workbook_is_named_as_its_sender_names_it():
    upload = read_upload(NO_WORKBOOK, "../autumn & spring.xlsx")
    assert [fault.file for fault in upload.faults] == ["../autumn & spring.xlsx"]


def test_what_lies_in_the_folder_is_not_taken_for_a_part_of_the_program(
    good: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "pydantic.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    assert read_upload(good).dataset == small.dataset()


def test_a_reader_that_takes_too_long_is_ended(good: bytes):
    upload = read_upload(good, seconds=0.01)
    assert [fault.rule for fault in upload.faults] == [uploads.TOO_LONG]


@pytest.mark.parametrize("end", [f"os.kill(os.getpid(), {int(signal.SIGABRT)})", "sys.exit(1)", ""])
def test_a_reader_that_ends_without_a_word_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, end: str
):
    instead(monkeypatch, tmp_path, f"import os, sys\n{end}")
    upload = read_upload(NO_WORKBOOK)
    assert upload.dataset is None
    assert [(fault.rule, fault.fix) for fault in upload.faults] == [uploads.OUR_FAULT]


def test_a_reader_gets_no_passwords(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PLANNER_STORE", "postgresql://planner:secret@db/planner")
    told = tmp_path / "told"
    instead(monkeypatch, tmp_path, f"import os\nopen({str(told)!r}, 'w').write(repr(os.environ))")
    read_upload(NO_WORKBOOK)
    assert "PATH" in told.read_text()
    assert "secret" not in told.read_text()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="a limit of Linux")
def test_a_reader_takes_no_more_memory_than_it_may():
    # Not a byte more than MEMORY is asked for: what was let go since the limit was set has room.
    script = (
        "import re, resource\n"
        "from ui.app import upload_reader as reader\n"
        "reader.limit_itself()\n"
        "limit, _ = resource.getrlimit(resource.RLIMIT_AS)\n"
        "status = reader.Path('/proc/self/status').read_text()\n"
        "most = int(re.search(r'VmPeak:\\s+(\\d+) kB', status)[1]) * 1024\n"
        "assert 0 < limit <= most + reader.MEMORY\n"
        "reader.read_tables = lambda path: bytes(limit)\n"
        "print(reader.read(reader.Path('a.xlsx')).faults[0].rule)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == uploads.TOO_LARGE


def test_pages_take_files_through_this_door_alone():
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in (Path(ROOT) / "ui").rglob("*.py")
    }
    takers = [path for path, text in sources.items() if "file_uploader(" in text]
    assert takers == ["ui/screen/views/start.py"]
    assert all("read_upload(" in sources[path] for path in takers)
