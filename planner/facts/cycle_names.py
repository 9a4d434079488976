"""Which day of the cycle a date is: by the weeks of the calendar, or by counting school days."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise

from planner.facts.cell_type import WEEKDAYS

WEEK, SCHOOL_DAYS = "week", "school_days"
WEEK_LENGTH = 5
_SHORT = tuple(name.casefold() for name in WEEKDAYS)
_LETTERS = 3


def is_of_weekdays(cycle: Iterable[str]) -> bool:
    """Whether every name begins with a weekday's: `Mon`, `MonA`, `Monday`."""
    return all(name[:_LETTERS].casefold() in _SHORT for name in cycle)


def rotation_of(cycle: Iterable[str], rotation: str | None) -> str:
    """How a cycle goes on: as the district says, else with the weeks where its names are those of
    weekdays, and from one school day to the next where they are not (`D1`).
    """
    return rotation or (WEEK if is_of_weekdays(cycle) else SCHOOL_DAYS)


def fits_weeks(cycle: tuple[str, ...]) -> bool:
    """Whether a cycle can go with the weeks: its names say their weekday, or are five a week."""
    return is_of_weekdays(cycle) or len(cycle) % WEEK_LENGTH == 0


def names_by_week(
    cycle: tuple[str, ...],
    weekdays: Iterable[date],
    first_monday: date,
    given: Mapping[date, str],
) -> dict[date, str]:
    """The names of dates in a cycle of whole weeks, which take turns from `first_monday` on; no
    holiday shifts them. A date that is `given` the name of its own weekday in another week of the
    cycle shifts the weeks from then on; one that is given another weekday's name is that day, and
    changes no other.
    """
    places = _places(cycle)
    week_of = {(name, weekday): week for (week, weekday), name in places.items()}
    weeks = max((week for week, _ in places), default=0) + 1
    shift = 0
    names: dict[date, str] = {}
    for day in weekdays:
        number = (day - first_monday).days // 7
        own = (given.get(day, ""), day.weekday())
        if own in week_of:
            shift = week_of[own] - number
        name = given.get(day) or places.get(((number + shift) % weeks, day.weekday()))
        if name:
            names[day] = name
    return names


def weeks_of(cycle: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The days of a cycle by its weeks, both in order. One that does not go with the weeks (six
    days) is as many as it is nearest to, of days that follow each other.
    """
    if fits_weeks(cycle):
        found: dict[int, list[str]] = {}
        for (week, _), name in sorted(_places(cycle).items()):
            found.setdefault(week, []).append(name)
        return tuple(tuple(names) for _, names in sorted(found.items()))
    many = max(1, round(len(cycle) / WEEK_LENGTH))
    cuts = [len(cycle) * number // many for number in range(many + 1)]
    return tuple(cycle[begin:end] for begin, end in pairwise(cuts))


def _places(cycle: tuple[str, ...]) -> dict[tuple[int, int], str]:
    """The names of a cycle by its week and the weekday; the second Monday is the second week's."""
    if not is_of_weekdays(cycle):
        return {divmod(number, WEEK_LENGTH): name for number, name in enumerate(cycle)}
    places: dict[tuple[int, int], str] = {}
    for name in cycle:
        weekday = _SHORT.index(name[:_LETTERS].casefold())
        places[sum(of == weekday for _, of in places), weekday] = name
    return places


def names_by_school_day(
    cycle: tuple[str, ...],
    weekdays: Iterable[date],
    has_students: Callable[[date], bool],
    given: Mapping[date, str],
) -> dict[date, str]:
    """The names of the dates on which students come, one after the other; other dates have none,
    and use none up. The count goes on from a date that is `given` a name.
    """
    number = 0
    names: dict[date, str] = {}
    for day in weekdays:
        if has_students(day):
            if day in given:
                number = cycle.index(given[day])
            names[day] = cycle[number % len(cycle)]
            number += 1
    return names
