"""Write an export into its folder, all of it or none.

Its files replace those of the last one, and nothing that others put there.
"""

from collections.abc import Sequence
from pathlib import Path

from planner.document.plan_file import read_json, write_json
from planner.private_files import make_folder
from planner.render.export import CALENDAR, File
from planner.render.plan_files import WRITTEN, hash_of
from planner.words.errors import WrongInput
from planner.words.wording import listed
from ui.app.plan_folder import replacing

RECORD = "export.json"
"""Holds the hash of each file as it was written, so that the next export knows its own."""
MOST_NAMED = 3


def write_export(folder: Path, files: Sequence[File], *, force: bool) -> None:
    """Write the files. Raises WrongInput, and writes nothing, where that cannot be or would replace
    what is not ours.
    """
    before = _written(folder)
    strange = [file.path for file in files if not _may_replace(folder, file.path, before)]
    if strange and not force:
        few = [
            *strange[:MOST_NAMED],
            *([f"{len(strange) - MOST_NAMED} more"] if len(strange) > MOST_NAMED else []),
        ]
        which = (
            "was changed since it was exported, or is"
            if len(strange) == 1
            else "were changed since they were exported, or are"
        )
        raise WrongInput(
            f"{listed(few)} in {folder} {which} not ours; nothing was written. Choose another "
            "folder with -o, or give --force."
        )
    outside = [file.path for file in files if not _is_inside(folder, file.path)]
    if outside:
        raise WrongInput(
            f"{outside[0]} would lie outside of {folder}, by a link there; nothing was written. "
            "Delete the link."
        )
    with replacing(folder) as unfinished:
        for file in files:
            place = unfinished / file.path
            make_folder(place.parent)
            place.write_bytes(file.content)
        now = {file.path: hash_of(unfinished / file.path) for file in files}
        write_json(unfinished / RECORD, {WRITTEN: before | now})


def last_calendars(folder: Path) -> dict[str, bytes]:
    """The calendars of the last export by path, as they were written then; without those that were
    changed since or deleted, and without any where there was no export.
    """
    return {
        path: (folder / path).read_bytes()
        for path, hashed in _written(folder).items()
        if path.endswith(CALENDAR)
        and _is_inside(folder, path)
        and (folder / path).is_file()
        and hash_of(folder / path) == hashed
    }


def _written(folder: Path) -> dict[str, str]:
    """The hashes of earlier exports; none where there was none."""
    try:
        found = read_json(folder / RECORD)[WRITTEN]
        return {str(path): str(hashed) for path, hashed in found.items()}
    except (KeyError, AttributeError):
        return {}


def _may_replace(folder: Path, path: str, before: dict[str, str]) -> bool:
    place = folder / path
    if not place.exists() and not place.is_symlink():
        return True
    return place.is_file() and hash_of(place) == before.get(path)


def _is_inside(folder: Path, path: str) -> bool:
    return (folder / path).parent.resolve().is_relative_to(folder.resolve())
