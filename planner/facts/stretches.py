"""The stretches of a position's year: who holds it, is on leave from it or fills it, on which
terms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from planner.facts.assignments import HOLDS, LEAVE, SUBSTITUTE, Assignment
from planner.facts.cell_formats import Share
from planner.facts.district import District
from planner.facts.full_time import share_of_full_time
from planner.facts.funds import Position
from planner.facts.roles import Role
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Staff

DAY = timedelta(days=1)


class HoldKind:
    """What the three kinds of rows of the sheet `assignments` mean."""

    kind: str

    @property
    def seated(self) -> bool:
        """Whether the person has the seat: also on leave, and not as a substitute."""
        return self.kind != SUBSTITUTE

    @property
    def at_work(self) -> bool:
        """Whether the person works."""
        return self.kind != LEAVE


@dataclass(frozen=True)
class Stretch(HoldKind):
    """Dates of the school year on which one person holds a position on the same terms, is on leave
    from it, or fills it for somebody.

    `rows` say the terms, what the first says before what the others say. Where nothing is said they
    are the position's own; of lane and step the person's, unless the position is held by its own
    columns (`own`).
    """

    position: str
    staff: str
    kind: str
    paid: bool
    first: date
    last: date
    rows: tuple[Assignment, ...] = ()
    own: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether a date lies within."""
        return self.first <= day <= self.last

    def fte(self, role: Role) -> Fraction | None:
        """The share of full time; None where the rows leave it to the position."""
        shares = (share_of_full_time(row, role) for row in self.rows)
        return next((share for share in shares if share is not None), None)

    @property
    def funding(self) -> tuple[Share, ...]:
        """Who pays; nothing where the rows leave it to the position."""
        return next((row.funding for row in self.rows if row.funding), ())

    @property
    def lane(self) -> str:
        """The lane that the rows say."""
        return next((row.lane for row in self.rows if row.lane), "")

    @property
    def step(self) -> str:
        """The step that the rows say."""
        return next((row.step for row in self.rows if row.step), "")


def life_of(
    row: Position | None, district: District, person: Staff | None = None
) -> tuple[date, date]:
    """A position's first and last day in the school year: its own, else those of its holder's
    employment.
    """
    start = (row and row.start) or (person and person.hire_date) or district.year_start
    end = (row and row.end) or (person and person.end_date) or district.year_end
    return max(start, district.year_start), min(end, district.year_end)


def stretches_of(data: Dataset) -> Mapping[str, tuple[Stretch, ...]]:
    """The stretches of each position that the sheet `assignments` names, in order of time.

    Without a row that holds, whoever its own columns name holds it: a leave and a substitute can
    then be written alone. Leave takes the place of what the same person holds on its dates.
    """
    rows: dict[str, list[Assignment]] = {}
    for assignment in data.assignments:
        rows.setdefault(assignment.position, []).append(assignment)
    people = {person.staff: person for person in data.staff} if rows else {}
    return {
        row.position: tuple(
            sorted(
                _stretches(row, rows[row.position], people, data.district),
                key=lambda stretch: (stretch.first, stretch.kind, stretch.last),
            )
        )
        for row in data.positions
        if row.position in rows
    }


def _stretches(
    row: Position, rows: Sequence[Assignment], people: Mapping[str, Staff], district: District
) -> Iterator[Stretch]:
    def as_said(said: Assignment) -> Stretch:
        person = people.get(said.staff)
        start, end = life_of(row, district, person)
        # Nobody holds anything on days on which they are not employed.
        hired, left = (person.hire_date, person.end_date) if person else (None, None)
        first = max(filter(None, (said.from_ or start, hired, district.year_start)))
        last = min(filter(None, (said.to or end, left, district.year_end)))
        return Stretch(row.position, said.staff, said.kind, said.paid, first, last, (said,))

    said = [as_said(each) for each in rows]
    held = [one for one in said if one.kind == HOLDS]
    if not held and row.staff:
        first, last = life_of(row, district, people.get(row.staff))
        held = [Stretch(row.position, row.staff, HOLDS, True, first, last, own=True)]
    leaves = [one for one in said if one.kind == LEAVE]
    for one in held:
        mine = [leave for leave in leaves if leave.staff == one.staff]
        yield from _left_of(one, mine)
    for leave in leaves:
        mine = [one for one in held if one.staff == leave.staff]
        for one in mine:
            first, last = max(leave.first, one.first), min(leave.last, one.last)
            if first <= last:
                terms = (*leave.rows, *one.rows)
                yield replace(leave, first=first, last=last, rows=terms, own=one.own)
        yield from _left_of(leave, mine)
    yield from (one for one in said if one.kind == SUBSTITUTE and one.first <= one.last)


def _left_of(stretch: Stretch, others: Iterable[Stretch]) -> Iterator[Stretch]:
    """The parts of a stretch on which none of the others lies."""
    first = stretch.first
    for other in sorted(others, key=lambda other: other.first):
        if first <= other.last and other.first <= stretch.last:
            if first < other.first:
                yield replace(stretch, first=first, last=other.first - DAY)
            first = other.last + DAY
    if first <= stretch.last:
        yield replace(stretch, first=first)


def on_day(row: Position, stretches: tuple[Stretch, ...] | None, day: date) -> tuple[Stretch, ...]:
    """Who holds or fills a position on a day: by the sheet `assignments`, or by its own columns
    where that does not speak of it (None).
    """
    if stretches is not None:
        return tuple(stretch for stretch in stretches if stretch.holds_on(day))
    if row.staff and row.is_in_force(day):
        return (Stretch(row.position, row.staff, HOLDS, True, day, day, own=True),)
    return ()


def lead(stretches: tuple[Stretch, ...], day: date) -> str:
    """Whose name a position goes by on a day: of who holds it then, first who works, then who is on
    leave, then who fills it; else of who holds it next, or held it last. Blank where nobody does.
    """
    now = [stretch for stretch in stretches if stretch.holds_on(day)]
    if now:
        return min(now, key=lambda one: (not one.seated, not one.at_work)).staff
    later = tuple(stretch for stretch in stretches if stretch.first > day)
    return (later or stretches[-1:])[0].staff if stretches else ""
