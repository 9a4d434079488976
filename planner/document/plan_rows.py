"""The rows of a plan, as text, made into a plan: each name, day and clock time is checked, and
every fault is said.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from planner.document.position_rows import SHEET as POSITIONS
from planner.document.position_rows import read_positions
from planner.facts.cell_formats import clock, days, nearest, parse_clock
from planner.facts.problem import MIDNIGHT, Problem
from planner.facts.service import Service
from planner.plan.plan import Attendance, FundedPosition, Placement, Plan, Session
from planner.plan.positions import budgeted_as_they_stand, staffed
from planner.sheets.raw_table import RawSheet, column_letters
from planner.sheets.sheet_reading import folded, is_remark
from planner.words.errors import DatasetError, Fault

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
    "sessions": ("service", "staff", "day", "start"),
    "placements": ("staff", "day", "school", "shift_start", "shift_end"),
    "training": TRAINING,
}
MAY_BE_MISSING = ("training",)
"""Sheets that a plan need not have: where nobody needs training, there is none."""
HALVES = ("day", "am", "pm")

T = TypeVar("T")
_SPAN = re.compile(r"\s*(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})\s*")


@dataclass(frozen=True)
class PlanRow:
    """Where a session or placement stands: its sheet, its row, and the letters of the sheet's
    columns.

    In a `plan.json` there are no letters, and the row is the place of an entry in its list, counted
    from 1.
    """

    sheet: str
    number: int
    letters: Mapping[str, str]

    def cell(self, column: str) -> str:
        """`sessions!D14`; a cell of the row's first column where the sheet lacks that column;
        nothing in a `plan.json`.
        """
        letter = self.letters.get(column) or min(self.letters.values(), default="")
        return f"{self.sheet}!{letter}{self.number}" if letter else ""


@dataclass(frozen=True)
class PlanRead:
    """A plan that was read, the row of each of its sessions, placements and courses attended, and
    the problem with the people whom its positions pay.
    """

    plan: Plan
    rows: Mapping[Session | Placement | Attendance, PlanRow]
    problem: Problem


def plan_of(tables: Mapping[str, RawSheet], problem: Problem) -> PlanRead:
    """The plan in the tables `sessions`, `placements`, `training` and `positions`. Raises
    DatasetError with every fault in them.
    """
    read, faults = rows_of(tables, problem)
    if faults:
        raise DatasetError(faults)
    return read


def rows_of(tables: Mapping[str, RawSheet], problem: Problem) -> tuple[PlanRead, list[Fault]]:
    """What can be read of a plan, without the rows that hold a fault; and every fault."""
    faults: list[Fault] = []
    positions = read_positions(tables.get(POSITIONS), problem, faults)
    if positions is not None and _says_nothing(positions, tables, problem):
        positions = None
    problem = problem if positions is None else staffed(problem, positions)
    rows = {sheet: _rows(sheet, tables.get(sheet), problem, faults) for sheet in COLUMNS}
    sessions = _each_once(
        rows["sessions"], _Row.sessions, lambda s: (s.service, s.staff, s.day, s.start)
    )
    placements = _each_once(
        rows["placements"], _Row.placements, lambda p: (p.staff, p.school, p.day, p.start)
    )
    training = _each_once(
        rows["training"], _Row.attendances, lambda a: (a.staff, a.training, a.date, a.start)
    )
    plan = Plan(
        tuple(sorted(placements, key=_order)),
        tuple(sorted(sessions)),
        tuple(sorted(training)),
        positions,
    )
    return PlanRead(
        plan, dict([*sessions.items(), *placements.items(), *training.items()]), problem
    ), faults


def _says_nothing(
    positions: tuple[FundedPosition, ...], tables: Mapping[str, RawSheet], problem: Problem
) -> bool:
    """Whether a table of positions says nothing of them.

    In a `plan.json` of the time when `[]` stood for that as well, people are placed whom it would
    have cut. The workbook of a plan that says nothing lists the positions as they stand, and places
    nobody on those that are vacant.
    """
    placed = tables.get("placements")
    staff = {cells.get("staff") for _, cells in (placed.rows if placed else ())}
    if not positions:
        filled = {row.staff for row in problem.data.positions if row.status == "filled"}
        return placed is not None and not placed.columns and bool(staff & filled)
    stand = budgeted_as_they_stand(problem)
    people = {person.staff for person in problem.data.staff}
    hired = {position.staff for position in stand} - people
    return (
        bool(hired) and not staff & hired and set(map(_paid, positions)) == set(map(_paid, stand))
    )


def _paid(position: FundedPosition) -> tuple[object, ...]:
    return position.position, position.fte, position.staff, frozenset(position.funding)


S = TypeVar("S", Session, Placement, Attendance)


def _each_once(
    rows: list["_Row"],
    read: Callable[["_Row"], Iterable[S]],
    key: Callable[[S], tuple[object, ...]],
) -> dict[S, PlanRow]:
    """What the rows hold, with its row; a fault for each row that says again what another one
    says.
    """
    found: dict[S, PlanRow] = {}
    first: dict[tuple[object, ...], _Row] = {}
    for row in rows:
        twin = None
        for each in read(row):
            twin = twin or first.get(key(each))
            first.setdefault(key(each), row)
            found.setdefault(each, row.place)
        if twin is not None:
            column = COLUMNS[row.sheet][0]
            rule = (
                f"is there already in row {twin.place.number}, with the same staff, day and start."
            )
            row.fault(column, row.cells.get(column, ""), rule, "Delete one of the rows.")
    return found


def _order(placement: Placement) -> tuple[str, str, int]:
    """Placements may lack a lunch, so they do not compare by themselves."""
    return placement.staff, placement.day, placement.start


def _rows(
    sheet: str, table: RawSheet | None, problem: Problem, faults: list[Fault]
) -> list["_Row"]:
    if table is None and sheet in MAY_BE_MISSING:
        return []
    if table is None:
        faults.append(
            Fault(sheet, 0, "", "", "is missing.", "A plan has the sheets sessions and placements.")
        )
        return []
    if table.broken:
        faults.append(Fault(sheet, table.broken_row, "", "", *table.broken, table.file))
        return []
    names = _headings(sheet, table, faults)
    if not set(REQUIRED[sheet]) <= set(names.values()):
        return []
    letters = {
        name: column_letters(table.columns[written])
        for written, name in names.items()
        if written in table.columns
    }
    for (number, written), words in sorted(table.unreadable.items()):
        if written in names:
            faults.append(
                Fault(
                    sheet,
                    number,
                    names[written],
                    "",
                    *words,
                    table.file,
                    table.cell(written, number),
                )
            )
    unreadable = {number for number, written in table.unreadable if written in names}
    for number, cells in table.rows:
        if "" in cells:
            rule, fix = (
                "stands under no heading.",
                "Give its column a name that begins with _, or delete it.",
            )
            faults.append(
                Fault(sheet, number, "", cells[""], rule, fix, table.file, table.cell("", number))
            )
    return [
        _Row(
            PlanRow(sheet, number, letters),
            {names[name]: text.strip() for name, text in cells.items() if name in names},
            table.file,
            problem,
            faults,
        )
        for number, cells in table.rows
        if number not in unreadable and any(name in names for name in cells)
    ]


def _headings(sheet: str, table: RawSheet, faults: list[Fault]) -> dict[str, str]:
    """The contract's column for each heading of a table; a fault for each that is unknown or
    missing.
    """
    by_fold = {folded(name).replace("_", " "): name for name in COLUMNS[sheet]}
    names: dict[str, str] = {}
    unknown = []
    row = table.heading_row
    for written in table.headings:
        name = by_fold.get(folded(written).replace("_", " "))
        if name and name not in names.values():
            names[written] = name
        elif name:
            fix = "Keep one of the columns."
            faults.append(
                Fault(
                    sheet,
                    row,
                    written,
                    "",
                    "is there twice.",
                    fix,
                    table.file,
                    table.cell(written, row),
                )
            )
        elif not is_remark(written):
            unknown.append(written)
    if not names:
        fix = f"Write into it: {', '.join(COLUMNS[sheet])}."
        rule = "holds no headings: the row with the names of the columns is missing."
        faults.append(
            Fault(sheet, row, "", "", rule, fix, table.file, f"A{row}" if table.columns else "")
        )
        return {}
    missing = [name for name in REQUIRED[sheet] if name not in names.values()]
    for written in unknown:
        # A required column that is missing is the likeliest to be misspelt.
        fix = (
            nearest(written, missing)
            or nearest(written, COLUMNS[sheet])
            or "Begin its name with _ to keep it as a remark."
        )
        rule = "is no column of this sheet."
        faults.append(
            Fault(sheet, row, written, "", rule, fix, table.file, table.cell(written, row))
        )
    for name in missing:
        blank = table.cell("", row) if len(missing) == 1 else ""
        fix = f"Write {name} into {blank}." if blank else ""
        faults.append(
            Fault(
                sheet, row, name, "", "is a required column and is missing.", fix, table.file, blank
            )
        )
    return names


class _Row:
    """One row of a plan's sheet. Its cells are read one by one; what is wrong with one is noted,
    and it counts as blank.
    """

    def __init__(
        self,
        place: PlanRow,
        cells: Mapping[str, str],
        file: str,
        problem: Problem,
        faults: list[Fault],
    ) -> None:
        self.place, self.sheet, self.cells, self.file = place, place.sheet, cells, file
        self.problem, self.faults = problem, faults

    def sessions(self) -> Iterable[Session]:
        """The row's session on each of its days; none where anything in it is wrong."""
        before = len(self.faults)
        service = self._known("service", "group or duty", self.problem.service_of)
        kind = self._known("kind", "kind of session", ("group", "duty"))
        school = self._known("school", "school", self.problem.schools)
        staff = self._staff()
        owner = self.problem.service_of.get(service)
        start, end = self._time_of(owner)
        dates = self._each("dates", date.fromisoformat, "is not a date. Write it like 2026-09-01.")
        named = self._days()
        if owner and kind and kind != owner.kind:
            self.fault("kind", kind, f"is not what {service} is.", f"It is a {owner.kind}.")
        if owner and owner.school and school not in ("", owner.school):
            self.fault(
                "school", school, f"is not the school of {service}.", f"It is at {owner.school}."
            )
        if not self.cells.get("staff") and owner and owner.group:
            self.fault("staff", "", "is blank; a group is served by somebody.")
        if len(self.faults) > before or owner is None:
            return
        place = self.cells.get("place") or owner.place
        for day in named:
            yield Session(
                service, day, start, end, staff, school or owner.school, owner.kind, place, dates
            )

    def _time_of(self, owner: Service | None) -> tuple[int, int]:
        """From when to when a session is; a blank end follows from the service."""
        if self.cells.get("end"):
            start, end = self._span("start", "end") or (0, 0)
            if owner and start < end != start + owner.minutes:
                rule = (
                    f"makes {end - start} minutes; a session of {owner.id} takes {owner.minutes}."
                )
                self.fault(
                    "end",
                    self.cells["end"],
                    rule,
                    f"Write {clock(start + owner.minutes)}, or clear the cell.",
                )
            return start, end
        begin, minutes = self._clock("start") or 0, owner.minutes if owner else 0
        if begin + minutes > MIDNIGHT:
            self.fault(
                "start",
                self.cells["start"],
                "is so late that the session would end after midnight.",
            )
        return begin, begin + minutes

    def placements(self) -> Iterable[Placement]:
        """The row's placement on each of its days; none where anything in it is wrong."""
        before = len(self.faults)
        staff = self._person(self.cells.get("staff", ""))
        school = self._known("school", "school", self.problem.schools)
        position = self._known(
            "position", "position", [p.position for p in self.problem.data.positions]
        )
        half = self._known("half", "part of a day", HALVES) or "day"
        start, end = self._span("shift_start", "shift_end") or (0, 0)
        lunch = self._lunch(staff)
        preparation = self._each(
            "preparation",
            _span_of,
            "is no stretch of time. Write it like 10:40-11:20; 13:00-13:20.",
        )
        named = self._days()
        for name in ("staff", "school"):
            if not self.cells.get(name):
                self.fault(name, "", "is required and is blank.")
        if len(self.faults) > before:
            return
        for day in named:
            yield Placement(
                staff, day, start, end, school, half, position, lunch, tuple(sorted(preparation))
            )

    def attendances(self) -> Iterable[Attendance]:
        """The row's course and who attends it; none where anything in it is wrong."""
        before = len(self.faults)
        staff = self._known("staff", "person", {row.staff for row in self.problem.data.staff})
        training = self._known(
            "training", "training", {row.training for row in self.problem.data.training}
        )
        on = self._each("date", date.fromisoformat, "is not a date. Write it like 2026-09-01.")
        start, end = self._span("start", "end") or (0, 0)
        for name in TRAINING[:3]:
            if not self.cells.get(name):
                self.fault(name, "", "is required and is blank.")
        if len(self.faults) == before:
            yield Attendance(staff, training, on[0], start, end)

    def _lunch(self, staff: str) -> tuple[int, int] | None:
        """The lunch, where there is one; a blank end follows from the job class."""
        person = self.problem.person_of.get(staff)
        if person is None or not self.cells.get("lunch_start") or self.cells.get("lunch_end"):
            return self._span("lunch_start", "lunch_end")
        start = self._clock("lunch_start")
        return None if start is None else (start, start + person.lunch_minutes)

    def fault(self, column: str, value: str, rule: str, fix: str = "") -> None:
        """Note what is wrong with a cell."""
        letter = self.place.letters.get(column, "")
        cell = f"{letter}{self.place.number}" if letter else ""
        self.faults.append(
            Fault(self.sheet, self.place.number, column, value, rule, fix, self.file, cell)
        )

    def _known(self, column: str, what: str, known: Iterable[str]) -> str:
        """A cell that must hold one of some names; blank where it is blank or wrong."""
        names = list(known)
        text = self.cells.get(column, "")
        if not text:
            if column == "service":
                self.fault(column, "", "is required and is blank.")
            return ""
        if text in names:
            return text
        self.fault(
            column, text, f"is no {what} of this dataset.", nearest(text, names) or _choices(names)
        )
        return ""

    def _staff(self) -> tuple[str, ...]:
        names = [piece.strip() for piece in self.cells.get("staff", "").split(";")]
        return tuple(sorted({self._person(name) for name in names if name}))

    def _person(self, name: str) -> str:
        """Somebody's id, given the id or a name that nobody else has."""
        known = self.problem.person_of
        if not name or name in known:
            return name
        named = [person.id for person in known.values() if folded(person.name) == folded(name)]
        if len(named) == 1:
            return named[0]
        under_contract = any(
            name == row.staff or folded(name) == folded(row.called)
            for row in self.problem.data.staff
        )
        if named:
            self.fault(
                "staff",
                name,
                "is the name of several people.",
                f"Write one of their ids: {', '.join(named)}.",
            )
        elif under_contract:
            self.fault("staff", name, "is not under contract on the planned day.")
        else:
            fix = nearest(name, [*known, *(person.name for person in known.values())]) or _choices(
                known
            )
            self.fault("staff", name, "is nobody in this dataset.", fix)
        return name

    def _days(self) -> tuple[str, ...]:
        text = self.cells.get("day", "")
        try:
            found = days(text, self.problem.data.reading)
        except ValueError as error:
            self.fault("day", text, str(error))
            return ()
        if not found:
            self.fault("day", text, "is required and is blank.")
        return found

    def _span(self, first: str, last: str) -> tuple[int, int] | None:
        """Two clock times that belong together; None where both are blank and may be."""
        if (
            not self.cells.get(first)
            and not self.cells.get(last)
            and first not in REQUIRED[self.sheet]
        ):
            return None
        start, end = self._clock(first), self._clock(last)
        if start is None or end is None:
            return None
        if start >= end:
            self.fault(last, self.cells[last], f"is not after {first} ({self.cells[first]}).")
        return start, end

    def _clock(self, column: str) -> int | None:
        text = self.cells.get(column, "")
        try:
            return parse_clock(text)
        except ValueError as error:
            self.fault(
                column,
                text,
                str(error) if text else "is blank, and is needed here. Write it like 08:30.",
            )
            return None

    def _each(self, column: str, read: Callable[[str], T], rule: str) -> tuple[T, ...]:
        """The parts of a list, each read; a fault for the first that cannot be."""
        pieces = [piece.strip() for piece in self.cells.get(column, "").split(";") if piece.strip()]
        try:
            return tuple(read(piece) for piece in pieces)
        except ValueError:
            self.fault(column, self.cells[column], rule)
            return ()


def _span_of(text: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(text)
    if match is None or parse_clock(match[1]) >= parse_clock(match[2]):
        raise ValueError(text)
    return parse_clock(match[1]), parse_clock(match[2])


def _choices(names: Iterable[str], most: int = 8) -> str:
    shown = list(names)
    return f"It may be {', '.join(shown)}." if 0 < len(shown) <= most else ""
