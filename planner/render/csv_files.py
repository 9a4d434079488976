"""Write a plan as CSV files for spreadsheets and other programs.

Sessions, placements, minutes, positions and the schools' week.

UTF-8 with a byte order mark, without which Excel takes accents and dashes for another code; lines
end as RFC 4180 says. Text that a spreadsheet would take for a formula has an apostrophe before it,
as in the CSV files of a dataset.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from planner.document.plan_rows import PLACEMENTS, SESSIONS
from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.money.budgeted import Budgeted
from planner.plan.measures import measure
from planner.plan.plan import Plan, Session
from planner.render.shares_text import shares_text
from planner.render.workbook.canvas import Value
from planner.render.workbook.money_sheets import POSITIONS, position_rows
from planner.render.workbook.plan_sheets import placement_rows, session_rows
from planner.render.workbook.plan_tables import MINUTES, minutes_rows
from planner.render.workbook.table import ReportColumn, without
from planner.sheets.csv_folder import protected
from planner.words.wording import grades, kind_of_duty, kind_of_place

PAY = ("lane", "step", "pay", "allowances amount", "employer costs", "total")
"""The columns of positions that say what single ones are paid."""
NOTHING = "–"
"""How a sheet says that there is nothing."""
WEEK = (
    "school",
    "day",
    "start",
    "end",
    "service",
    "grades",
    "subject",
    "tier",
    "kind",
    "students",
    "adults",
    "dates",
)


@dataclass(frozen=True)
class ExportScope:
    """The people and schools of which something is told. A session is of them if it is at such a
    school or by such a person.
    """

    people: Sequence[str]
    schools: Sequence[str]

    def has(self, session: Session) -> bool:
        """Whether a session is of it."""
        return session.school in self.schools or any(name in self.people for name in session.staff)


def csv_files(
    problem: Problem, plan: Plan, budget: Budgeted, part: ExportScope, *, with_pay: bool
) -> Iterator[tuple[str, bytes]]:
    """The files by name. Positions are there where the dataset has any; without pay, what single
    ones are paid is left out.
    """
    sessions = tuple(session for session in plan.sessions if part.has(session))
    placements = tuple(
        p for p in plan.placements if p.school in part.schools or p.staff in part.people
    )
    some = Plan(placements, sessions)
    yield "sessions.csv", csv_file(SESSIONS, session_rows(problem, some))
    yield "placements.csv", csv_file(PLACEMENTS, placement_rows(problem, some))
    yield "school-week.csv", csv_file(WEEK, _week(problem, sessions))
    served = {session.service for session in sessions}
    groups = {
        group.id for group in problem.groups if group.school in part.schools or group.id in served
    }
    minutes = [row for row in minutes_rows(problem, measure(problem, plan)) if row[0] in groups]
    yield "minutes.csv", csv_file(_headings(MINUTES), minutes)
    if problem.data.positions:
        here = [row for row in position_rows(problem, budget) if _is_of(row, part)]
        columns, rows = (POSITIONS, here) if with_pay else without(POSITIONS, here, PAY)
        yield "positions.csv", csv_file(_headings(columns), rows)


def _is_of(row: Sequence[Value], part: ExportScope) -> bool:
    """Whether a row of positions is of some people and schools."""
    held = dict(zip(_headings(POSITIONS), row, strict=True))
    return held["staff"] in part.people or any(
        school in part.schools for school in str(held["school"] or "").split(";")
    )


def _week(problem: Problem, sessions: Sequence[Session]) -> Iterator[tuple[Value, ...]]:
    """Every session as a school reads it: names instead of ids, school by school and day by day."""
    order = {day: place for place, day in enumerate(problem.cycle)}
    schools = list(problem.schools)
    for session in sorted(
        sessions, key=lambda s: (_place(schools, s.school), order[s.day], s.start, s.end, s.service)
    ):
        service = problem.service_of[session.service]
        group = service.group
        yield (
            problem.schools[session.school].name if session.school else None,
            session.day,
            clock(session.start),
            clock(session.end),
            service.id,
            grades(group.grades, problem.data.district.grades).removeprefix("Gr ")
            if group
            else None,
            group.subject or None if group else None,
            group.tier if group else None,
            kind_of_place(session.place or service.place) if group else kind_of_duty(service.place),
            service.size or None,
            "; ".join(problem.person_of[name].name for name in session.staff) or None,
            "; ".join(on.isoformat() for on in session.dates) or None,
        )


def _place(schools: list[str], school: str) -> int:
    return schools.index(school) if school in schools else len(schools)


def _headings(columns: Iterable[ReportColumn]) -> tuple[str, ...]:
    return tuple(column.heading for column in columns)


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Headings and rows as the bytes of a file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    """A value as a file holds it: figures bare and exact, text so that it stays text."""
    if value is None or value == NOTHING:
        return ""
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return protected(shares_text(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int | float) else protected(str(value))
