"""Where in a plan's workbook the rows stand that break a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.plan_rows import COLUMNS, plan_of
from planner.problem.problem import Problem
from planner.raw_table import Table
from planner.rule import Violation
from planner.rules import RULE_OF
from planner.sheet_reading import folded
from planner.workbook_reading import read_workbook

MOST_PLACES = 4


@dataclass(frozen=True)
class Place:
    """A row of the plan, and what it is about; `service` is the training where it is a course that somebody attends."""

    sheet: str
    row: int
    service: str
    people: frozenset[str]
    days: frozenset[str]

    def __str__(self) -> str:
        return f"{self.sheet} row {self.row}"


def places_in(path: Path, problem: Problem) -> tuple[Place, ...]:
    """The rows of a plan's workbook that was read without a fault."""
    tables = {folded(name): table for name, table in read_workbook(path).items()}
    return tuple(place for sheet in COLUMNS if sheet in tables for place in _places(sheet, tables[sheet], problem))


def _places(sheet: str, table: Table, problem: Problem) -> Iterator[Place]:
    empty = {name: Table(columns) for name, columns in COLUMNS.items()}
    for number, cells in table.rows:
        plan = plan_of({**empty, sheet: Table(table.headings, [(number, cells)])}, problem)
        for session in plan.sessions[:1]:
            days = frozenset(each.day for each in plan.sessions)
            yield Place(sheet, number, session.service, frozenset(session.staff), days)
        for placement in plan.placements[:1]:
            days = frozenset(each.day for each in plan.placements)
            yield Place(sheet, number, "", frozenset({placement.staff}), days)
        for attendance in plan.training:
            yield Place(sheet, number, attendance.training, frozenset({attendance.staff}), frozenset())


def places_of(violation: Violation, places: tuple[Place, ...], problem: Problem) -> list[Place]:
    """The rows that a violation is about: its services' sessions (or courses of training), or the day of the person.

    None where too many would fit.
    """
    trainings = {row.training for row in problem.data.training} if RULE_OF[violation.rule].part == "training" else set()
    services = {part for part in violation.where if part in problem.service_of or part in trainings}
    people = {part for part in violation.where if part in {row.staff for row in problem.data.staff}}
    days = {part for part in violation.where if part in problem.cycle}
    found = [
        place
        for place in places
        if (place.service in services if services else not place.service)
        and people <= place.people
        and (not days or days & place.days)
    ]
    return found if (services or people) and len(found) <= MOST_PLACES else []
