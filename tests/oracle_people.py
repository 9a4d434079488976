"""The oracle's rules on where and when a person works: contract, shift, sites, the ways between
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from tests.oracle_cells import Span, shown
from tests.oracle_days import PersonDay, find_in_day, is_giver
from tests.oracle_facts import Dataset, Person
from tests.oracle_hourly import find_meal_period, find_rest_breaks
from tests.oracle_plan import Placement, Session, overlap, words, worlds


def find_broken_days(data: Dataset, days: dict[str, list[PersonDay]]) -> Iterator[str]:
    """Every broken rule about people's days."""
    for name, worked in days.items():
        person = data.people[name]
        yield from find_contract(data, person, worked)
        yield from find_sites(data, person, worked)
        yield from find_contact_week(data, person, worked)
        for day in worked:
            yield from find_shift(data, day)
            yield from find_halves(data, day)
            yield from find_ways(day)
            yield from find_in_day(data, day)
            yield from find_meal_period(data, day)
            yield from find_rest_breaks(data, day)
            for world in worlds(day.sessions):
                yield from find_travel(data, day, world)


def find_contract(data: Dataset, person: Person, worked: list[PersonDay]) -> Iterator[str]:
    """Obligation exact over the cycle, spread over the days as the role's part_time says."""
    if not person.is_employed_on(data.plan_date):
        if worked:
            yield f"{person.staff} is placed but not employed on {data.plan_date}"
        return
    for day in worked:
        if day.day not in person.days:
            yield f"{day} works on a day that is not permitted"
    if len(worked) > person.most_days:
        yield f"{person.staff} comes on {len(worked)} days, at most {person.most_days} are allowed"
    total = sum(day.worked for day in worked)
    if total != person.obligation:
        yield f"{person.staff} works {total} minutes a cycle, obligation is {person.obligation}"
    if not person.shifts and (person.start is None or person.end is None):
        yield from find_spread(data, person, worked)


