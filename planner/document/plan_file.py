"""A plan in a file: `plan.json` is the whole result, equal bytes for equal plans; `run.json` is
what may differ.

Both a `plan.json` and a `plan.xlsx` whose sheets `sessions` and `placements` were edited by hand
are read back.
"""

import json
import platform
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from planner.document.document_part import DECIMALS, exactly
from planner.document.document_reading import read_rows_alone
from planner.document.measure_rows import district_of, figures_of, names_of
from planner.document.plan_document import (
    VERSION,
    FindingRow,
    GoalFigures,
    PlanDocument,
    PlanRows,
    ScenarioChange,
    SearchFigures,
    UnservedRow,
)
from planner.document.plan_reading import placed_rows, plan_of, rows_of
from planner.document.plan_rows import COLUMNS, POSITIONS, PlacedRows, PlanRead
from planner.document.plan_sheets import sheet_rows
from planner.document.position_rows import position_rows
from planner.document.timetable_rows import attendance_rows, placement_rows, session_rows
from planner.facts.district import SCHEMA_VERSION
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Finding, GoalResult, Result, Unserved
from planner.private_files import write_text
from planner.rules.goals import GOAL_OF
from planner.rules.goals.goal_text import goal_text
from planner.scenario.differences import Difference
from planner.sheets.raw_table import RawSheet
from planner.words.errors import DatasetError, Fault
from planner.words.wording import Words

Json = dict[str, Any]


def plan_document(
    problem: Problem,
    result: Result,
    *,
    scenario: str,
    dataset_hash: str,
    changes: Iterable[Difference] = (),
) -> PlanDocument:
    """The whole result as `plan.json` holds it: no seconds, versions or machine, and every list in
    a fixed order.

    `changes` are what the scenario changed in its dataset; none where the dataset was planned as it
    is.
    """
    plan = result.plan or Plan()
    words = Words(problem.data.district.locale)
    return PlanDocument(
        document_version=VERSION,
        scenario=scenario,
        dataset_hash=dataset_hash,
        changes=tuple(_change(change) for change in changes),
        schema_version=SCHEMA_VERSION,
        solver=SearchFigures(
            status=result.status.value,
            stopped=result.stopped,
            goals=tuple(goal_figures(goal, words) for goal in result.goals),
        ),
        positions=None if plan.positions is None else position_rows(problem, plan.positions),
        placements=placement_rows(problem, plan),
        sessions=session_rows(problem, plan),
        training=attendance_rows(plan),
        unserved=unserved_rows(result.unserved),
        findings=finding_rows(result.findings),
        measures=figures_of(problem, plan),
        names=names_of(problem),
        district=district_of(problem),
    )


def goal_figures(result: GoalResult, words: Words) -> GoalFigures:
    """What a goal reached, in its own words."""
    goal = GOAL_OF[result.goal]
    return GoalFigures(
        goal=goal.key,
        title=goal.title,
        unit=goal.unit,
        value=result.value,
        bound=result.bound,
        gap=None if result.gap is None else exactly(round(result.gap, DECIMALS)),
        words=goal_text(result, words).possible,
    )


def unserved_rows(unserved: Iterable[Unserved]) -> tuple[UnservedRow, ...]:
    """What was left out, by service and rule."""
    return tuple(
        UnservedRow(
            service=left.service,
            sessions_owed=left.sessions_owed,
            sessions_given=left.sessions_given,
            rule=left.rule,
            reason=left.reason,
            remedy=None,
        )
        for left in sorted(unserved, key=lambda left: (left.service, left.rule))
    )


def finding_rows(findings: Iterable[Finding]) -> tuple[FindingRow, ...]:
    """What the check found, by severity, rule and subject."""
    return tuple(
        FindingRow(
            rule=finding.rule,
            severity=finding.severity,
            subject=finding.subject,
            amount=finding.amount,
            unit=finding.unit,
            message=finding.message,
        )
        for finding in sorted(findings, key=lambda f: (f.severity, f.rule, f.subject, f.message))
    )


def _change(change: Difference) -> ScenarioChange:
    return ScenarioChange(
        words=change.words, sheet=change.sheet, key=change.key, subjects=change.subjects
    )


