"""The oracle on real dates: sessions on named dates, minimum days, days worked against the
contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

from tests.oracle_calendar import Period
from tests.oracle_days import PersonDay
from tests.oracle_facts import Dataset, Person, Service
from tests.oracle_plan import Attendance, Session


def find_dates(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """The named dates of services that are owed a quarter, a month or a year."""
    given: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions:
        if not session.service.per:
            if session.dates:
                yield f"{session} names dates, and is due every cycle"
            continue
        given[session.service.kind, session.service.service].append(session)
        if not session.dates:
            yield f"{session} names no dates"
        for when in sorted(session.dates):
            reason = hindrance(data, session, when)
            if reason:
                yield f"{session} cannot be given on {when}: {reason}"
    for mine in given.values():
        yield from find_owed_dates(data, mine)


def hindrance(data: Dataset, session: Session, when: date) -> str:
    """Why a session cannot be given on a date; blank where it can.

    Read: of its people those who are planned must be employed then.
    """
    calendar, service = data.calendar, session.service
    if not calendar.first <= when <= calendar.last or calendar.cycle_day(when) != session.day:
        return f"it is no {session.day} of the year"
    if not calendar.has_students(when, session.school):
        return "there are no students"
    closes = calendar.closes(when, session.school)
    if closes is not None and session.end > closes:
        return "it ends after the early close"
    if not is_within(service, when):
        return "outside the dates of the service"
    gone = [
        n
        for n in session.deliverers
        if n in data.people and not data.people[n].is_employed_on(when)
    ]
    return f"{gone[0]} is not employed" if gone else ""


def is_within(service: Service, when: date) -> bool:
    """Whether a date lies in the service's from and to."""
    return (service.first is None or service.first <= when) and (
        service.last is None or when <= service.last
    )


def find_owed_dates(data: Dataset, mine: list[Session]) -> Iterator[str]:
    """In each period exactly as many dates as are owed, or as there are, if fewer."""
    service = mine[0].service
    for period in data.calendar.periods(service.per):
        named = sum(
            period.first <= when <= period.last for session in mine for when in session.dates
        )
        possible = sum(
            not hindrance(data, session, when)
            for session in mine
            for when in data.calendar.dates.get(session.day, [])
            if period.first <= when <= period.last
        )
        due = min(owed_in(data, service, period), possible)
        if named != due:
            yield (
                f"{service.kind} {service.service} has {named} dates from {period.first} to "
                f"{period.last}, {due} are due"
            )


def owed_in(data: Dataset, service: Service, period: Period) -> int:
    """Sessions owed in a period: less by its share of school days where the year or from and to
    clip it.
    """
    first = max(period.first, service.first or period.first)
    last = min(period.last, service.last or period.last)
    if (first, last) == period.full:
        return service.count
    full = data.calendar.school_days(*period.full, service.school)
    return (
        int(service.count * Fraction(data.calendar.school_days(first, last, service.school), full))
        if full
        else 0
    )


def find_minimum_days(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Sessions of groups that would end after the early close of a minimum day. Read: only while
    the service runs.
    """
    for session in sessions:
        if (
            session.service.kind != "group"
            or not data.rules.is_hard("minimum_days", session.scopes)
            or session.dates
        ):
            continue
        late = []
        for when in data.calendar.dates.get(session.day, []):
            closes = (
                data.calendar.closes(when, session.school)
                if data.calendar.kind(when, session.school) == "minimum_day"
                else None
            )
            if closes is not None and session.end > closes and is_within(session.service, when):
                late.append(when)
        if late:
            yield f"{session} ends after the early close on {len(late)} dates, first on {late[0]}"


# -- contract days


def find_contract_days(
    data: Dataset, days: dict[str, list[PersonDay]], attended: list[Attendance]
) -> Iterator[str]:
    """Dates worked above the contract's, where another choice of days would have fewer above it.

    Read: a choice is as many permitted days as are worked; a day that is not worked now would be at
    the school where it has most dates; `shifts` bind a choice to the contract's minutes. Dates of a
    year count at the first school.
    """
    if not data.calendar.entries:
        return
    for name, worked in days.items():
        person = data.people[name]
        if not worked or not data.rules.is_hard("contract_days", person.scopes):
            continue
        extra = {row.day for row in attended if row.staff == name}
        dates = {
            day.day: frozenset(dates_worked(data, person, day.day, day.placements[0].school))
            for day in worked
        }
        total = len(extra.union(*dates.values()))
        limit = contract_limit(data, person, worked[0].placements[0].school)
        best = min(len(extra.union(*choice)) for choice in choices(data, person, dates))
        if total > max(limit, best):
            yield (
                f"{name} works {total} dates, the contract has {limit} and the best choice of "
                f"days {best}"
            )


def dates_worked(data: Dataset, person: Person, cycle_day: str, school: str) -> list[date]:
    """The dates of a cycle day on which a person's role works at a school."""
    return [
        when
        for when in data.calendar.dates.get(cycle_day, [])
        if is_worked(data, person, when, school)
    ]


def is_worked(data: Dataset, person: Person, when: date, school: str) -> bool:
    """Whether the role works on such a date, and the person is employed on it. Read: a minimum day
    is a student day.
    """
    kind = data.calendar.kind(when, school)
    works_on = person.role.works_on
    return person.is_employed_on(when) and (
        kind in works_on or (kind == "minimum_day" and "student_day" in works_on)
    )


def choices(
    data: Dataset, person: Person, dates: dict[str, frozenset[date]]
) -> Iterable[list[frozenset[date]]]:
    """The ways to choose as many permitted days on which a school is open, as the dates of each."""
    known = dict(dates)
    for day in person.days - dates.keys():
        places = [
            school
            for school in sorted(person.schools or data.schools)
            if day in data.schools[school].opens
        ]
        if places:
            known[day] = max(
                (frozenset(dates_worked(data, person, day, school)) for school in places), key=len
            )
    lengths = {
        day: (shift := spans[0][1] - spans[0][0]) - person.role.lunch_in(shift)
        for day, spans in person.shifts.items()
    }
    for chosen in combinations(sorted(known), len(dates)):
        if (
            not person.shifts
            or sum(lengths.get(day, 0) for day in chosen) == person.obligation
            or set(chosen) == dates.keys()
        ):
            yield [known[day] for day in chosen]


def contract_limit(data: Dataset, person: Person, school: str) -> int:
    """The contract's days, by the share of the year's dates in employment, and of a full week where
    days are fewer.
    """
    everyone = [when for day in data.cycle for when in data.calendar.dates.get(day, [])]
    available = [when for when in everyone if is_worked(data, whole_year(person), when, school)]
    mine = [when for when in available if person.is_employed_on(when)]
    limit = Fraction(person.role.contract_days)
    if person.role.part_time == "days":
        limit *= person.fte
    if available and len(mine) < len(available):
        limit *= Fraction(len(mine), len(available))
    return int(limit + Fraction(1, 2))


def whole_year(person: Person) -> Person:
    """The same person without dates of hire and leave."""
    return replace(person, hire=None, leave=None)
