"""Rows that agree with the contract and yet hardly say what was meant.

They are warnings, not faults.
"""

from collections.abc import Iterator
from datetime import date

from planner.facts.calendar import STUDENT_KINDS
from planner.facts.decisions import RuleRow
from planner.facts.district import CalendarDay
from planner.facts.group_rows import Duty, Member
from planner.facts.presets import preset
from planner.facts.roles import Role
from planner.facts.row import SheetRow
from planner.sheets.consistency.calendar_rows import weekdays_of
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

AS_KEY = "looks like a name; a student is known here by a key alone."
MAKE_KEYS = "Write a key like S-0417; planner import makes keys of an export's ids."
MOST_SITES = 2
"""Schools at which a person is planned on one day at most, whatever the job class allows."""


def find_jurisdictions_without_a_preset(sheets: Sheets) -> Iterator[Fault]:
    """A jurisdiction that is known and of which no rule is: naming it changes nothing."""
    district = sheets.district
    if district and district.jurisdiction != "none" and not preset(district.jurisdiction):
        rule, fix = (
            "brings no rules of its own yet.",
            "Put what law and contracts say there into the sheet rules.",
        )
        yield sheets.fault(district, "jurisdiction", rule, fix)


def find_days_with_and_without_students(sheets: Sheets) -> Iterator[Fault]:
    """A row of the calendar that has students on a date and at a school where an earlier row has
    none, or the reverse.
    """
    rows_of: dict[date, list[CalendarDay]] = {}
    for row in sheets.of(CalendarDay):
        doubted: dict[int, date] = {}
        for day in weekdays_of(row, sheets.district) if sheets.district else ():
            for earlier in rows_of.setdefault(day, []):
                if (earlier.kind in STUDENT_KINDS) != (
                    row.kind in STUDENT_KINDS
                ) and _share_a_school(earlier, row):
                    doubted.setdefault(sheets.number(earlier), day)
            rows_of[day].append(row)
        for number, day in doubted.items():
            with_, without = (
                ("this row", f"row {number}")
                if row.kind in STUDENT_KINDS
                else (f"row {number}", "this row")
            )
            rule = (
                f"on {day} {with_} has students and {without} has none at the same school; "
                "this row holds, being the later."
            )
            yield sheets.fault(row, "kind", rule, "Delete what is not meant.")


def _share_a_school(one: CalendarDay, other: CalendarDay) -> bool:
    return not one.schools or not other.schools or not set(one.schools).isdisjoint(other.schools)


def find_more_sites_than_planned(sheets: Sheets) -> Iterator[Fault]:
    """A job class, or a row of the sheet `rules`, that allows more schools a day than anybody is
    planned at.
    """
    allowed: list[tuple[SheetRow, str, int]] = [
        (role, "max_sites_per_day", role.max_sites_per_day) for role in sheets.of(Role)
    ]
    limits = (row for row in sheets.of(RuleRow) if row.parameter == "max_sites_per_day")
    allowed += [(row, "value", int(row.value)) for row in limits if row.value.isdecimal()]
    for row, field, most in allowed:
        if most > MOST_SITES:
            yield sheets.fault(
                row, field, "nobody is planned at more than two schools a day.", "It is read as 2."
            )


def find_duties_at_any_hour(sheets: Sheets) -> Iterator[Fault]:
    """A duty outside of the shift that says neither when nor where: it is planned at any hour, at
    night too. One at a school is planned within its hours.

    It is asked for and not guessed: whom a duty of the evening is for (families, a board) decides
    its hour, and no sheet says when these can be there.
    """
    for duty in sheets.of(Duty):
        if duty.time != "shift" and not duty.windows and not duty.school:
            rule = f"may be at any hour, also at night, because its time is {duty.time}."
            fix = "Write when it may be, like Wed 15:30-18:00."
            yield sheets.fault(duty, "windows", rule, fix)


def find_keys_like_names(sheets: Sheets) -> Iterator[Fault]:
    """A student's key that is likely a name: a space in it, and no digit."""
    told: set[str] = set()
    for member in sheets.of(Member):
        key = member.student
        if key not in told and " " in key and not any(letter.isdigit() for letter in key):
            told.add(key)
            yield sheets.fault(member, "student", AS_KEY, MAKE_KEYS)
