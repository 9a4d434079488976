"""Who leaves, whose position is vacant then, and who moves up a step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from planner.facts.funds import Position
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Staff
from planner.rollover.notes import CHANGED, DROPPED, LOOK, Note
from planner.rollover.year import Years, credentials
from planner.words.wording import listed

Cells = Mapping[tuple[str, str], frozenset[str]]
"""The steps of each schedule and lane."""


@dataclass
class People:
    """Staff and positions of the next year, with what was done to them."""

    staff: list[Staff] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def ids(self) -> frozenset[str]:
        """Who stays."""
        return frozenset(person.staff for person in self.staff)


def people(data: Dataset, years: Years, funds: Iterable[str]) -> People:
    """Staff and positions of the next year, paid by the funds that are left."""
    found = People()
    _staff(data, years, found)
    leaving = {person.staff: person for person in data.staff if person.staff not in found.ids}
    _positions(data, years, found, leaving, frozenset(funds))
    found.notes += credentials(found.staff, years)
    return found


def _staff(data: Dataset, years: Years, found: People) -> None:
    steps = _steps(data)
    schedules = _schedules(data)
    stays = [
        row for row in data.staff if row.end_date is None or row.end_date >= years.new.year_start
    ]
    names = {row.staff for row in stays} | {teacher.teacher for teacher in data.teachers}
    for number, row in enumerate(data.staff, start=2):
        if row not in stays:
            assert row.end_date
            words = f"leaves on {row.end_date.isoformat()}, before the year begins."
            found.notes.append(Note(DROPPED, "staff", number, row.staff, words))
            continue
        place = len(found.staff) + 2
        supervisor = row.supervisor if row.supervisor in names else ""
        step = _step(
            found, "staff", place, row.staff, steps, schedules[row.role], row.lane, row.step
        )
        found.staff.append(row.model_copy(update={"supervisor": supervisor, "step": step}))
        if supervisor != row.supervisor:
            words = f"{row.supervisor}, who supervised them, has left: name somebody else."
            found.notes.append(Note(LOOK, "staff", place, row.staff, words))
        if row.end_date:
            words = f"leaves on {row.end_date.isoformat()}, within the year."
            found.notes.append(Note(LOOK, "staff", place, row.staff, words))


def _positions(
    data: Dataset, years: Years, found: People, leaving: Mapping[str, Staff], funds: frozenset[str]
) -> None:
    steps, schedules = _steps(data), _schedules(data)
    for number, row in enumerate(data.positions, start=2):
        if row.end and row.end < years.new.year_start:
            words = f"ends on {row.end.isoformat()}, before the year begins."
            found.notes.append(Note(DROPPED, "positions", number, row.position, words))
            continue
        place = len(found.positions) + 2
        changes: dict[str, object] = {}
        if row.staff in leaving and row.status == "filled":
            last = leaving[row.staff].end_date
            since = last + timedelta(days=1) if last else years.new.year_start
            changes = {"status": "vacant", "staff": "", "vacant_since": since}
            words = f"vacant since {since.isoformat()}: {row.staff} has left"
            found.notes.append(Note(CHANGED, "positions", place, row.position, words))
        elif row.status == "filled":
            changes["step"] = _step(
                found,
                "positions",
                place,
                row.position,
                steps,
                schedules[row.role],
                row.lane,
                row.step,
            )
        elif row.staff in leaving:
            changes["staff"] = ""
        if row.status == "proposed":
            words = "still proposed: was it taken up, is it still wanted?"
            found.notes.append(Note(LOOK, "positions", place, row.position, words))
        changes |= _funding(found, place, row, funds)
        found.positions.append(row.model_copy(update=changes))


def _funding(found: People, place: int, row: Position, funds: frozenset[str]) -> dict[str, object]:
    """Who pays; nobody where one of the funds is over, because who pays its part is for somebody to
    decide.
    """
    gone = sorted({share.fund for share in (*row.funding, *row.allowance_funding)} - funds)
    if not gone:
        return {}
    said = "; ".join(f"{share.fund}:{share.percent:f}" for share in row.funding)
    words = f"was paid {said}, and {listed(gone)} is over: say who pays it."
    found.notes.append(Note(LOOK, "positions", place, row.position, words))
    return {"funding": (), "allowance_funding": ()}


def _step(
    found: People,
    sheet: str,
    place: int,
    key: str,
    steps: Cells,
    schedule: str,
    lane: str,
    step: str,
) -> str:
    """The next step where the schedule has it; else the same, which is said where the schedule has
    several.
    """
    known = steps.get((schedule, lane), frozenset())
    if not step or known <= {step}:
        return step
    following = str(int(step) + 1) if step.isdecimal() else ""
    if following in known:
        found.notes.append(Note(CHANGED, sheet, place, key, f"step {step} → {following}"))
        return following
    of_lane = f"{schedule} {lane}".strip()
    why = (
        f"{of_lane} has no step {following}"
        if following
        else f"the steps of {of_lane} are not numbered"
    )
    found.notes.append(Note(LOOK, sheet, place, key, f"step {step} as before: {why}."))
    return step


def _steps(data: Dataset) -> Cells:
    found: dict[tuple[str, str], set[str]] = {}
    for row in data.pay:
        found.setdefault((row.schedule, row.lane), set()).add(row.step)
    return {key: frozenset(steps) for key, steps in found.items()}


def _schedules(data: Dataset) -> dict[str, str]:
    return {role.role: role.pay_schedule or role.role for role in data.roles}
