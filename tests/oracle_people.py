"""The oracle's rules on a person's days: contract, shift, lunch, preparation, contact, travel, sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tests.oracle_plan import Placement, Session, inside, overlap, words, worlds
from tests.oracle_read import Dataset, Person, Span

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
        """From the first start to the last end; am and pm rows may each carry their part or the whole."""
        return min(row.shift[0] for row in self.placements), max(row.shift[1] for row in self.placements)

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
        return self.shift[1] - self.shift[0] - self.person.role.lunch


def person_days(data: Dataset, placements: list[Placement], sessions: list[Session]) -> dict[str, list[PersonDay]]:
    """The days each person works; sessions on a day without a placement are another rule's matter."""
    placed: dict[tuple[str, str], list[Placement]] = defaultdict(list)
    given: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for row in placements:
        placed[row.staff, row.day].append(row)
    for session in sessions:
        for name in session.staff:
            given[name, session.day].append(session)
    return {
        name: [PersonDay(person, day, placed[name, day], given[name, day]) for day in data.cycle if placed[name, day]]
        for name, person in data.people.items()
    }


def find_broken_days(data: Dataset, days: dict[str, list[PersonDay]]) -> Iterator[str]:
    """Every broken rule about people's days."""
    for name, worked in days.items():
        person = data.people[name]
        yield from find_contract(data, person, worked)
        yield from find_sites(person, worked)
        for day in worked:
            yield from find_shift(data, day)
            yield from find_lunch(day)
            for world in worlds(day.sessions):
                yield from find_preparation(day, world)
                yield from find_contact(day, world)
                yield from find_consecutive(day, world)
                yield from find_travel(data, day, world)


def is_employed(data: Dataset, person: Person) -> bool:
    """Hired by the plan date and not gone; the cycle's week is taken as a whole, by its one date."""
    return (person.hire is None or person.hire <= data.plan_date) and (person.leave is None or data.plan_date <= person.leave)


def find_contract(data: Dataset, person: Person, worked: list[PersonDay]) -> Iterator[str]:
    """Obligation exact over the cycle, spread over the days as the role's part_time says."""
    if not is_employed(data, person):
        if worked:
            yield f"{person.staff} is placed but not employed on {data.plan_date}"
        return
    for day in worked:
        if day.day not in person.days:
            yield f"{day} works on a day that is not permitted"
    total = sum(day.worked for day in worked)
    if total != person.obligation:
        yield f"{person.staff} works {total} minutes a cycle, obligation is {person.obligation}"
    if not person.shifts and (person.start is None or person.end is None):
        yield from find_spread(data, person, worked)


def find_spread(data: Dataset, person: Person, worked: list[PersonDay]) -> Iterator[str]:
    """Days: full days and at most one shorter. Hours: the same (to one grid step) on every permitted day."""
    if person.role.part_time == "days":
        short = [day for day in worked if day.worked != person.role.obligation]
        for day in worked:
            if day.worked > person.role.obligation:
                yield f"{day} has a shift of {day.worked} minutes worked, obligation is {person.role.obligation}"
        if len(short) > 1:
            yield f"{person.staff} works shorter shifts than a full day on {', '.join(day.day for day in short)}"
        return
    even = person.obligation / len(person.days)
    margin = Fraction(0) if even.denominator == 1 else Fraction(data.grid)
    if {day.day for day in worked} != person.days:
        yield f"{person.staff} works hours but not on every permitted day"
    for day in worked:
        if abs(day.worked - even) > margin:
            yield f"{day} has a shift of {day.worked} minutes worked, obligation is {even}"


def find_sites(person: Person, worked: list[PersonDay]) -> Iterator[str]:
    """Schools a person may work at, sites a day and a cycle, one placement for a half."""
    for day in worked:
        halves = [row.half for row in day.placements]
        if len(set(halves)) < len(halves) or ("day" in halves and len(halves) > 1):
            yield f"{day} is placed twice"
        if len({row.school for row in day.placements}) > person.role.max_sites_per_day:
            yield f"{day} has more sites a day than {person.role.max_sites_per_day}"
        for row in day.placements:
            if person.schools and row.school not in person.schools:
                yield f"{day} is placed at {row.school}, not one of their schools"
    sites = {row.school for day in worked for row in day.placements}
    if person.role.max_sites is not None and len(sites) > person.role.max_sites:
        yield f"{person.staff} has more sites a cycle than {person.role.max_sites}"


