"""Who still holds a position in the next year, by the sheet `assignments`."""

from collections.abc import Iterable, Sequence
from datetime import date

from planner.facts.assignments import HOLDS, Assignment
from planner.facts.funds import Position
from planner.facts.sheets import Dataset
from planner.rollover.notes import DROPPED, LOOK, Note
from planner.rollover.steps import next_step, schedules_of, steps_of
from planner.rollover.year import Years
from planner.words.wording import listed


class Assigned:
    """The rows of the sheet that go on into the next year, with what was done to them: `kept` and
    `notes`.

    A row goes on whose last day is not before the year begins, of somebody who stays, at a position
    that does. Its first day, where it is over, is left out.
    """

    def __init__(
        self, data: Dataset, years: Years, people: Iterable[str], funds: frozenset[str]
    ) -> None:
        self._data, self._years, self._funds = data, years, funds
        stays = frozenset(people)
        self._ends = {person.staff: person.end_date for person in data.staff}
        self._rows = [
            (number, row, not self._is_over(row) and row.staff in stays)
            for number, row in enumerate(data.assignments, start=2)
        ]

    def holders(self, position: Position) -> frozenset[str]:
        """Who goes on holding a position by a row; where its own row names nobody, also who is on
        leave from it or fills it.
        """
        return frozenset(row.staff for row, goes_on in self._of(position) if goes_on)

    def ended(self, position: Position) -> date | None:
        """When the last of those ended who held a position by a row; None where one goes on, or
        none was there.
        """
        rows = [row for row, _ in self._of(position)]
        if not rows or self.holders(position):
            return None
        last = self._years.old.year_end
        return max(min(row.to or last, self._ends.get(row.staff) or last) for row in rows)

    def _of(self, position: Position) -> Iterable[tuple[Assignment, bool]]:
        """The rows by which a position is held, each with whether it goes on."""
        return (
            (row, goes_on)
            for _, row, goes_on in self._rows
            if row.position == position.position and (row.kind == HOLDS or not position.staff)
        )

    def leave_out(self, position: str) -> None:
        """Keep no row of a position that nobody holds any longer."""
        self._rows = [
            (number, row, goes_on and row.position != position)
            for number, row, goes_on in self._rows
        ]

    @property
    def kept(self) -> Sequence[Assignment]:
        """The rows of the next year."""
        return [row for row, _ in self._next()]

    @property
    def notes(self) -> Sequence[Note]:
        """What became of the rows."""
        gone = [
            Note(DROPPED, "assignments", number, _called(row), "is over before the year begins.")
            for number, row, goes_on in self._rows
            if not goes_on
        ]
        return [*gone, *(note for _, notes in self._next() for note in notes)]

    def _is_over(self, row: Assignment) -> bool:
        position = next((one for one in self._data.positions if one.position == row.position), None)
        last = row.to or (position.end if position else None)
        return last is not None and last < self._years.new.year_start

    def _next(self) -> Iterable[tuple[Assignment, list[Note]]]:
        """Each row that goes on as it is in the next year, with what was done to it."""
        steps, schedules = steps_of(self._data), schedules_of(self._data)
        roles = {position.position: position.role for position in self._data.positions}
        lanes = {person.staff: person.lane for person in self._data.staff}
        found: list[tuple[Assignment, list[Note]]] = []
        for row in (row for _, row, goes_on in self._rows if goes_on):
            place, notes = len(found) + 2, list[Note]()
            schedule, lane = schedules[roles[row.position]], row.lane or lanes[row.staff]
            step = next_step(
                notes, "assignments", place, _called(row), steps, schedule, lane, row.step
            )
            changes: dict[str, object] = {"step": step}
            if row.from_ and row.from_ <= self._years.new.year_start:
                changes["from_"] = None
            lost = sorted({share.fund for share in row.funding} - self._funds)
            if lost:
                changes["funding"] = ()
                words = f"was paid by {listed(lost)}, which is over: say who pays it."
                notes.append(Note(LOOK, "assignments", place, _called(row), words))
            if row.kind != HOLDS:
                words = "goes on into the next year: is that so?"
                notes.append(Note(LOOK, "assignments", place, _called(row), words))
            found.append((row.model_copy(update=changes), notes))
        return found


def _called(row: Assignment) -> str:
    return f"{row.position} {row.staff}"
