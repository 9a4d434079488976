"""The sheets of a plan, where a row of them stands, and what was read of a whole plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from planner.document.position_rows import PositionRow
from planner.document.timetable_rows import AttendanceRow, PlacementRow, SessionRow
from planner.facts.problem import Problem
from planner.plan.plan import Attendance, Placement, Plan, Session

SESSIONS = tuple(SessionRow.model_fields)
PLACEMENTS = tuple(PlacementRow.model_fields)
TRAINING = tuple(AttendanceRow.model_fields)
COLUMNS = {"sessions": SESSIONS, "placements": PLACEMENTS, "training": TRAINING}
POSITIONS = "positions"
HALVES = ("day", "am", "pm")

R = TypeVar("R", covariant=True)


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
class Placed(Generic[R]):
    """A row with its place and the name of its file."""

    row: R
    place: PlanRow
    file: str


@dataclass(frozen=True)
class PlacedRows:
    """All rows of a plan, of either of its files."""

    sessions: tuple[Placed[SessionRow], ...] = ()
    placements: tuple[Placed[PlacementRow], ...] = ()
    training: tuple[Placed[AttendanceRow], ...] = ()
    positions: tuple[Placed[PositionRow], ...] | None = None


@dataclass(frozen=True)
class PlanRead:
    """A plan that was read, the row of each of its sessions, placements and courses attended, and
    the problem with the people whom its positions pay.
    """

    plan: Plan
    rows: Mapping[Session | Placement | Attendance, PlanRow]
    problem: Problem
