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

from planner.document.measure_rows import DECIMALS, district_row, measures_row, names_row
from planner.document.plan_rows import COLUMNS, PlanRead, plan_of, rows_of
from planner.document.position_rows import COLUMNS as POSITION_COLUMNS
from planner.document.position_rows import SHEET as POSITIONS
from planner.document.position_rows import flat, position_rows
from planner.facts.cell_formats import clock
from planner.facts.district import SCHEMA_VERSION
from planner.facts.problem import Problem
from planner.plan.plan import Attendance, Placement, Plan, Session
from planner.plan.result import GoalResult, Result
from planner.rules.goals import GOAL_OF
from planner.rules.goals.goal_text import said
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
) -> Json:
    """The whole result as `plan.json` holds it: no seconds, versions or machine, and every list in
    a fixed order.

    `changes` are what the scenario changed in its dataset; none where the dataset was planned as it
    is.
    """
    return {
        "scenario": scenario,
        "dataset_hash": dataset_hash,
        "changes": [change.as_data() for change in changes],
        "schema_version": SCHEMA_VERSION,
        **result_rows(problem, result),
        "measures": measures_row(problem, result.plan or Plan()),
        "names": names_row(problem),
        "district": district_row(problem),
    }


def result_rows(problem: Problem, result: Result) -> Json:
    """What such a document says of a result, without figures and names."""
    plan = result.plan or Plan()
    words = Words(problem.data.district.locale)
    order = {day: index for index, day in enumerate(problem.cycle)}
    return {
        "solver": {
            "status": result.status.value,
            "stopped": result.stopped,
            "goals": [_goal(goal, words) for goal in result.goals],
        },
        "positions": position_rows(problem, plan.positions),
        "placements": [
            placement_row(p)
            for p in sorted(
                plan.placements, key=lambda p: (p.staff, order[p.day], p.start, p.school)
            )
        ],
        "sessions": [
            session_row(s)
            for s in sorted(
                plan.sessions, key=lambda s: (s.service, order[s.day], s.start, s.staff)
            )
        ],
        "training": [attendance_row(attendance) for attendance in sorted(plan.training)],
        "unserved": [
            {
                "service": left.service,
                "sessions_owed": left.sessions_owed,
                "sessions_given": left.sessions_given,
                "rule": left.rule,
                "reason": left.reason,
                "remedy": None,
            }
            for left in sorted(result.unserved, key=lambda left: (left.service, left.rule))
        ],
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "subject": finding.subject,
                "amount": finding.amount,
                "unit": finding.unit,
                "message": finding.message,
            }
            for finding in sorted(
                result.findings, key=lambda f: (f.severity, f.rule, f.subject, f.message)
            )
        ],
    }


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
        "versions": {
            "planner": _version("intervention-planner"),
            "ortools": _version("ortools"),
            "python": platform.python_version(),
        },
        "machine": {
            "system": platform.system(),
            "processor": platform.machine(),
            "platform": sys.platform,
        },
    }


def write_json(path: Path, document: Json) -> None:
    """Write a document so that equal ones are equal files."""
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


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
    return plan_of(_tables(Path(path)), problem)


def timetable_of(path: Path, problem: Problem) -> Plan:
    """The sessions and placements in a `plan.json` or a `plan.xlsx`; rows of what the dataset no
    longer holds are passed over.

    Raises DatasetError where the file cannot be read, or no row of it is about this dataset.
    """
    return _timetable(_tables(path), problem)


def timetable_in(document: Json, problem: Problem) -> Plan:
    """The same of a document of a `plan.json`. Raises DatasetError as `timetable_of` does."""
    return _timetable(_tables_of(document, "plan.json"), problem)


def _timetable(tables: Mapping[str, RawSheet], problem: Problem) -> Plan:
    read, faults = rows_of(tables, problem)
    if faults and not read.plan.sessions:
        raise DatasetError(faults)
    return Plan(read.plan.placements, read.plan.sessions)


def read_document(document: Json, problem: Problem) -> PlanRead:
    """The plan in a document of a `plan.json`. Raises DatasetError as `read_rows` does."""
    return plan_of(_tables_of(document, "plan.json"), problem)


