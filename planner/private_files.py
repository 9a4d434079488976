"""Write files for their owner alone, whole or not at all.

Whatever a command writes may hold what people are paid and which students are in which group. So
that no new file is forgotten, all are written here: the modes do not hang on the shell's `umask`.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time
from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

FILE, FOLDER = 0o600, 0o700
"""Modes of what is written."""
UNFINISHED = ".unfinished-"
_OURS = re.compile(re.escape(UNFINISHED) + "[a-z0-9_]{8}")
_DAY = 86_400.0
"""Seconds after which a place is taken for left behind where there are no locks."""


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[Path]:
    """A place beside the files of a folder that are to be replaced: what is written there, also in
    folders, takes their place at the end. What a killed run left in the folder is removed.

    Args:
        folder: Where to; it is made where it is not there.

    Raises:
        OSError: They cannot be written; the folder is as it was, unless it failed between two
            files.
    """
    make_folder(folder)
    with _place_in(folder) as unfinished:
        yield unfinished
        for each in unfinished.rglob("*"):
            each.chmod(FOLDER if each.is_dir() else FILE)
        _move(unfinished, folder)


@contextmanager
def passing() -> Iterator[Path]:
    """A folder for files that nobody keeps, such as one that is sent on. It goes at the end or,
    where the run is killed, with the next that needs one.
    """
    with _place_in(Path(tempfile.gettempdir())) as place:
        yield place


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The same for a single file, or a folder that is not there yet; its place until it is
    complete.
    """
    with all_or_nothing(path.parent) as unfinished:
        yield unfinished / path.name


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, with line breaks as they stand in it. Raises OSError."""
    with replacing(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are not there. Raises OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(FOLDER, exist_ok=True)


def _move(source: Path, to: Path) -> None:
    """Moves what lies in a folder into another. What is new there is moved in one step."""
    for each in sorted(source.iterdir()):
        place = to / each.name
        if each.is_dir() and place.is_dir():
            _move(each, place)
        else:
            each.replace(place)


@contextmanager
def _place_in(folder: Path) -> Iterator[Path]:
    """A folder of its own that only its owner may enter, locked as long as it is in use. The
    system lets go of the lock of whoever is killed: what they left is removed first.
    """
    for left in folder.glob(f"{UNFINISHED}*"):
        if _OURS.fullmatch(left.name):
            _remove_abandoned(left)
    while True:
        place = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
        lock = _lock(place, wait=True)
        if place.is_dir():
            break
        _let_go(lock)  # another run took it for left behind before it was locked
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        _let_go(lock)


def _remove_abandoned(place: Path) -> None:
    """Removes what is in use by nobody. Left as it is where that cannot be known, or it belongs to
    somebody else.
    """
    lock = _lock(place, wait=False)
    try:
        if lock is None and (fcntl is not None or time() - place.lstat().st_mtime < _DAY):
            return
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
    except OSError:
        return
    finally:
        _let_go(lock)


def _lock(place: Path, *, wait: bool) -> int | None:
    """What holds the lock of a file or folder; None where it cannot be had: it is in use, gone, or
    its file system has no locks.
    """
    if fcntl is None:
        return None
    try:
        opened = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(opened)
        return None
    return opened


def _let_go(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
