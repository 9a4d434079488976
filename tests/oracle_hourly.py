"""The oracle on hourly staff: when they eat, when they rest, and how classified jobs may be
split.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from tests.oracle_cells import Row, cell, day_of, listed
from tests.oracle_days import PersonDay
from tests.oracle_facts import Dataset
from tests.oracle_plan import Session, words, worlds


def find_meal_period(data: Dataset, day: PersonDay) -> Iterator[str]:
    """Lunch begins 120 to 300 minutes into an hourly shift of more than 300, and no more than 300
    follow it.
    """
    start, end = day.shift
    after = data.rules.number("meal_period", "meal_after", 300, day.scopes)
    if (
        not day.person.role.hourly
        or not data.rules.is_hard("meal_period", day.scopes)
        or end - start <= after
    ):
        return
    first = data.rules.number("meal_period", "meal_from", 120, day.scopes)
    last = data.rules.number("meal_period", "meal_to", 300, day.scopes)
    if not day.lunches or not day.person.role.lunch:
        yield f"{day}: no meal in a shift of {end - start} minutes"
        return
    for lunch in day.lunches:
        if not first <= lunch[0] - start <= last:
            yield (
                f"{day}: the meal begins {lunch[0] - start} minutes into the shift, {first} to "
                f"{last} are allowed"
            )
        if end - lunch[1] > after:
            yield f"{day}: {end - lunch[1]} minutes follow the meal, at most {after} are allowed"


def find_rest_breaks(data: Dataset, day: PersonDay) -> Iterator[str]:
    """Ten paid minutes free for each full 240 of obligation, and no stretch of work above 180."""
    if not day.person.role.hourly or not data.rules.is_hard("rest_breaks", day.scopes):
        return
    rest = data.rules.number("rest_breaks", "rest_minutes", 10, day.scopes)
    per = data.rules.number("rest_breaks", "rest_per", 240, day.scopes)
    most = data.rules.number("rest_breaks", "work_without_rest", 180, day.scopes)
    due = day.worked // per * rest
    for world in worlds(day.sessions):
        free = free_minutes(day, world)
        if free < due:
            yield f"{day} has {free} minutes of rest, {due} are due"
        yield from find_long_work(day, world, rest, most)


def free_minutes(day: PersonDay, sessions: list[Session]) -> int:
    """Minutes of the shift that are neither lunch, session, duty, preparation nor travel."""
    taken = [*day.lunches, *day.preparation, *day.ways, *(session.span for session in sessions)]
    return len(set(range(*day.shift)) - {minute for span in taken for minute in range(*span)})


def find_long_work(day: PersonDay, sessions: list[Session], rest: int, most: int) -> Iterator[str]:
    """Read: preparation, lunch and travel are pauses in work, which is sessions and duties, given
    or attended.
    """
    spans = sorted(session.span for session in sessions)
    first, last = spans[0] if spans else (0, 0)
    for start, end in spans:
        first = start if start - last >= rest else first
        last = max(last, end)
        if last - first > most:
            yield (
                f"{day} works {words((first, last))} without a rest, at most {most} minutes "
                "are allowed"
            )


def find_position_split(data: Dataset) -> Iterator[str]:
    """Positions of one person in classified roles have hours of obligation a day that
    `allowed_hours` lists, in any order.

    Read: the filled positions of the dataset on the plan date; where nothing is listed, all is
    allowed.
    """
    listed_hours = listed(data.rules.text("position_split", "allowed_hours"))
    allowed = [sorted(Fraction(part) for part in split.split("+")) for split in listed_hours]
    hours: dict[str, list[Fraction]] = defaultdict(list)
    for row in data.positions:
        person = data.people.get(cell(row, "staff"))
        starts, ends = day_of(row, "start") or data.plan_date, day_of(row, "end") or data.plan_date
        if person is None or row["status"] != "filled" or not starts <= data.plan_date <= ends:
            continue
        role = data.roles[row["role"]]
        if not role.certificated and data.rules.is_hard("position_split", (f"role:{role.role}",)):
            hours[person.staff].append(hours_of(row, role.obligation))
    for staff, parts in hours.items():
        if len(parts) > 1 and allowed and sorted(parts) not in allowed:
            yield (
                f"{staff} has positions of "
                f"{' + '.join(f'{float(part):g}' for part in sorted(parts))} hours"
            )


def hours_of(row: Row, obligation: int) -> Fraction:
    """Hours a day of a position."""
    if cell(row, "week_minutes"):
        return Fraction(row["week_minutes"]) / 5 / 60
    return Fraction(cell(row, "fte", "1")) * obligation / 60