def plan_beside(path: Path, problem: Problem) -> Plan | None:
    """The plan that a workbook held before it was edited: in the `.json` of its name, or in the
    `plan.json` beside it.

    Rows of what the dataset no longer holds are passed over. None where there is no such plan, or
    none that can be read.
    """
    for before in (path.with_suffix(".json"), path.with_name("plan.json")):
        if before.is_file():
            try:
                return rows_of(_tables_of_json(before), problem)[0].plan
            except DatasetError:
                return None
    return None


def session_row(session: Session) -> Json:
    """A session under the contract's names."""
    return {
        "service": session.service,
        "kind": session.kind,
        "school": session.school,
        "staff": sorted(session.staff),
        "day": session.day,
        "start": clock(session.start),
        "end": clock(session.end),
        "place": session.place,
        "dates": sorted(date.isoformat() for date in session.dates),
    }


def placement_row(placement: Placement) -> Json:
    """A placement under the contract's names."""
    return {
        "staff": placement.staff,
        "position": placement.position,
        "day": placement.day,
        "half": placement.half,
        "school": placement.school,
        "shift_start": clock(placement.start),
        "shift_end": clock(placement.end),
        "lunch_start": clock(placement.lunch[0]) if placement.lunch else None,
        "lunch_end": clock(placement.lunch[1]) if placement.lunch else None,
        "preparation": [
            {"start": clock(start), "end": clock(end)}
            for start, end in sorted(placement.preparation)
        ],
    }


def attendance_row(attendance: Attendance) -> Json:
    """A course that somebody attends."""
    return {
        "staff": attendance.staff,
        "training": attendance.training,
        "date": attendance.date.isoformat(),
        "start": clock(attendance.start),
        "end": clock(attendance.end),
    }


def _goal(result: GoalResult, words: Words) -> Json:
    goal = GOAL_OF[result.goal]
    return {
        "goal": goal.key,
        "title": goal.title,
        "unit": goal.unit,
        "value": result.value,
        "bound": result.bound,
        "gap": None if result.gap is None else round(result.gap, DECIMALS),
        "words": said(result, words).possible,
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _tables(path: Path) -> dict[str, RawSheet]:
    """The sheets of a plan in either form. Raises DatasetError where the file cannot be read."""
    if path.suffix.lower() == ".json":
        return _tables_of_json(path)
    if not path.is_file():
        raise DatasetError([Fault("", 0, "", str(path), "is not there.")])
    from planner.sheets.workbook_reading import read_workbook

    tables = {name.strip().casefold(): table for name, table in read_workbook(path).items()}
    return {sheet: tables[sheet] for sheet in (*COLUMNS, POSITIONS) if sheet in tables}


def _tables_of_json(path: Path) -> dict[str, RawSheet]:
    """The rows of a `plan.json`, as the text that a sheet would hold."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DatasetError(
            [Fault("", 0, "", str(path), f"cannot be opened ({error.strerror}).")]
        ) from None
    except (ValueError, RecursionError):
        raise DatasetError(
            [Fault("", 0, "", str(path), "is no JSON file, or is damaged.")]
        ) from None
    if not isinstance(document, dict):
        raise DatasetError([Fault("", 0, "", str(path), "is no plan: it holds no sessions.")])
    return _tables_of(document, path.name)


def _tables_of(document: Json, file: str) -> dict[str, RawSheet]:
    positions = document.get(POSITIONS)
    flattened = (
        [flat(row) if isinstance(row, dict) else row for row in positions]
        if isinstance(positions, list)
        else []
    )
    document = document | {POSITIONS: flattened}
    return {
        sheet: RawSheet(columns, _entries(document[sheet]), file=file)
        for sheet, columns in (*COLUMNS.items(), (POSITIONS, POSITION_COLUMNS))
        if isinstance(document.get(sheet), list)
    }


def _entries(rows: list[Any]) -> list[tuple[int, Mapping[str, str]]]:
    return [
        (
            number,
            {str(name): _text(value) for name, value in row.items()}
            if isinstance(row, dict)
            else {},
        )
        for number, row in enumerate(rows, start=1)
    ]


def _text(value: Any) -> str:
    """A value of a `plan.json` as the cell of a sheet: lists by `;`, stretches of time as
    `10:40-11:20`.
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_text(part) for part in value)
    if isinstance(value, dict):
        return f"{value.get('start')}-{value.get('end')}"
    return str(value)
