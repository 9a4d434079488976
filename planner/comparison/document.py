"""What a comparison reads of a `plan.json`. Everything else in it is passed over; money may be
missing from what somebody sees.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from babel import Locale, UnknownLocaleError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from planner.words.errors import DatasetError, Fault, shortened

PLAN = "plan.json"
AGAIN = "Write it again with planner solve, or give the dataset that it was made from with --data."


LARGEST = 10**12
Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Figure = Annotated[Decimal, Field(ge=-LARGEST, le=LARGEST, decimal_places=20)]


class PlanJsonModel(BaseModel):
    """A part of a plan's file."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Owed(PlanJsonModel):
    """What is owed and what is delivered of it."""

    owed: Whole = 0
    delivered: Whole = 0

    @property
    def share(self) -> Decimal | None:
        """Delivered of owed, to six places; None where nothing is owed."""
        return round(Decimal(self.delivered) / self.owed, 6) if self.owed else None


class Minutes(PlanJsonModel):
    """Minutes in all and by tier, school and subject."""

    all: Owed
    tier: dict[str, Owed]
    school: dict[str, Owed]
    subject: dict[str, Owed]
    school_tier: dict[str, dict[str, Owed]]


class StudentsBy(PlanJsonModel):
    """Students by tier and by school."""

    tier: dict[str, Owed]
    school: dict[str, Owed]


class GroupFigures(PlanJsonModel):
    """A group's figures."""

    service: str
    school: str
    tier: Whole
    grades: tuple[str, ...] = ()
    subject: str = ""
    students: Whole
    minutes: Owed
    sessions: Owed
    adults: tuple[str, ...] = ()


class PersonFigures(PlanJsonModel):
    """A person's cycle."""

    role: str
    fte: Figure
    obligation: Whole
    contact: Whole
    travel: Whole


class RoleFigures(PlanJsonModel):
    """A job class."""

    people: Whole
    fte: Figure


class ContinuityFigures(PlanJsonModel):
    """How many adults a served group sees."""

    adults_a_group: Figure
    groups: Whole
    with_one_adult: Whole


class FairnessFigures(PlanJsonModel):
    """How far apart schools are."""

    spread_of_schools: Figure


class PerMinute(PlanJsonModel):
    """A year's cost for each student-minute."""

    all: Figure | None
    fund: dict[str, Figure | None]


class CostFigures(PlanJsonModel):
    """What positions cost a year."""

    all: Figure
    fund: dict[str, Figure]
    role: dict[str, Figure]
    school: dict[str, Figure]
    fund_left: dict[str, Figure]
    per_student_minute: PerMinute


class Figures(PlanJsonModel):
    """The measures of a plan."""

    minutes: Minutes
    students: Owed
    sessions: Owed
    students_by: StudentsBy
    groups: tuple[GroupFigures, ...]
    fte: dict[str, RoleFigures]
    people: dict[str, PersonFigures]
    utilisation: Figure
    worst_school: str
    continuity: ContinuityFigures
    fairness: FairnessFigures
    travel: Whole
    training_deadlines: Owed = Owed()
    cost: CostFigures | None = None


class FundShare(PlanJsonModel):
    """What a fund pays of a position, in percent."""

    fund: str
    percent: Figure


class PositionFigures(PlanJsonModel):
    """A position that the plan budgets."""

    position: str
    role: str
    school: tuple[str, ...]
    staff: str
    fte: Figure
    funding: tuple[FundShare, ...] = ()
    total: Figure | None = None


class PlacementFigures(PlanJsonModel):
    """Where somebody is on a day."""

    staff: str
    day: str
    school: str


class FindingFigures(PlanJsonModel):
    """What the check found."""

    rule: str
    severity: str
    subject: str
    amount: Whole
    unit: str
    message: str


class RecordedChange(PlanJsonModel):
    """What the plan's scenario changed in its dataset, in words; `subjects` are the ids
    concerned.
    """

    words: str
    sheet: str = ""
    key: str = ""
    subjects: tuple[str, ...] = ()


class Names(PlanJsonModel):
    """What ids are called."""

    schools: dict[str, str] = {}
    people: dict[str, str] = {}
    roles: dict[str, str] = {}
    funds: dict[str, str] = {}