def run_document(
    *,
    started: datetime,
    seconds: float,
    goal_seconds: Mapping[str, float],
    workers: int,
    seed: int,
) -> Json:
    """What `run.json` holds: how the plan was found, on which machine and with which versions."""
    return {
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "goal_seconds": {goal: round(spent, 3) for goal, spent in goal_seconds.items()},
        "workers": workers,
        "seed": seed,
        "versions": versions(),
        "machine": machine(),
    }


def versions() -> dict[str, str | None]:
    """The versions of what a plan depends on."""
    return {
        "planner": _version("intervention-planner"),
        "ortools": _version("ortools"),
        "python": platform.python_version(),
    }


def machine() -> dict[str, str]:
    """What kind of machine this is."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "platform": sys.platform,
    }


def write_json(path: Path, document: Json) -> None:
    """Write a document so that equal ones are equal files."""
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)
    write_text(path, text + "\n")


def read_json(path: Path) -> Json:
    """What `write_json` wrote; nothing where the file is not there, or cannot be read as such."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_plan(path: Path, problem: Problem) -> Plan:
    """The plan in a `plan.json` or a `plan.xlsx`. Raises DatasetError as `read_rows` does."""
    return read_rows(path, problem).plan


def read_rows(path: Path, problem: Problem) -> PlanRead:
    """The plan in a `plan.json` or a `plan.xlsx`, and where each of its sessions and placements
    stands.

    Raises DatasetError with every fault: a service, person, school or day that the dataset does not
    hold, a time that is none. In a `plan.json`, a row is the place of an entry in its list, counted
    from 1.
    """
    rows, faults = _rows_in(Path(path), problem)
    return plan_of(rows, problem, faults)


def timetable_of(path: Path, problem: Problem) -> Plan:
    """The sessions and placements in a `plan.json` or a `plan.xlsx`; rows of what the dataset no
    longer holds are passed over.

    Raises DatasetError where the file cannot be read, or no row of it is about this dataset.
    """
    rows, faults = _rows_in(path, problem)
    read, more = rows_of(rows, problem)
    if (faults or more) and not read.plan.sessions:
        raise DatasetError([*faults, *more])
    return _timetable(read)


def timetable_in(document: PlanRows, problem: Problem) -> Plan:
    """The same of a document that is known to be of an earlier state of the dataset: where nobody
    of it is left, nothing of it is.
    """
    return _timetable(rows_of(placed_rows(document, "plan.json"), problem)[0])


def _timetable(read: PlanRead) -> Plan:
    return Plan(read.plan.placements, read.plan.sessions)


def read_document(document: PlanRows, problem: Problem, file: str = "plan.json") -> PlanRead:
    """The plan in a document. Raises DatasetError as `read_rows` does."""
    return plan_of(placed_rows(document, file), problem)


def plan_beside(path: Path, problem: Problem) -> Plan | None:
    """The plan that a workbook held before it was edited: in the `.json` of its name, or in the
    `plan.json` beside it.

    Rows of what the dataset no longer holds are passed over. None where there is no such plan, or
    none that can be read.
    """
    for before in (path.with_suffix(".json"), path.with_name("plan.json")):
        if before.is_file():
            try:
                return rows_of(_rows_in(before, problem)[0], problem)[0].plan
            except DatasetError:
                return None
    return None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _rows_in(path: Path, problem: Problem) -> tuple[PlacedRows, list[Fault]]:
    """The rows of a plan in either form, and what is wrong with its sheets. Raises DatasetError
    where the file cannot be read.
    """
    if path.suffix.lower() == ".json":
        return placed_rows(read_rows_alone(path), path.name), []
    return sheet_rows(_tables(path), problem)


def _tables(path: Path) -> dict[str, RawSheet]:
    if not path.is_file():
        raise DatasetError([Fault("", 0, "", str(path), "is not there.")])
    from planner.sheets.workbook_reading import read_workbook

    tables = {name.strip().casefold(): table for name, table in read_workbook(path).items()}
    return {sheet: tables[sheet] for sheet in (*COLUMNS, POSITIONS) if sheet in tables}
