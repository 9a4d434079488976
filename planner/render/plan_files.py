"""A plan's folder: `plan.xlsx`, `plan.json` and `run.json`, written all of them or none.

`planner solve`, the screen and `planner.write` write it here, so that a folder is the same whoever
asked for it.
"""

import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner.document.plan_document import PlanDocument
from planner.document.plan_file import plan_document, read_json, write_json
from planner.facts.problem import Problem
from planner.plan.result import Result
from planner.private_files import all_or_nothing
from planner.render.workbook.plan_workbook import write_plan_workbook
from planner.scenario.differences import Difference
from planner.sheets.dataset import dataset_hash

WORKBOOK, PLAN, RUN = "plan.xlsx", "plan.json", "run.json"
PLAN_FILES = {
    WORKBOOK: "to read, print and edit",
    PLAN: "the whole result, for other programs",
    RUN: "how it was found: seconds, versions, machine",
}
WRITTEN = "written"
"""Where `run.json` holds the hash of the workbook as it was written."""
EDITED = {
    ".xlsx": "your edited workbook, kept as it was",
    ".json": "the plan from which it was edited",
}


def write_plan_files(
    folder: Path,
    problem: Problem,
    result: Result,
    document: PlanDocument,
    run: dict[str, Any],
) -> tuple[Path, ...]:
    """Write `plan.xlsx`, `plan.json` and `run.json`; their paths. A workbook there that was edited
    since it was written is kept beside the new one, with the plan from which it was edited.

    The plan itself is there at once, and the workbook of the plan before is gone with it; the new
    one takes a large region some seconds, and can be made again (`planner export`) where somebody
    ends the program meanwhile.

    Args:
        folder: Where to; it is made where it is not there.
        problem: What the plan is a plan of, with the people whom its positions pay.
        result: The plan and what is to be said of it.
        document: The same as `plan.json` holds it.
        run: What `run.json` says of how it was found.

    Returns:
        The paths of the files, the copies of edited ones last.

    Raises:
        OSError: They cannot be written; the folder is as it was, or holds the plan without its
            workbook.
    """
    with all_or_nothing(folder) as unfinished:
        edited = list(_keep_edited(folder, unfinished))
        write_json(unfinished / PLAN, document.as_data())
        write_json(unfinished / RUN, run)
    (folder / WORKBOOK).unlink(missing_ok=True)
    with all_or_nothing(folder) as unfinished:
        write_plan_workbook(unfinished / WORKBOOK, problem, result, document)
        write_json(unfinished / RUN, run | {WRITTEN: {WORKBOOK: hash_of(unfinished / WORKBOOK)}})
    return tuple(folder / name for name in (*PLAN_FILES, *edited))


def document_of(
    problem: Problem, result: Result, changes: Iterable[Difference] = ()
) -> PlanDocument:
    """A result as `plan.json` holds it, with what a scenario changed in its dataset."""
    hashed = dataset_hash(problem.origin or problem.data)
    return plan_document(
        problem, result, scenario=problem.name, dataset_hash=hashed, changes=changes
    )


def _keep_edited(folder: Path, unfinished: Path) -> Iterator[str]:
    """Copies a workbook that is not as it was written, and its `plan.json`, under a name that is
    still free.
    """
    if not is_edited(folder):
        return
    names = (f"plan (edited{number})" for number in ("", *(f" {n}" for n in range(2, 10_000))))
    name = next(name for name in names if not (folder / f"{name}.xlsx").exists())
    for suffix in EDITED:
        if (folder / f"plan{suffix}").is_file():
            shutil.copy2(folder / f"plan{suffix}", unfinished / f"{name}{suffix}")
            yield f"{name}{suffix}"


def is_edited(folder: Path) -> bool:
    """Whether a plan's workbook is not as it was written."""
    return (folder / WORKBOOK).is_file() and hash_of(folder / WORKBOOK) != hash_written(folder)


def hash_of(path: Path) -> str:
    """What tells a file as it was written from one that was changed."""
    return sha256(path.read_bytes()).hexdigest()


def hash_written(folder: Path) -> str:
    """The hash that the workbook had when it was written; nothing where that is not known."""
    try:
        return str(read_json(folder / RUN)[WRITTEN][WORKBOOK])
    except (KeyError, TypeError):
        return ""
