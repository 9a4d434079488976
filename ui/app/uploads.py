"""The one door for files that come over the network: they are read in a process of their own.

A file that fills the memory, keeps a processor busy or ends its reader ends that process, and not
the pages of everybody else. `ui.app.upload_reader` is what runs there. It costs a start of Python:
0.5 s a file on the machine of docs/architecture.md.
"""

import logging
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore

from planner.facts.sheets import Dataset
from planner.private_files import passing
from planner.words.errors import DatasetError, Fault

LOG = logging.getLogger("planner.uploads")
SECONDS = 60.0
"""Until a reader is ended. The largest sheet that is allowed takes half of it."""
MOST_AT_ONCE = 2
"""Readers at a time; who sends a file meanwhile waits. Each may take `upload_reader.MEMORY`."""
TOO_LONG = f"the file takes longer than {SECONDS:.0f} seconds to read."
TOO_LARGE = "the file needs more memory to read than a workbook may."
WORKBOOK = "workbook.xlsx"
"""What a file is called here while it is read."""
LESS = "Delete sheets, rows and formats that do not belong to the dataset."
OUR_FAULT = (
    "the file could not be read. That is our fault, not yours, and the server's log says more.",
    "Open it in a spreadsheet and save it again as .xlsx, or send another one.",
)
_NEEDED = ("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")
"""What of the environment a reader gets: not the passwords of a store or of a sign-in."""
_places = BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True)
class Upload:
    """What came of a file: a dataset, or what must be mended, with the file's cells marked where
    they can be.
    """

    dataset: Dataset | None
    faults: tuple[Fault, ...] = ()
    marked: bytes = b""


def read_upload(
    content: bytes | memoryview, name: str = WORKBOOK, seconds: float = SECONDS
) -> Upload:
    """What is in a workbook that was sent; what is wrong with the file as a whole names it as its
    sender does. No path is made of that name.
    """
    with _places, passing() as folder:
        path = folder / WORKBOOK
        path.write_bytes(content)
        try:
            upload = _read(path, seconds)
        except DatasetError as error:
            upload = Upload(None, error.faults)
        named = tuple(
            replace(fault, file=name) if fault.file == path.name else fault
            for fault in upload.faults
        )
        return replace(upload, faults=named)


def _read(path: Path, seconds: float) -> Upload:
    """What the reader says of a file. Raises DatasetError where it ended without a word."""
    result = path.with_name("read")
    try:
        reader = subprocess.run(
            [sys.executable, "-P", "-m", "ui.app.upload_reader", str(path), str(result)],
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _unreadable(path, TOO_LONG, LESS) from None
    if reader.returncode or not result.is_file():
        LOG.error(
            "the reader of a file ended with %s: %s",
            reader.returncode,
            reader.stderr.decode(errors="replace")[-4000:],
        )
        raise _unreadable(path, *OUR_FAULT)
    # Our own reader wrote it, into a folder that nobody else can open: it is as good as a value.
    upload = pickle.loads(result.read_bytes())
    assert isinstance(upload, Upload)
    return upload


def _unreadable(path: Path, rule: str, fix: str) -> DatasetError:
    return DatasetError([Fault("", 0, "", "", rule, fix, path.name)])
