"""What a solve leaves on disk: a folder with the plan and its views, or a report of our fault. All
of it or nothing.
"""

import shutil
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from planner.access.plan_view import PlanView
from planner.document.plan_file import read_json, write_json
from planner.facts.sheets import Dataset
from planner.private_files import all_or_nothing, write_text
from planner.render.plan_files import (
    EDITED,
    PLAN,
    PLAN_FILES,
    RUN,
    WORKBOOK,
    hash_of,
    hash_written,
    write_plan_files,
)
from planner.render.workbook.plan_workbook import Shown, write_plan_workbook
from planner.sheets.dataset import dataset_hash, save
from planner.words.errors import WrongInput, sentence_of
from ui.app.plan_documents import document_of, run_of
from ui.app.solving import Solved

DATASET = "dataset.xlsx"
FAULT_REPORT = "fault-report"


def about(path: Path) -> str:
    """What a file of a plan's folder is."""
    return PLAN_FILES.get(path.name) or EDITED[path.suffix]


def find_obstacle(folder: Path) -> None:
    """Look before a long solve whether its plan can be written there; nothing is left behind.

    Raises WrongInput where it cannot: no permission, a file in the folder's place, a workbook that
    is open elsewhere.
    """
    there = next(
        place for place in (folder.absolute(), *folder.absolute().parents) if place.exists()
    )
    try:
        if not there.is_dir():
            raise WrongInput(
                f"{there} is a file, so that no plan can be written into it. Choose another "
                "folder with -o."
            )
        with tempfile.TemporaryDirectory(dir=there):
            pass
        for name in PLAN_FILES:
            if (folder / name).exists():
                (folder / name).open("r+b").close()
    except OSError as error:
        raise _not_written(folder, error) from None


def _not_written(folder: Path, error: OSError) -> WrongInput:
    file = Path(error.filename).name if error.filename and Path(error.filename).is_file() else ""
    what = (
        f"{folder / file} cannot be replaced" if file else f"Nothing can be written into {folder}"
    )
    fix = (
        "Close it where it is open, or choose another folder with -o."
        if file
        else "Choose another folder with -o."
    )
    return WrongInput(f"{what} ({sentence_of(error)}). {fix}")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A place for files that replace those of a folder, all or none.

    Raises WrongInput where it cannot.
    """
    try:
        with all_or_nothing(folder) as unfinished:
            yield unfinished
    except OSError as error:
        raise _not_written(folder, error) from None


def write_plan(folder: Path, solved: Solved) -> tuple[Path, ...]:
    """Write `plan.xlsx`, `plan.json` and `run.json`; their paths. Raises WrongInput where they
    cannot be written.
    """
    assert solved.result is not None
    document = document_of(solved.request, solved.result)
    try:
        return write_plan_files(folder, solved.problem, solved.result, document, run_of(solved))
    except OSError as error:
        raise _not_written(folder, error) from None


def write_view(folder: Path, view: PlanView, dataset: Dataset, shown: Shown) -> tuple[Path, ...]:
    """Write `plan.xlsx`, `plan.json` and the dataset that goes with them as somebody may see them;
    their paths.

    Raises WrongInput where they cannot be written, or where the folder holds a whole plan that they
    would replace.
    """
    if (folder / RUN).exists():
        raise WrongInput(
            f"{folder} holds a whole plan, which would be replaced. Choose another folder with -o."
        )
    with replacing(folder) as unfinished:
        write_plan_workbook(unfinished / WORKBOOK, view.problem, view.result, view.document, shown)
        mine = view.document.model_copy(update={"dataset_hash": dataset_hash(dataset)})
        write_json(unfinished / PLAN, mine.as_data())
        save(dataset, unfinished / DATASET)
    return tuple(folder / name for name in (WORKBOOK, PLAN, DATASET))


def made_on(plan: Path) -> datetime:
    """When a plan became what it is (UTC): when its run began or, of a workbook edited since and of
    a plan without a run, when its file was saved.
    """
    saved = datetime.fromtimestamp(plan.stat().st_mtime, UTC)
    try:
        started = read_json(plan.with_name(RUN))["started"]
        began = datetime.fromisoformat(started).astimezone(UTC)
    except (ValueError, KeyError, TypeError, OverflowError):
        return saved
    as_written = plan.suffix.lower() == ".json" or hash_of(plan) == hash_written(plan.parent)
    return began if as_written else max(began, saved)


def write_fault_report(folder: Path, solved: Solved) -> Path:
    """Keep what is needed to find a fault of ours: the dataset, what the solver gave, what the
    check says of it, versions.

    Raises WrongInput where it cannot be written.
    """
    report, problem = folder / FAULT_REPORT, solved.request.problem
    try:
        if report.is_dir():
            shutil.rmtree(report)
        with all_or_nothing(report) as unfinished:
            save(problem.data.model_copy(update={"pins": problem.pins}), unfinished / "dataset")
            write_json(unfinished / RUN, run_of(solved))
            if solved.result is not None:
                write_json(unfinished / PLAN, document_of(solved.request, solved.result).as_data())
                messages = [
                    f"{finding.severity}: {finding.rule}: {finding.message}"
                    for finding in solved.result.findings
                ]
                write_text(unfinished / "findings.txt", "\n".join(messages) + "\n")
            if solved.error is not None:
                told = traceback.format_exception(solved.error)
                write_text(unfinished / "error.txt", "".join(told))
    except OSError as error:
        raise _not_written(report, error) from None
    return report
