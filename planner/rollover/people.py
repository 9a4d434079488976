"""Who leaves, whose position is vacant then, and who moves up a step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from planner.facts.assignments import Assignment
from planner.facts.funds import Position
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Staff
from planner.rollover.assigned import Assigned
from planner.rollover.notes import CHANGED, DROPPED, LOOK, Note
from planner.rollover.steps import next_step, schedules_of, steps_of
from planner.rollover.year import Years, credentials
from planner.words.wording import listed


@dataclass
class People:
    """Staff, positions and who holds them in the next year, with what was done to them."""

    staff: list[Staff] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
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
    rows = Assigned(data, years, found.ids, frozenset(funds))
    _positions(data, years, found, leaving, frozenset(funds), rows)
    found.assignments += rows.kept
    found.notes += rows.notes
    found.notes += credentials(found.staff, years)
    return found


def _staff(data: Dataset, years: Years, found: People) -> None:
    steps = steps_of(data)
    schedules = schedules_of(data)
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
        step = next_step(
            found.notes, "staff", place, row.staff, steps, schedules[row.role], row.lane, row.step
        )
        found.staff.append(row.model_copy(update={"supervisor": supervisor, "step": step}))
        if supervisor != row.supervisor:
            words = f"{row.supervisor}, who supervised them, has left: name somebody else."
            found.notes.append(Note(LOOK, "staff", place, row.staff, words))
        if row.end_date:
            words = f"leaves on {row.end_date.isoformat()}, within the year."
            found.notes.append(Note(LOOK, "staff", place, row.staff, words))


def _positions(
    data: Dataset,
    years: Years,
    found: People,
    leaving: Mapping[str, Staff],
    funds: frozenset[str],
    rows: Assigned,
) -> None:
    steps, schedules = steps_of(data), schedules_of(data)
    for number, row in enumerate(data.positions, start=2):
        if row.end and row.end < years.new.year_start:
            words = f"ends on {row.end.isoformat()}, before the year begins."
            found.notes.append(Note(DROPPED, "positions", number, row.position, words))
            continue
        place = len(found.positions) + 2
        changes: dict[str, object] = {}
        held, ended = rows.holders(row), rows.ended(row)
        own = row.staff in leaving and not held
        if row.status == "filled" and (own or ended):
            last = ended or leaving[row.staff].end_date
            since = last + timedelta(days=1) if last else years.new.year_start
            changes = {"status": "vacant", "staff": "", "vacant_since": since}
            who = "whoever held it" if ended else row.staff
            words = f"vacant since {since.isoformat()}: {who} has left"
            rows.leave_out(row.position)
            found.notes.append(Note(CHANGED, "positions", place, row.position, words))
        elif row.status == "filled":
            changes["step"] = next_step(
                found.notes,
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
        if held and row.staff not in held:
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
