"""The whole answer as one typed document: what `plan.json` holds.

plan.json is written from it, read into it and compared with it; views for roles are cut from it;
its JSON Schema is printed by `planner schema --plan`. Who may see a value is said beside it.
"""

from typing import Annotated

from pydantic import Field, field_validator

from planner.document.document_part import PlanPart, Rounded, SeenBy, Whole
from planner.document.measure_rows import DistrictNames, Names, PlanFigures
from planner.document.position_rows import PositionRow
from planner.document.timetable_rows import (
    AttendanceRow,
    ElsewhereRow,
    PlacementRow,
    SessionRow,
)
from planner.facts.who import DISTRICT, EVERYBODY, OFFICE
from planner.plan.result import Status

VERSION = 1
"""Of the document's keys. One that is renamed or gone, or a new one that older files must be given
a value for, makes the next version and a step in `planner.document.migrations`.
"""


class ScenarioChange(PlanPart):
    """What the plan's scenario changed in its dataset."""

    words: Annotated[str, SeenBy(OFFICE, "The change, in words.")]
    sheet: Annotated[str, SeenBy(OFFICE, "The sheet of the row that was changed.")] = ""
    key: Annotated[str, SeenBy(OFFICE, "The row's key.")] = ""
    subjects: Annotated[tuple[str, ...], SeenBy(OFFICE, "The ids that it concerns.")] = ()


class GoalFigures(PlanPart):
    """What a goal reached."""

    goal: Annotated[str, SeenBy(EVERYBODY, "The goal.")] = ""
    title: Annotated[str, SeenBy(EVERYBODY, "What it is called.")]
    unit: Annotated[str, SeenBy(EVERYBODY, "What is counted.")] = ""
    value: Annotated[Whole, SeenBy(EVERYBODY, "What was reached.")]
    bound: Annotated[
        Whole | None,
        SeenBy(EVERYBODY, "What can at most (or must at least) be reached; null: not known."),
    ] = None
    gap: Annotated[
        Rounded | None, SeenBy(EVERYBODY, "How far the bound is from the value, as a part of 1.")
    ] = None
    words: Annotated[str, SeenBy(EVERYBODY, "What is still possible.")] = ""


class SearchFigures(PlanPart):
    """How far the search came."""

    status: Annotated[str, SeenBy(DISTRICT, "optimal, feasible, infeasible, no_plan_yet, failed.")]
    stopped: Annotated[str, SeenBy(DISTRICT, "deadline, interrupt; blank: it ended.")] = ""
    goals: tuple[GoalFigures, ...] = ()

    @field_validator("status")
    @classmethod
    def _known(cls, status: str) -> str:
        if status not in [known.value for known in Status]:
            raise ValueError("is no state of a search")
        return status


class UnservedRow(PlanPart):
    """A service that does not get all it is owed, and why."""

    service: Annotated[str, SeenBy(EVERYBODY, "The group or duty.")]
    sessions_owed: Annotated[Whole, SeenBy(EVERYBODY, "Sessions that it is owed a cycle.")]
    sessions_given: Annotated[Whole, SeenBy(EVERYBODY, "Sessions that it gets.")]
    rule: Annotated[str, SeenBy(EVERYBODY, "The rule that stops the rest.")] = ""
    reason: Annotated[str, SeenBy(EVERYBODY, "Why, in words.")] = ""
    remedy: Annotated[str | None, SeenBy(EVERYBODY, "The cheapest remedy, where asked for.")] = None


class FindingRow(PlanPart):
    """What the independent check says of the plan."""

    rule: Annotated[str, SeenBy(EVERYBODY, "The rule.")]
    severity: Annotated[str, SeenBy(EVERYBODY, "broken or noted.")]
    subject: Annotated[str, SeenBy(EVERYBODY, "What it is about.")]
    amount: Annotated[Whole, SeenBy(EVERYBODY, "How much.")]
    unit: Annotated[str, SeenBy(EVERYBODY, "What is counted.")]
    message: Annotated[str, SeenBy(EVERYBODY, "The finding, in words.")]


class PlanOrigin(PlanPart):
    """Of what a plan is one."""

    document_version: Annotated[
        int, Field(ge=1, le=VERSION, strict=True), SeenBy(DISTRICT, "The version of these keys.")
    ]
    scenario: Annotated[str, SeenBy(DISTRICT, "Its scenario; blank without one.")] = ""
    dataset_hash: Annotated[str, SeenBy(DISTRICT, "What tells its dataset from others.")] = ""
    changes: tuple[ScenarioChange, ...] = ()
    schema_version: Annotated[Whole, SeenBy(DISTRICT, "The version of its dataset's sheets.")] = 0


class PlanHead(PlanOrigin):
    """The origin of a plan, and how far its search came."""

    solver: SearchFigures


class PlanPlaces(PlanPart):
    """Who is paid by which position, and who is where.

    `positions` is None where the plan says nothing of them; an empty tuple is all cut.
    """

    positions: tuple[PositionRow, ...] | None = None
    placements: tuple[PlacementRow, ...]

    @property
    def budgeted(self) -> tuple[PositionRow, ...]:
        """The positions to go through; none where all are cut, and where nothing is said."""
        return () if self.positions is None else self.positions


class PlanRows(PlanPlaces):
    """The plan itself: all that is read back of it."""

    sessions: tuple[SessionRow, ...]
    training: tuple[AttendanceRow, ...] = ()


class PlanOutcome(PlanPart):
    """What is said of the plan.

    A file of an old version may lack figures that cannot be worked out without its dataset:
    `measures` and `district` are None then.
    """

    unserved: tuple[UnservedRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    measures: PlanFigures | None = None
    names: Names = Names()
    district: DistrictNames | None = None


class PlanBrief(PlanOutcome, PlanPlaces, PlanHead):
    """A plan's document without its timetable.

    This is what a comparison reads. Of forty schools, the sessions are two thirds of all parts: to
    read them as well would make `planner compare` take half as long again (1.1 s for 0.7 s).
    """

    @property
    def tells_changes(self) -> bool:
        """Whether the document says what was changed, be it nothing: one for who may not know does
        not.
        """
        return "changes" in self.model_fields_set


class PlanDocument(PlanBrief, PlanRows):
    """A plan's whole document."""

    elsewhere: tuple[ElsewhereRow, ...] = ()
