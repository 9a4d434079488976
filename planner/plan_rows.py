"""The rows of a plan, as text, made into a plan: each name, day and clock time is checked, and every fault is said."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from planner.errors import DatasetError, Fault
from planner.plan import Attendance, Placement, Plan, Session
from planner.problem.cells import days, nearest, parse_clock
from planner.problem.problem import Problem
from planner.raw_table import Table
from planner.sheet_reading import folded, is_remark

SESSIONS = ("service", "kind", "school", "staff", "day", "start", "end", "place", "dates")
PLACEMENTS = (
    "staff",
    "position",
    "day",
    "half",
    "school",
    "shift_start",
    "shift_end",
    "lunch_start",
    "lunch_end",
    "preparation",
)
TRAINING = ("staff", "training", "date", "start", "end")
COLUMNS = {"sessions": SESSIONS, "placements": PLACEMENTS, "training": TRAINING}
REQUIRED = {
    "sessions": ("service", "staff", "day", "start", "end"),
    "placements": ("staff", "day", "school", "shift_start", "shift_end"),
    "training": TRAINING,
}
MAY_BE_MISSING = ("training",)
"""Sheets that a plan need not have: where nobody needs training, there is none."""
HALVES = ("day", "am", "pm")

T = TypeVar("T")
_SPAN = re.compile(r"\s*(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})\s*")


def plan_of(tables: Mapping[str, Table], problem: Problem) -> Plan:
    """The plan in the tables `sessions`, `placements` and `training`. Raises DatasetError with every fault in them."""
    faults: list[Fault] = []
    rows = {sheet: _rows(sheet, tables.get(sheet), problem, faults) for sheet in COLUMNS}
    sessions = [session for row in rows["sessions"] for session in row.sessions()]
    placements = [placement for row in rows["placements"] for placement in row.placements()]
    training = [attendance for row in rows["training"] for attendance in row.attendances()]
    if faults:
        raise DatasetError(faults)
    return Plan(tuple(sorted(placements, key=_order)), tuple(sorted(sessions)), tuple(sorted(training)))


def _order(placement: Placement) -> tuple[str, str, int]:
    """Placements may lack a lunch, so they do not compare by themselves."""
    return placement.staff, placement.day, placement.start


def _rows(sheet: str, table: Table | None, problem: Problem, faults: list[Fault]) -> list["_Row"]:
    if table is None and sheet in MAY_BE_MISSING:
        return []
    if table is None:
        faults.append(Fault(sheet, 0, "", "", "is missing.", "A plan has the sheets sessions and placements."))
        return []
    if table.broken:
        faults.append(Fault(sheet, table.broken_row, "", "", *table.broken, table.file))
        return []
    names = _headings(sheet, table, faults)
    for (number, written), words in table.unreadable.items():
        if written in names:
            faults.append(Fault(sheet, number, names[written], "", *words, table.file))
    if not set(REQUIRED[sheet]) <= set(names.values()):
        return []
    return [
        _Row(
            sheet,
            number,
            {names[name]: text.strip() for name, text in cells.items() if name in names},
            table.file,
            problem,
            faults,
        )
        for number, cells in table.rows
    ]


def _headings(sheet: str, table: Table, faults: list[Fault]) -> dict[str, str]:
    """The contract's column for each heading of a table; a fault for each that is unknown or missing."""
    by_fold = {folded(name).replace("_", " "): name for name in COLUMNS[sheet]}
    names: dict[str, str] = {}
    for written in table.headings:
        name = by_fold.get(folded(written).replace("_", " "))
        if name and name not in names.values():
            names[written] = name
        elif not is_remark(written):
            rule = "is there twice." if name else "is no column of this sheet."
            fix = "" if name else nearest(written, COLUMNS[sheet]) or "Begin its name with _ to keep it as a remark."
            faults.append(Fault(sheet, table.heading_row, written, "", rule, fix, table.file))
    for name in REQUIRED[sheet]:
        if table.headings and name not in names.values():
            rule = "is a required column and is missing."
            faults.append(Fault(sheet, table.heading_row, name, "", rule, "", table.file))
    return names