def find_shift(data: Dataset, day: PersonDay) -> Iterator[str]:
    """The shift starts and ends when the staff sheet says: `shifts`, start and end, or the school's open."""
    person, (start, end) = day.person, day.shift
    if day.day in person.shifts:
        if (start, end) != person.shifts[day.day][0]:
            yield f"{day}: shift {words(day.shift)} is not the given {words(person.shifts[day.day][0])}"
        return
    if person.end is not None and end != person.end:
        yield f"{day}: shift {words(day.shift)} does not end at the given time"
    first = min(day.placements, key=lambda row: (row.shift, row.half))
    if person.start is not None and start != person.start:
        yield f"{day}: shift {words(day.shift)} does not start at the given time"
    # Read: exactly when the school opens, also off the grid; rounding inward is for sessions.
    opens = data.schools[first.school].opens.get(day.day)
    if person.start is None and person.end is None and first.half != "pm" and start != opens:
        yield f"{day}: shift {words(day.shift)} does not start when {first.school} opens"


def find_lunch(day: PersonDay) -> Iterator[str]:
    """One lunch of the role's length, in its window and in the shift, free of sessions and duties."""
    role = day.person.role
    if not role.lunch:
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


def find_preparation(day: PersonDay, sessions: list[Session]) -> Iterator[str]:
    """Blocks of at least 20 minutes, free of all else, together the role's minutes (planning duties count)."""
    role = day.person.role
    planning = [session.span for session in sessions if session.service.duty_kind == "planning"]
    planning = [span for span in planning if inside(span, day.shift)]
    for block in day.preparation:
        if block[1] - block[0] < SHORTEST_PREPARATION:
            yield f"{day}: preparation {words(block)} is shorter than {SHORTEST_PREPARATION} minutes"
        if not inside(block, day.shift):
            yield f"{day}: preparation {words(block)} lies outside the shift"
        if any(overlap(block, lunch) for lunch in day.lunches):
            yield f"{day}: preparation {words(block)} is not free of lunch"
        for session in sessions:
            # A block may repeat a planning duty: the duty is preparation, and its minutes count once.
            if overlap(block, session.span) and session.service.duty_kind != "planning":
                yield f"{day}: preparation {words(block)} is not free of {session}"
    for one, other in pairwise(day.preparation):
        if overlap(one, other):
            yield f"{day}: preparation {words(one)} and {words(other)} overlap"
    prepared = {minute for start, end in [*day.preparation, *planning] for minute in range(start, end)}
    if len(prepared) < role.preparation:
        yield f"{day} has {len(prepared)} minutes of preparation, {role.preparation} are due"


def find_contact(day: PersonDay, sessions: list[Session]) -> Iterator[str]:
    """Contact minutes a day."""
    limit = day.person.role.max_contact
    contact = sum(session.end - session.start for session in sessions if session.is_contact and is_giver(day, session))
    if limit is not None and contact > limit:
        yield f"{day} has {contact} contact minutes, at most {limit} are allowed"


def is_giver(day: PersonDay, session: Session) -> bool:
    """Whether the person gives the session, rather than attends it."""
    return day.person.staff in session.deliverers


def find_consecutive(day: PersonDay, sessions: list[Session]) -> Iterator[str]:
    """Clock time of a stretch of contact; only a pause in contact of break_minutes ends it, with or without work."""
    role = day.person.role
    spans = sorted(session.span for session in sessions if session.is_contact)
    first, last = spans[0] if spans else (0, 0)
    for start, end in spans:
        first = start if start - last >= role.pause else first
        last = max(last, end)
        if last - first > role.max_consecutive:
            yield f"{day} has consecutive contact {words((first, last))}, at most {role.max_consecutive} are allowed"


def find_travel(data: Dataset, day: PersonDay, sessions: list[Session]) -> Iterator[str]:
    """Between two schools one unbroken free stretch as long as the way; without a given way they are not combined."""
    items: list[tuple[Span, str]] = [(session.span, session.school) for session in sessions]
    items += [(span, "") for span in [*day.lunches, *day.preparation]]
    here, free, until = "", 0, 0
    for (start, end), school in sorted(items):
        free = max(free, start - until)
        if school:
            way = data.travel.get((here, school)) if here and here != school else 0
            if way is None:
                yield f"{day} goes from {here} to {school}, and nothing says how long the way takes"
            elif free < way:
                yield f"{day} has no {way} minutes to travel from {here} to {school} before {words((start, end))}"
            here, free = school, 0
        until = max(until, end)
