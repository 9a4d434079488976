"""The rows of a plan made into a plan: every fault in them is noted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from planner.document.document_part import PlanPart
from planner.document.plan_document import PlanRows
from planner.document.plan_rows import COLUMNS, POSITIONS, Placed, PlacedRows, PlanRead, PlanRow
from planner.document.position_reading import PositionReading
from planner.document.timetable_reading import (
    AttendanceReading,
    PlacementReading,
    SessionReading,
)
from planner.document.timetable_rows import PlacementRow
from planner.facts.problem import Problem
from planner.plan.plan import Attendance, FundedPosition, Placement, Plan, Session
from planner.plan.positions import budgeted_as_they_stand, staffed
from planner.words.errors import DatasetError, Fault

R = TypeVar("R", bound=PlanPart)
S = TypeVar("S", Session, Placement, Attendance)


def placed_rows(rows: PlanRows, file: str) -> PlacedRows:
    """The rows of a document, each with its place in its list, counted from 1."""

    def placed(sheet: str, some: Sequence[R]) -> tuple[Placed[R], ...]:
        return tuple(
            Placed(row, PlanRow(sheet, number, {}), file)
            for number, row in enumerate(some, start=1)
        )

    return PlacedRows(
        placed("sessions", rows.sessions),
        placed("placements", rows.placements),
        placed("training", rows.training),
        None if rows.positions is None else placed(POSITIONS, rows.positions),
    )


def plan_of(rows: PlacedRows, problem: Problem, faults: Iterable[Fault] = ()) -> PlanRead:
    """The plan in some rows. Raises DatasetError with every fault in them, and those given."""
    read, own = rows_of(rows, problem)
    if every := [*faults, *own]:
        raise DatasetError(every)
    return read


def rows_of(rows: PlacedRows, problem: Problem) -> tuple[PlanRead, list[Fault]]:
    """What can be read of a plan, without the rows that hold a fault; and every fault."""
    faults: list[Fault] = []
    positions = _positions(rows, problem, faults)
    problem = problem if positions is None else staffed(problem, positions)
    sessions = _each_once(
        rows.sessions,
        lambda placed: SessionReading(placed, problem, faults).sessions(),
        lambda s: (s.service, s.staff, s.day, s.start),
        faults,
    )
    placements = _each_once(
        rows.placements,
        lambda placed: PlacementReading(placed, problem, faults).placements(),
        lambda p: (p.staff, p.school, p.day, p.start),
        faults,
    )
    training = _each_once(
        rows.training,
        lambda placed: AttendanceReading(placed, problem, faults).attendances(),
        lambda a: (a.staff, a.training, a.date, a.start),
        faults,
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


def _positions(
    rows: PlacedRows, problem: Problem, faults: list[Fault]
) -> tuple[FundedPosition, ...] | None:
    """The positions that a plan budgets: none where all are cut, None where it says nothing of them
    and in a district without positions.
    """
    if rows.positions is None or not (rows.positions or problem.data.positions):
        return None
    positions = tuple(
        position
        for placed in rows.positions
        for position in PositionReading(placed, problem, faults).positions()
    )
    return None if _says_nothing(positions, rows.placements, problem) else positions


def _says_nothing(
    positions: tuple[FundedPosition, ...],
    placements: Sequence[Placed[PlacementRow]],
    problem: Problem,
) -> bool:
    """Whether a table of positions says nothing of them.

    In a `plan.json` of the time when `[]` stood for that as well, people are placed whom it would
    have cut. The workbook of a plan that says nothing lists the positions as they stand, and places
    nobody on those that are vacant.
    """
    staff = {placed.row.staff for placed in placements}
    if not positions:
        filled = {row.staff for row in problem.data.positions if row.status == "filled"}
        in_workbook = any(placed.place.letters for placed in placements)
        return not in_workbook and bool(staff & filled)
    stand = budgeted_as_they_stand(problem)
    people = {person.staff for person in problem.data.staff}
    hired = {position.staff for position in stand} - people
    return (
        bool(hired) and not staff & hired and set(map(_paid, positions)) == set(map(_paid, stand))
    )


def _paid(position: FundedPosition) -> tuple[object, ...]:
    return position.position, position.fte, position.staff, frozenset(position.funding)


def _each_once(
    rows: Iterable[Placed[R]],
    read: Callable[[Placed[R]], Iterator[S]],
    key: Callable[[S], tuple[object, ...]],
    faults: list[Fault],
) -> dict[S, PlanRow]:
    """What the rows hold, with its row; a fault for each row that says again what another one
    says.
    """
    places: dict[S, PlanRow] = {}
    first: dict[tuple[object, ...], PlanRow] = {}
    for placed in rows:
        twin = None
        for each in read(placed):
            twin = twin or first.get(key(each))
            first.setdefault(key(each), placed.place)
            places.setdefault(each, placed.place)
        if twin is not None:
            faults.append(_said_again(placed, twin))
    return places


def _said_again(placed: Placed[R], twin: PlanRow) -> Fault:
    place = placed.place
    column = COLUMNS[place.sheet][0]
    letter = place.letters.get(column, "")
    return Fault(
        place.sheet,
        place.number,
        column,
        str(getattr(placed.row, column)),
        f"is there already in row {twin.number}, with the same staff, day and start.",
        "Delete one of the rows.",
        placed.file,
        f"{letter}{place.number}" if letter else "",
    )


def _order(placement: Placement) -> tuple[str, str, int]:
    """Placements may lack a lunch, so they do not compare by themselves."""
    return placement.staff, placement.day, placement.start