class _Row:
    """One row of a plan's sheet. Its cells are read one by one; what is wrong with one is noted, and it counts as blank."""

    def __init__(self, sheet: str, number: int, cells: Mapping[str, str], file: str, problem: Problem, faults: list[Fault]) -> None:
        self.sheet, self.number, self.cells, self.file = sheet, number, cells, file
        self.problem, self.faults = problem, faults

    def sessions(self) -> Iterable[Session]:
        """The row's session on each of its days; none where anything in it is wrong."""
        before = len(self.faults)
        service = self._known("service", "group or duty", self.problem.service_of)
        kind = self._known("kind", "kind of session", ("group", "duty"))
        school = self._known("school", "school", self.problem.schools)
        staff = self._staff()
        start, end = self._span("start", "end") or (0, 0)
        dates = self._each("dates", date.fromisoformat, "is not a date. Write it like 2026-09-01.")
        named = self._days()
        owner = self.problem.service_of.get(service)
        if owner and kind and kind != owner.kind:
            self._fault("kind", kind, f"is not what {service} is.", f"It is a {owner.kind}.")
        if not self.cells.get("staff") and owner and owner.group:
            self._fault("staff", "", "is blank; a group is served by somebody.")
        if len(self.faults) > before or owner is None:
            return
        for day in named:
            yield Session(service, day, start, end, staff, school or owner.school, owner.kind, self.cells.get("place", ""), dates)

    def placements(self) -> Iterable[Placement]:
        """The row's placement on each of its days; none where anything in it is wrong."""
        before = len(self.faults)
        staff = self._person(self.cells.get("staff", ""))
        school = self._known("school", "school", self.problem.schools)
        position = self._known("position", "position", [p.position for p in self.problem.data.positions])
        half = self._known("half", "part of a day", HALVES) or "day"
        start, end = self._span("shift_start", "shift_end") or (0, 0)
        lunch = self._span("lunch_start", "lunch_end")
        preparation = self._each("preparation", _span_of, "is no stretch of time. Write it like 10:40-11:20; 13:00-13:20.")
        named = self._days()
        for name in ("staff", "school"):
            if not self.cells.get(name):
                self._fault(name, "", "is required and is blank.")
        if len(self.faults) > before:
            return
        for day in named:
            yield Placement(staff, day, start, end, school, half, position, lunch, tuple(sorted(preparation)))

    def attendances(self) -> Iterable[Attendance]:
        """The row's course and who attends it; none where anything in it is wrong."""
        before = len(self.faults)
        staff = self._known("staff", "person", {row.staff for row in self.problem.data.staff})
        training = self._known("training", "training", {row.training for row in self.problem.data.training})
        on = self._each("date", date.fromisoformat, "is not a date. Write it like 2026-09-01.")
        start, end = self._span("start", "end") or (0, 0)
        for name in TRAINING[:3]:
            if not self.cells.get(name):
                self._fault(name, "", "is required and is blank.")
        if len(self.faults) == before:
            yield Attendance(staff, training, on[0], start, end)

    def _fault(self, column: str, value: str, rule: str, fix: str = "") -> None:
        self.faults.append(Fault(self.sheet, self.number, column, value, rule, fix, self.file))

    def _known(self, column: str, what: str, known: Iterable[str]) -> str:
        """A cell that must hold one of some names; blank where it is blank or wrong."""
        names = list(known)
        text = self.cells.get(column, "")
        if not text:
            if column == "service":
                self._fault(column, "", "is required and is blank.")
            return ""
        if text in names:
            return text
        self._fault(column, text, f"is no {what} of this dataset.", nearest(text, names) or _choices(names))
        return ""

    def _staff(self) -> tuple[str, ...]:
        names = [piece.strip() for piece in self.cells.get("staff", "").split(";")]
        return tuple(sorted({self._person(name) for name in names if name}))

    def _person(self, name: str) -> str:
        known = self.problem.person_of
        if name and name not in known:
            under_contract = any(row.staff == name for row in self.problem.data.staff)
            rule = "is not under contract on the planned day." if under_contract else "is nobody in this dataset."
            self._fault("staff", name, rule, nearest(name, known) or _choices(known))
        return name

    def _days(self) -> tuple[str, ...]:
        text = self.cells.get("day", "")
        try:
            found = days(text, self.problem.data.reading)
        except ValueError as error:
            self._fault("day", text, str(error))
            return ()
        if not found:
            self._fault("day", text, "is required and is blank.")
        return found

    def _span(self, first: str, last: str) -> tuple[int, int] | None:
        """Two clock times that belong together; None where both are blank and may be."""
        if not self.cells.get(first) and not self.cells.get(last) and first not in REQUIRED[self.sheet]:
            return None
        start, end = self._clock(first), self._clock(last)
        if start is None or end is None:
            return None
        if start >= end:
            self._fault(last, self.cells[last], f"is not after {first} ({self.cells[first]}).")
        return start, end

    def _clock(self, column: str) -> int | None:
        text = self.cells.get(column, "")
        try:
            return parse_clock(text)
        except ValueError as error:
            self._fault(column, text, str(error) if text else "is blank, and is needed here. Write it like 08:30.")
            return None

    def _each(self, column: str, read: Callable[[str], T], rule: str) -> tuple[T, ...]:
        """The parts of a list, each read; a fault for the first that cannot be."""
        pieces = [piece.strip() for piece in self.cells.get(column, "").split(";") if piece.strip()]
        try:
            return tuple(read(piece) for piece in pieces)
        except ValueError:
            self._fault(column, self.cells[column], rule)
            return ()


def _span_of(text: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(text)
    if match is None or parse_clock(match[1]) >= parse_clock(match[2]):
        raise ValueError(text)
    return parse_clock(match[1]), parse_clock(match[2])


def _choices(names: Iterable[str], most: int = 8) -> str:
    shown = list(names)
    return f"It may be {', '.join(shown)}." if 0 < len(shown) <= most else ""
