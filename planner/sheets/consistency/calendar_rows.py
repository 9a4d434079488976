"""The calendar's rows, and the days of the cycle: each must be able to change something.

That a day of the cycle has no date is a fault, because a plan would give it sessions that nobody
ever gets. Rows without effect are warnings: nothing is planned wrongly for them, and yet what they
say was meant.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.facts.calendar import MINIMUM_DAY, STUDENT_KINDS, Calendar
from planner.facts.cell_formats import clock, nearest
from planner.facts.cycle_names import WEEK, fits_weeks, rotation_of
from planner.facts.district import CalendarDay, District
from planner.facts.group_rows import Group
from planner.facts.person import opening
from planner.facts.schools import School
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

SATURDAY = 5
CORRECT = "Correct the date, or delete the row."


def find_cycle_days_without_a_date(sheets: Sheets) -> Iterator[Fault]:
    """Days of the cycle on which no student ever comes, in a dataset that has services.

    A year that is shorter than two rounds of the cycle stands for one that is not known yet: a
    timetable of one week is planned in it, and none of its days is blamed.
    """
    district = sheets.district
    if not district or not sheets.cycle_known or district.year_end < district.year_start:
        return
    has_services = bool(sheets.of(Group) or sheets.is_filled("duties"))
    if not has_services or _is_broken(sheets, "calendar"):
        return
    calendar = _calendar(sheets, district)
    if len(calendar.weekdays) < 2 * len(district.cycle):
        return
    for day in district.cycle:
        schools = ("", *calendar.schools)
        if not any(calendar.dates_of(day, school) for school in schools):
            rule = f"has the day {day}, and students come on no date of the year with that name."
            fix = f"Leave {day} out, or correct the year and the sheet calendar."
            yield sheets.fault(district, "cycle", rule, fix, day)


def find_rotations_that_do_not_fit(sheets: Sheets) -> Iterator[Fault]:
    """A cycle that is to go with the weeks and is no number of whole weeks."""
    district = sheets.district
    if district and district.rotation == WEEK and not fits_weeks(district.cycle):
        rule = f"needs days named like weekdays, or five a week; there are {len(district.cycle)}."
        yield sheets.fault(district, "rotation", rule, "Write school_days, or name the days.")


def find_cycle_days_of_dates_that_do_not_fit(sheets: Sheets) -> Iterator[Fault]:
    """A row of the calendar that names a day which is not of the cycle, or names it for some
    schools alone: the cycle is the whole district's.
    """
    cycle = sheets.reading.cycle
    for row in sheets.of(CalendarDay) if sheets.cycle_known else ():
        if row.cycle_day and row.cycle_day not in cycle:
            fix = nearest(row.cycle_day, cycle) or f"The cycle's days are {', '.join(cycle)}."
            yield sheets.fault(row, "cycle_day", "is no day of the cycle.", fix)
        elif row.cycle_day and row.schools:
            rule = "names schools; the days of the cycle are the same for all."
            yield sheets.fault(row, "schools", rule, "Leave it blank, or cycle_day.")


def find_cycle_days_on_days_without_students(sheets: Sheets) -> Iterator[Fault]:
    """A day of the cycle that is given to a date which uses none up: nothing counts on from it."""
    district = sheets.district
    if district and rotation_of(district.cycle, district.rotation) != WEEK:
        for row in sheets.of(CalendarDay):
            if row.cycle_day and row.kind not in STUDENT_KINDS:
                rule = f"changes nothing: on a {row.kind} the cycle does not go on."
                yield sheets.fault(row, "cycle_day", rule, "Give it to the next day with students.")


def _is_broken(sheets: Sheets, sheet: str) -> bool:
    """Whether a sheet is there and cannot be read as a whole."""
    return sheets.has(sheet) and not sheets.whole(sheet)


def _calendar(sheets: Sheets, district: District) -> Calendar:
    schools = tuple(sheets.by_id(School))
    return Calendar(district, tuple(sheets.of(CalendarDay)), schools)


def find_rows_outside_of_school_days(sheets: Sheets) -> Iterator[Fault]:
    """A row of the calendar whose dates are all outside of the year, or on weekends."""
    district = sheets.district
    for row in sheets.of(CalendarDay) if district else ():
        assert district is not None
        last = row.to or row.date
        if last < district.year_start or row.date > district.year_end:
            year = f"{district.year_start.isoformat()} to {district.year_end.isoformat()}"
            rule = f"is outside of the school year ({year}): the row changes nothing."
            yield sheets.fault(row, "date", rule, CORRECT)
        elif row.date <= last and not any(weekdays_of(row, district)):
            rule = "is on a weekend, when schools are closed: the row changes nothing."
            yield sheets.fault(row, "date", rule, CORRECT)


def weekdays_of(row: CalendarDay, district: District) -> Iterator[date]:
    """The weekdays of a row that lie in the school year."""
    first, last = max(row.date, district.year_start), min(row.to or row.date, district.year_end)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    yield from (day for day in days if day.weekday() < SATURDAY)


def find_closings_without_effect(sheets: Sheets) -> Iterator[Fault]:
    """A time of closing that shortens no day: on a day of another kind, before the school opens, or
    not before it closes anyway.
    """
    district = sheets.district
    for row in sheets.of(CalendarDay) if district else ():
        assert district is not None
        if row.close is None:
            continue
        if row.kind != MINIMUM_DAY:
            rule = f"counts on a minimum_day alone; on a {row.kind} it changes nothing."
            yield sheets.fault(row, "close", rule, "Delete it, or write minimum_day as the kind.")
            continue
        yield from _closing(sheets, row, row.close, _calendar(sheets, district))


def _closing(sheets: Sheets, row: CalendarDay, close: int, calendar: Calendar) -> Iterator[Fault]:
    """What is odd about the closing of a minimum day, told of its first school."""
    names = sheets.by_id(School)
    schools = [names[name] for name in row.schools or names if name in names]
    days = sorted({calendar.cycle_day(day) or "" for day in weekdays_of(row, calendar.district)})
    hours = [
        (school, *known)
        for school in schools
        if school.kind == "school"
        for known in {opening(school, day) for day in days}
        if known is not None
    ]
    early = next((one for one in hours if close <= one[1]), None)
    if early:
        rule = f"is not after {early[0].name} opens ({clock(early[1])})."
        yield sheets.fault(row, "close", rule, "Write when schools close on that day, like 12:30.")
    elif hours and all(close >= closes for _, _, closes in hours):
        school, _, closes = hours[0]
        rule = f"is not before {school.name} closes on other days ({clock(closes)})."
        yield sheets.fault(row, "close", rule, "Write when schools close on that day, like 12:30.")


def find_overruled_rows(sheets: Sheets) -> Iterator[Fault]:
    """A row of which later rows say otherwise on all of its dates, at all of its schools.

    Rows that differ in whether students come are told of by another check.
    """
    district = sheets.district
    said: dict[tuple[date, str], CalendarDay] = {}
    schools = tuple(sheets.by_id(School))
    for row in reversed(sheets.of(CalendarDay)) if district else ():
        assert district is not None
        places = [
            (day, school) for day in weekdays_of(row, district) for school in row.schools or schools
        ]
        later = [said[place] for place in places if place in said]
        with_students = row.kind in STUDENT_KINDS
        if later and len(later) == len(places):
            same = all((other.kind in STUDENT_KINDS) == with_students for other in later)
            if same and not row.cycle_day and any(_differ(row, other) for other in later):
                numbers = sorted({sheets.number(other) for other in later})
                rule = f"is {row.kind} in vain: row {numbers[0]} says otherwise, being the later."
                yield sheets.fault(row, "kind", rule, "Delete what is not meant.")
        for place in places:
            said.setdefault(place, row)


def _differ(one: CalendarDay, other: CalendarDay) -> bool:
    return (one.kind, one.close) != (other.kind, other.close)