class DistrictFigures(PlanJsonModel):
    """In which district, cycle and language the figures stand."""

    name: str
    locale: str
    currency: str
    cycle: tuple[str, ...]
    grades: tuple[str, ...]

    @field_validator("locale")
    @classmethod
    def _known(cls, locale: str) -> str:
        try:
            Locale.parse(locale)
        except UnknownLocaleError:
            raise ValueError("is no language that figures can be written in") from None
        return locale


class GoalFigures(PlanJsonModel):
    """What a goal reached; `words` say what is still possible, `bound` is None where that is not
    known.
    """

    title: str
    value: Whole
    bound: Whole | None = None
    words: str = ""


class Solver(PlanJsonModel):
    """How far the search came."""

    status: str
    stopped: str = ""
    goals: tuple[GoalFigures, ...] = ()


class PlanDocument(PlanJsonModel):
    """A plan's file."""

    scenario: str
    dataset_hash: str = ""
    solver: Solver
    positions: tuple[PositionFigures, ...]
    placements: tuple[PlacementFigures, ...]
    findings: tuple[FindingFigures, ...]
    measures: Figures
    names: Names
    district: DistrictFigures
    changes: tuple[RecordedChange, ...] = ()

    @property
    def tells_changes(self) -> bool:
        """Whether the file says what was changed, be it nothing: one for who may not know does
        not.
        """
        return "changes" in self.model_fields_set


def place_of(path: Path) -> Path:
    """The `plan.json` that a path means: itself, or the one in a folder."""
    return path / PLAN if path.is_dir() else path


def read_file(path: Path) -> dict[str, Any]:
    """The content of a `plan.json`, or of the one in a folder. Raises DatasetError where there is
    none that can be read.
    """
    place = place_of(path)
    if path.is_dir() and not place.is_file():
        raise _fault(path, f"holds no {PLAN}.", "Give the folder that planner solve wrote.")
    if not place.is_file():
        raise _fault(path, "is not there.", "Give a plan's folder, or its plan.json.")
    if place.suffix.lower() != ".json":
        raise _fault(
            path,
            "is no plan.json.",
            f"Give the plan's folder, or the {PLAN} that stands beside it.",
        )
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except OSError as error:
        raise _fault(path, f"cannot be opened ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise _fault(path, "is no JSON file, or is damaged.") from None
    if not isinstance(found, dict) or not isinstance(found.get("sessions"), list):
        raise _fault(path, "is no plan: it holds no sessions.")
    return found


def lacks_figures(found: Mapping[str, Any]) -> bool:
    """Whether a plan was written before its file held what a comparison needs."""
    measures = found.get("measures")
    return not isinstance(measures, Mapping) or "groups" not in measures or "district" not in found


def document_of(found: Mapping[str, Any], file: str) -> PlanDocument:
    """A plan's file, as far as a comparison reads it; `file` is what a fault calls it. Raises
    DatasetError with every fault.
    """
    if lacks_figures(found):
        raise DatasetError(
            [
                Fault(
                    "",
                    0,
                    "",
                    "",
                    "lacks figures that a comparison needs: an older version wrote it.",
                    AGAIN,
                    file,
                )
            ]
        )
    try:
        return PlanDocument.model_validate(found)
    except ValidationError as error:
        raise DatasetError([_damage(one, file) for one in error.errors()]) from None


def _fault(path: Path, rule: str, fix: str = "") -> DatasetError:
    return DatasetError([Fault("", 0, "", "", rule, fix, str(path))])


def _damage(error: Mapping[str, Any], file: str) -> Fault:
    """What is wrong with an entry; a row is the place in a list, counted from 1."""
    sheet, *rest = error["loc"]
    row = rest.pop(0) + 1 if rest and isinstance(rest[0], int) else 0
    value = "" if error["type"] == "missing" else shortened(str(error["input"]))
    what = str(error["msg"]).removeprefix("Value error, ")
    return Fault(
        str(sheet),
        row,
        ".".join(map(str, rest)),
        value,
        f"{what[:1].lower()}{what[1:]}.",
        "The file is damaged.",
        file,
    )
