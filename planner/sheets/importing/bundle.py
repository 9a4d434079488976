"""Read the files of a OneRoster export, from a folder or straight from its zip.

Nothing is ever unpacked onto the disk.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from planner.sheets.csv_folder import LARGEST_FILE
from planner.sheets.importing.export_file import export_of
from planner.sheets.raw_table import RawSheet
from planner.words.errors import DatasetError, Fault

MOST_ENTRIES = 1000
LARGEST_UNPACKED = 500_000_000
FILES = ("manifest", "orgs", "academicSessions", "courses", "classes", "users", "enrollments")
"""The files that are read, by name without `.csv`; an export may hold others (demographics,
results), which are not.
"""

_BY_FOLD = {f"{name}.csv".casefold(): name for name in FILES}


def read_bundle(path: Path) -> dict[str, RawSheet]:
    """The tables of an export by file name without `.csv`. Raises DatasetError with every file that
    cannot be read.
    """
    if not path.exists():
        raise _wrong(path.name, "is not there.")
    if not path.is_dir() and not zipfile.is_zipfile(path):
        raise _wrong(
            path.name,
            "is neither a folder nor a zip archive.",
            "Give the folder or .zip that was exported.",
        )
    tables: dict[str, RawSheet] = {}
    faults: list[Fault] = []
    for name, content in _folder(path) if path.is_dir() else _archive(path):
        try:
            tables[name] = export_of(content, f"{name}.csv").table
        except DatasetError as error:
            faults += error.faults
    if faults:
        raise DatasetError(faults)
    return tables


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(path.iterdir()):
        if file.name.casefold() in _BY_FOLD and file.is_file():
            if file.stat().st_size > LARGEST_FILE:
                raise _wrong(file.name, f"is larger than {LARGEST_FILE // 1_000_000} MB.")
            yield _BY_FOLD[file.name.casefold()], file.read_bytes()


def _archive(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files that are read. Raises DatasetError for an archive that is damaged, locked, or made
    to do harm.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _find_harm(path, entries)
            found: dict[str, zipfile.ZipInfo] = {}
            for entry in entries:
                name = _BY_FOLD.get(PurePosixPath(entry.filename).name.casefold())
                if name is None or entry.is_dir() or entry.filename.startswith("__MACOSX/"):
                    continue
                if name in found:
                    raise _wrong(path.name, f"holds {name}.csv twice.", "Keep one export in it.")
                found[name] = entry
            for name, entry in found.items():
                yield name, archive.read(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise _wrong(
            path.name, "is damaged, or locked with a password.", "Export it again."
        ) from None


def _find_harm(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _wrong(path.name, f"holds {len(entries)} files; a OneRoster export has a dozen.")
    for entry in entries:
        parts = PureWindowsPath(entry.filename)
        if entry.filename.startswith(("/", "\\")) or parts.drive or ".." in parts.parts:
            raise _wrong(
                path.name,
                f"holds a file that leads out of it ({entry.filename}).",
                "Do not trust this archive.",
            )
    size = sum(entry.file_size for entry in entries)
    if size > LARGEST_UNPACKED or any(entry.file_size > LARGEST_FILE for entry in entries):
        raise _wrong(
            path.name,
            f"is too large when unpacked ({size // 1_000_000} MB).",
            "Export fewer files.",
        )


def _wrong(file: str, rule: str, fix: str = "") -> DatasetError:
    return DatasetError([Fault("", 0, "", "", f"the export {rule}", fix, file)])
