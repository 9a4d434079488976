"""Keep what developers need to find a fault of ours, and nothing that a dataset says.

A file may be sent on as it is: versions, the command and the names of its options, what tells the
inputs from others, and the places in the program. Messages of errors are left out, since they may
hold a name or a figure, unless they stand word for word in the program.
"""

import re
import tempfile
import traceback
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from planner.document.plan_file import machine, versions, write_json
from planner.sheets.dataset import dataset_hash, load
from planner.sheets.examples import example_names

NAME = "fault-report"
OUTPUT = ("-o", "--output")
"""Options whose word is a place to write to."""
MEASURES = ("--seconds", "--workers", "--seed", "--port", "--last", "--max-changes")
"""Options whose number is kept; any other number may be the id of a person or a school."""
PLACES = ("site-packages", "planner", "solver", "ui", "lib")
"""Folders from which on a path says where in the program, and not whose machine it is."""
KINDS = (".xlsx", ".csv", ".json", ".yaml", ".yml", ".zip")
"""Endings that are told; another may be a part of a name."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def keep_bundle(error: BaseException, words: Sequence[str], commands: Collection[str]) -> Path:
    """Write the bundle.

    Args:
        error: What was raised.
        words: The command line, without the program's name.
        commands: The names of the commands: of other words only options and measures are kept.

    Returns:
        Where it lies: in the working folder or, where nothing can be written there, in that for
        temporary files.

    Raises:
        OSError: It cannot be written there either.
    """
    bundle = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(_command(words, commands)),
        "inputs": list(_inputs(words)),
        "versions": versions(),
        "machine": machine(),
        "traceback": list(_chain(error)),
    }
    name = f"{NAME}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.json"
    try:
        write_json(Path(name), bundle)
        return Path(name)
    except OSError:
        place = Path(tempfile.gettempdir()) / name
        write_json(place, bundle)
        return place


def _command(words: Sequence[str], commands: Collection[str]) -> Iterator[str]:
    for before, word in zip(("", *words), words, strict=False):
        is_command = word in commands and not before.startswith("-")
        kept = word if is_command else _kept(before, word)
        if kept:
            yield kept


def _kept(before: str, word: str) -> str:
    """What is kept of a word: an option without its value, a measure, the name of an example."""
    if word.startswith("--"):
        return word.partition("=")[0]
    if _NUMBER.fullmatch(word):
        return word if before in MEASURES else ""
    if word.startswith("-"):
        return word[:2]
    return word if word in example_names() else ""


def _inputs(words: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The files and folders that a command reads, told apart from others by their hashes."""
    for before, word in zip(("", *words), words, strict=False):
        named = word.partition("=")[2] if word.startswith("--") else word
        path = Path(named)
        try:
            if not named or before in OUTPUT or not path.exists():
                continue
            kind = next((kind for kind in KINDS if path.suffix.lower() == kind), "other")
            yield {"kind": "folder" if path.is_dir() else kind, "sha256": _bytes_of(path)} | {
                "dataset_hash": _dataset_in(path)
            }
        except (OSError, ValueError):  # no name that a file can have, or it may not be read
            continue


def _bytes_of(path: Path) -> str:
    """The SHA-256 of a file, or of the CSV files of a folder one after the other."""
    told = sha256()
    for file in [path] if path.is_file() else sorted(path.glob("*.csv")):
        with file.open("rb") as content:
            file_digest(content, lambda: told)
    return told.hexdigest()


def _dataset_in(path: Path) -> str | None:
    """The hash of a dataset as plans name it; None for what cannot be read as one, which may be
    the very fault.
    """
    if path.is_file() and path.suffix.lower() != ".xlsx":
        return None
    try:
        return dataset_hash(load(path))
    except Exception:  # noqa: BLE001
        return None


def _chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """An error and those from which it came, each with its places, the innermost last."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield {
            "error": type(error).__name__,
            "message": _literal(error),
            "places": list(_places(error.__traceback__)),
        }
        error = error.__cause__ or error.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f"{_in_program(frame.filename)}:{frame.lineno} {frame.name}: {frame.line or ''}"


def _in_program(file: str) -> str:
    """A path as everybody's machine has it."""
    parts = Path(file).parts
    for place in PLACES:
        if place in parts[:-1]:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(place) :])
    return parts[-1] if parts else ""


def _literal(error: BaseException) -> str | None:
    """The message of an error where the function that raised it holds it word for word."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    message = str(error)
    known = trace.tb_frame.f_code.co_consts if trace is not None else ()
    return message if message in known else None