def find_spread(data: Dataset, person: Person, worked: list[PersonDay]) -> Iterator[str]:
    """Days: full days and at most one shorter. Hours: the same (to one grid step) on every
    permitted day, or on as many as somebody may come.

    Read: full days that are more than somebody may come are spread as hours are.
    """
    full_days = -(-person.obligation // person.role.obligation)
    if person.role.part_time == "days" and full_days <= person.most_days:
        short = [day for day in worked if day.worked != person.role.obligation]
        for day in worked:
            if day.worked > person.role.obligation:
                yield (
                    f"{day} has a shift of {day.worked} minutes worked, obligation is "
                    f"{person.role.obligation}"
                )
        if len(short) > 1:
            yield (
                f"{person.staff} works shorter shifts than a full day on "
                f"{', '.join(day.day for day in short)}"
            )
        return
    even = person.obligation / person.most_days
    margin = Fraction(0) if even.denominator == 1 else Fraction(data.grid)
    if len(worked) != person.most_days:
        yield f"{person.staff} works hours but not on every permitted day"
    for day in worked:
        if abs(day.worked - even) > margin:
            yield f"{day} has a shift of {day.worked} minutes worked, obligation is {even}"


def find_sites(data: Dataset, person: Person, worked: list[PersonDay]) -> Iterator[str]:
    """Schools a person may work at, sites a day and a cycle.

    Read: who may work where stands whatever `sites` says; only places of kind school are sites.
    """
    for day in worked:
        for row in day.placements:
            if person.schools and row.school not in person.schools:
                yield f"{day} is placed at {row.school}, not one of their schools"
        most = data.rules.number(
            "sites", "max_sites_per_day", person.role.max_sites_per_day, day.scopes
        )
        if len(schools_among(data, day.placements)) > most and data.rules.is_hard(
            "sites", day.scopes
        ):
            yield f"{day} has more sites a day than {most}"
    sites = schools_among(data, (row for day in worked for row in day.placements))
    limit = person.role.max_sites
    if limit is not None and len(sites) > limit and data.rules.is_hard("sites", person.scopes):
        yield f"{person.staff} has more sites a cycle than {limit}"


def find_contact_week(data: Dataset, person: Person, worked: list[PersonDay]) -> Iterator[str]:
    """Minutes of groups in each week of the cycle.

    Read: weeks are those of the calendar where the cycle goes with them (its days are named by
    weekdays, or come in fives); another cycle is cut evenly into the weeks that it is nearest to.
    Read: a group with dates counts as any other.
    """
    scopes = person.scopes
    limit = data.rules.figure(
        "contact_week", "max_contact_week", person.role.max_contact_week, scopes
    )
    if limit is None or not data.rules.is_hard("contact_week", scopes):
        return
    week_of = week_numbers(data.cycle)
    for number in sorted(set(week_of.values())):
        minutes = sum(
            session.end - session.start
            for day in worked
            if week_of[day.day] == number
            for session in day.sessions
            if session.is_contact and is_giver(day, session)
        )
        if minutes > limit:
            yield f"{person.staff} has {minutes} contact minutes a week, at most {limit} are allowed"


def week_numbers(cycle: tuple[str, ...]) -> dict[str, int]:
    """The number of each day's week."""
    weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    begins = [name[:3].lower() for name in cycle]
    if all(name in weekdays for name in begins):
        return {name: begins[:place].count(begins[place]) for place, name in enumerate(cycle)}
    weeks = max(1, round(len(cycle) / 5))
    cuts = [len(cycle) * week // weeks for week in range(1, weeks + 1)]
    return {name: sum(cut <= place for cut in cuts) for place, name in enumerate(cycle)}


def schools_among(data: Dataset, rows: Iterable[Placement]) -> set[str]:
    """The places of some placements that are schools."""
    return {row.school for row in rows if not data.schools[row.school].off_site}


def find_halves(data: Dataset, day: PersonDay) -> Iterator[str]:
    """One placement is the whole day; several follow each other, the way in the beginning of the
    later one.

    Read: of several the first is am and the last pm; one between is either.
    """
    rows = day.placements
    halves = [row.half for row in rows]
    if len(rows) > 1 and ((halves[0], halves[-1]) != ("am", "pm") or "day" in halves):
        yield f"{day} is placed twice, as {' '.join(halves)}"
    for before, row in pairwise(rows):
        if before.school == row.school:
            yield f"{day} is placed twice at {row.school}"
        if before.shift[1] != row.shift[0]:
            yield (
                f"{day} ends at {before.school} {shown(before.shift[1])} and begins at "
                f"{row.school} {shown(row.shift[0])}"
            )
        if row.way is None:
            yield (
                f"{day} goes from {before.school} to {row.school}, and nothing says how long "
                "the way takes"
            )
        elif row.on_site[0] > row.shift[1]:
            yield (
                f"{day}: the way from {before.school} to {row.school} ends after the work at "
                f"{row.school}"
            )


def find_ways(day: PersonDay) -> Iterator[str]:
    """The way between two placements is free of sessions, duties, lunch and preparation."""
    for way in day.ways:
        busy = [(span, "lunch") for span in day.lunches] + [
            (span, "preparation") for span in day.preparation
        ]
        for span, what in [*busy, *((session.span, str(session)) for session in day.sessions)]:
            if overlap(way, span):
                yield f"{day}: the way {words(way)} is not free of {what}"


def find_shift(data: Dataset, day: PersonDay) -> Iterator[str]:
    """The shift starts and ends when the staff sheet says: `shifts`, start and end, or the school's
    open.
    """
    person, (start, end) = day.person, day.shift
    if day.day in person.shifts:
        if (start, end) != person.shifts[day.day][0]:
            yield (
                f"{day}: shift {words(day.shift)} is not the given "
                f"{words(person.shifts[day.day][0])}"
            )
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


def find_travel(data: Dataset, day: PersonDay, sessions: list[Session]) -> Iterator[str]:
    """Between two schools one unbroken free stretch as long as the way; without a given way they
    are not combined.
    """
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
                yield (
                    f"{day} has no {way} minutes to travel from {here} to {school} before "
                    f"{words((start, end))}"
                )
            here, free = school, 0
        until = max(until, end)
