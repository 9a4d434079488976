"""Job classes and people: lunch that fits, shifts that are exactly what the contract says."""

from collections.abc import Iterator
from math import ceil

from planner.facts.cell_formats import clock
from planner.facts.person import Shift, cycle_obligation, days_at_most, possible_shifts
from planner.facts.roles import Role
from planner.facts.schools import School
from planner.facts.staff_rows import Staff
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

TOLERANCE = 1  # minutes: an FTE need not give whole minutes
MIDNIGHT = 24 * 60


def find_lunch_windows_too_short(sheets: Sheets) -> Iterator[Fault]:
    """A time for lunch that is shorter than lunch."""
    for role in sheets.of(Role):
        if (
            role.lunch_from is not None
            and role.lunch_to is not None
            and role.lunch_from < role.lunch_to
        ):
            room = role.lunch_to - role.lunch_from
            if room < role.lunch_minutes:
                rule = (
                    f"leaves {room} minutes for lunch from {clock(role.lunch_from)}; it takes "
                    f"{role.lunch_minutes}."
                )
                yield sheets.fault(role, "lunch_to", rule)


def find_two_shifts_on_one_day(sheets: Sheets) -> Iterator[Fault]:
    """A person whose `shifts` name one day twice: there is one shift a day."""
    for person in sheets.of(Staff):
        days = [window.day for window in person.shifts]
        for day in dict.fromkeys(day for day in days if days.count(day) > 1):
            yield sheets.fault(person, "shifts", f"has two shifts on {day}; give one a day.")


def find_shifts_on_days_off(sheets: Sheets) -> Iterator[Fault]:
    """A shift on a day that is not among the person's `days`."""
    for person in sheets.of(Staff):
        for day in dict.fromkeys(window.day for window in person.shifts):
            if person.days and day not in person.days:
                yield sheets.fault(
                    person, "shifts", f"has a shift on {day}, which is not among 'days'."
                )


def find_shifts_on_too_many_days(sheets: Sheets) -> Iterator[Fault]:
    """Shifts on more days than the person comes: the contract asks for all of them."""
    for person, role, _ in _people(sheets):
        days = len({window.day for window in person.shifts})
        most = days_at_most(person, role, days)
        if days > most:
            rule = f"names {days} days; the person comes on {most} at most (max_days)."
            yield sheets.fault(person, "shifts", rule, "Correct it, or max_days.")


def find_people_without_a_start(sheets: Sheets) -> Iterator[Fault]:
    """Days that a person must work and on which nothing says when their shift starts."""
    for person, role, shifts in _people(sheets):
        if person.shifts or person.start is not None:
            continue
        days = [day for day in sheets.reading.cycle if day in (person.days or sheets.reading.cycle)]
        known = {shift.day for shift in shifts}
        needed = days_at_most(person, role, len(days))
        if role.part_time == "days":
            needed = min(
                needed,
                ceil(
                    cycle_obligation(person, role, sheets.reading.cycle) / role.obligation_minutes
                ),
            )
        if len(known) < needed:
            unknown = ", ".join(day for day in days if day not in known)
            fix = "Write their start, or the opening hours of their schools."
            yield sheets.fault(
                person, "start", f"nothing says when their shift starts on {unknown}.", fix
            )


def find_shifts_that_differ_from_the_contract(sheets: Sheets) -> Iterator[Fault]:
    """Start to end that is not the day's obligation and lunch; shifts that are not the cycle's
    obligation in all.
    """
    for person, role, shifts in _people(sheets):
        if person.shifts:
            yield from _compare_with_cycle(sheets, person, role)
        elif person.start is not None and person.end is not None and person.start < person.end:
            yield from _compare_with_day(sheets, person, role, shifts)


def _compare_with_cycle(sheets: Sheets, person: Staff, role: Role) -> Iterator[Fault]:
    """By-day shifts may differ from day to day; together they are the obligation."""
    owed = cycle_obligation(person, role, sheets.reading.cycle)
    given = sum(role.duty_of_shift(window.end - window.start) for window in person.shifts)
    if abs(given - owed) > TOLERANCE:
        rule = (
            f"gives {given} minutes of duty a cycle beside {role.lunch_minutes} of lunch a "
            f"day; the contract says {owed}."
        )
        yield sheets.fault(person, "shifts", rule, "Correct the shifts, or fte.")


def _compare_with_day(
    sheets: Sheets, person: Staff, role: Role, shifts: tuple[Shift, ...]
) -> Iterator[Fault]:
    assert person.start is not None
    assert person.end is not None
    lengths = sorted({shift.end - shift.start for shift in shifts})
    given = person.end - person.start
    if lengths and not any(abs(given - length) <= TOLERANCE for length in lengths):
        length = max(lengths)
        rule = (
            f"makes a shift of {given} minutes; the contract says {length} "
            f"({role.duty_of_shift(length)} of duty, {role.lunch_of_shift(length)} of lunch)."
        )
        fix = "Correct it, or fte."
        if person.start + length <= MIDNIGHT:
            fix = f"Write {clock(person.start + length)}, leave it blank, or correct fte."
        yield sheets.fault(person, "end", rule, fix)


def find_shifts_beyond_midnight(sheets: Sheets) -> Iterator[Fault]:
    """An obligation that the days it falls on cannot hold."""
    for person, _, shifts in _people(sheets):
        late = [shift for shift in shifts if shift.end > MIDNIGHT] if not person.shifts else []
        if late:
            column = "fte" if person.week_minutes is None else "week_minutes"
            hours = f"{late[0].obligation / 60:.4g}"
            rule = (
                f"asks for {hours} hours of duty on {late[0].day}; the shift would end after "
                "midnight."
            )
            yield sheets.fault(person, column, rule, "Correct it, or the person's days or start.")


def find_people_who_supervise_themselves(sheets: Sheets) -> Iterator[Fault]:
    """A person who is named as their own supervisor."""
    for person in sheets.of(Staff):
        if person.supervisor == person.staff:
            yield sheets.fault(
                person, "supervisor", "is the person themselves.", "Name somebody else."
            )


def _people(sheets: Sheets) -> Iterator[tuple[Staff, Role, tuple[Shift, ...]]]:
    """Each person whose role and schools are known, with the shifts that the contract leaves open.

    Of schools with the same hours one is enough; where the person's own start is given, any one is.
    """
    roles, schools = sheets.roles_in_force, sheets.by_id(School)
    one_of = {(school.open, school.close, school.hours): name for name, school in schools.items()}
    for person in sheets.of(Staff) if sheets.cycle_known else ():
        allowed = person.schools or tuple(one_of.values())
        if person.role in roles and all(school in schools for school in allowed):
            role = roles[person.role]
            if person.start is not None or person.shifts:
                allowed = allowed[:1]
            yield (
                person,
                role,
                possible_shifts(person, role, sheets.reading.cycle, schools, allowed),
            )
