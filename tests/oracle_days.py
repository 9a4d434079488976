"""A person's day, and the oracle on what lies in it: lunch, preparation, contact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tests.oracle_cells import Span
from tests.oracle_facts import Dataset, Person
from tests.oracle_plan import Placement, Session, inside, overlap, words, worlds

SHORTEST_PREPARATION = 20


@dataclass(frozen=True)
class PersonDay:
    """A person's day: its placements and everything given or attended in it."""

    person: Person
    day: str
    placements: list[Placement]
    sessions: list[Session]

    def __str__(self) -> str:
        """Words for a sentence."""
        return f"{self.person.staff} on {self.day}"

    @property
    def shift(self) -> Span:
        """From the first start to the last end."""
        return min(row.shift[0] for row in self.placements), max(
            row.shift[1] for row in self.placements
        )

    @property
    def scopes(self) -> tuple[str, ...]:
        """What narrows a rule to this day: the role, and each school of the day."""
        return (*self.person.scopes, *(f"school:{row.school}" for row in self.placements))

    @property
    def ways(self) -> list[Span]:
        """The ways between the day's placements, at the beginning of the later one."""
        return [(row.shift[0], row.shift[0] + row.way) for row in self.placements if row.way]

    @property
    def lunches(self) -> list[Span]:
        """The lunches told (am and pm rows may repeat the same one)."""
        return sorted({row.lunch for row in self.placements if row.lunch})

    @property
    def preparation(self) -> list[Span]:
        """The preparation blocks told (am and pm rows may repeat the same ones)."""
        return sorted({block for row in self.placements for block in row.preparation})

    @property
    def worked(self) -> int:
        """Shift without its unpaid lunch."""
        return self.shift[1] - self.shift[0] - self.lunch_due

    @property
    def lunch_due(self) -> int:
        """Minutes of lunch that the day has."""
        return self.person.role.lunch_in(self.shift[1] - self.shift[0])


def person_days(
    data: Dataset, placements: list[Placement], sessions: list[Session]
) -> dict[str, list[PersonDay]]:
    """The days each person works; sessions on a day without a placement are another rule's
    matter.
    """
    placed: dict[tuple[str, str], list[Placement]] = defaultdict(list)
    given: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for row in placements:
        placed[row.staff, row.day].append(row)
    for session in sessions:
        for name in session.staff:
            given[name, session.day].append(session)
    return {
        name: [
            PersonDay(person, day, placed[name, day], given[name, day])
            for day in data.cycle
            if placed[name, day]
        ]
        for name, person in data.people.items()
    }


def find_in_day(data: Dataset, day: PersonDay) -> Iterator[str]:
    """Every broken rule about lunch, preparation and contact, with the figures that hold at the
    day's schools.
    """
    role, rules = day.person.role, data.rules
    prepared = rules.number("preparation", "prep_minutes", role.preparation, day.scopes)
    most = rules.figure("contact_minutes", "max_contact_minutes", role.max_contact, day.scopes)
    longest = rules.number(
        "consecutive_contact", "max_consecutive_minutes", role.max_consecutive, day.scopes
    )
    pause = rules.number("consecutive_contact", "break_minutes", role.pause, day.scopes)
    if data.rules.is_hard("duty_free_lunch", day.scopes):
        yield from find_lunch(day)
    for world in worlds(day.sessions):
        if data.rules.is_hard("preparation", day.scopes):
            yield from find_preparation(day, world, prepared)
        if data.rules.is_hard("contact_minutes", day.scopes):
            yield from find_contact(day, world, most)
        if data.rules.is_hard("consecutive_contact", day.scopes):
            yield from find_consecutive(day, world, longest, pause)


def find_lunch(day: PersonDay) -> Iterator[str]:
    """One lunch of the role's length, in its window and in the shift, free of sessions and
    duties.
    """
    role = day.person.role
    if not role.lunch:
        return
    if not day.lunch_due:
        if day.lunches:
            yield f"{day} is too short for a lunch and has one"
        return
    if len(day.lunches) != 1:
        yield f"{day} has {len(day.lunches)} lunches"
    for lunch in day.lunches:
        if lunch[1] - lunch[0] != role.lunch:
            yield f"{day}: lunch {words(lunch)} is not {role.lunch} minutes long"
        if not inside(lunch, (role.lunch_from, role.lunch_to)):
            yield f"{day}: lunch {words(lunch)} lies outside its window"
        if not inside(lunch, day.shift):
            yield f"{day}: lunch {words(lunch)} lies outside the shift"
        for session in day.sessions:
            if overlap(lunch, session.span):
                yield f"{day}: lunch {words(lunch)} is not free of {session}"


def find_preparation(day: PersonDay, sessions: list[Session], due: int) -> Iterator[str]:
    """Blocks of at least 20 minutes, free of all else, together the role's minutes (planning duties
    count).

    Read: a planning duty with dates counts on its dates only.
    """
    planning = [session.span for session in sessions if session.service.duty_kind == "planning"]
    planning = [span for span in planning if inside(span, day.shift)]
    for block in day.preparation:
        if block[1] - block[0] < SHORTEST_PREPARATION:
            yield (
                f"{day}: preparation {words(block)} is shorter than {SHORTEST_PREPARATION} minutes"
            )
        if not inside(block, day.shift):
            yield f"{day}: preparation {words(block)} lies outside the shift"
        if any(overlap(block, lunch) for lunch in day.lunches):
            yield f"{day}: preparation {words(block)} is not free of lunch"
        for session in sessions:
            # A block may repeat a planning duty: the duty is preparation, and its minutes count
            # once.
            if overlap(block, session.span) and session.service.duty_kind != "planning":
                yield f"{day}: preparation {words(block)} is not free of {session}"
    for one, other in pairwise(day.preparation):
        if overlap(one, other):
            yield f"{day}: preparation {words(one)} and {words(other)} overlap"
    prepared = {
        minute for start, end in [*day.preparation, *planning] for minute in range(start, end)
    }
    if len(prepared) < due:
        yield f"{day} has {len(prepared)} minutes of preparation, {due} are due"


def find_contact(day: PersonDay, sessions: list[Session], limit: int | None) -> Iterator[str]:
    """Contact minutes a day."""
    contact = sum(
        session.end - session.start
        for session in sessions
        if session.is_contact and is_giver(day, session)
    )
    if limit is not None and contact > limit:
        yield f"{day} has {contact} contact minutes, at most {limit} are allowed"


def is_giver(day: PersonDay, session: Session) -> bool:
    """Whether the person gives the session, rather than attends it."""
    return day.person.staff in session.deliverers


def find_consecutive(
    day: PersonDay, sessions: list[Session], most: int, pause: int
) -> Iterator[str]:
    """Clock time of a stretch of contact; only a pause in contact of break_minutes ends it, with or
    without work.
    """
    spans = sorted(session.span for session in sessions if session.is_contact)
    first, last = spans[0] if spans else (0, 0)
    for start, end in spans:
        first = start if start - last >= pause else first
        last = max(last, end)
        if last - first > most:
            yield (
                f"{day} has consecutive contact {words((first, last))}, at most {most} are allowed"
            )
