"""Import a OneRoster export: year, schools, staff, teachers, groups and members in one go."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

from planner.facts.cell_formats import Reading, names_in_order
from planner.facts.sheets import SHEETS
from planner.sheets.importing.patterns import matches
from planner.sheets.importing.pseudonyms import Secret
from planner.sheets.importing.roster import Roster, read_roster
from planner.sheets.importing.roster_mapping import ONEROSTER as ONEROSTER
from planner.sheets.importing.roster_mapping import RosterMapping, read_roster_mapping
from planner.sheets.importing.roster_rows import RosterRows
from planner.sheets.importing.run import Imported, import_rows
from planner.sheets.importing.target import Target
from planner.words.errors import DatasetError, Fault

DOSAGE = {
    "*tier 3*": ("3", "30", "5"),
    "*tier 2*": ("2", "30", "4"),
    "*intervention*": ("2", "30", "4"),
}
"""Titles of classes that are often groups, with the tier, minutes and sessions a week that a first
mapping proposes.
"""


def import_oneroster(
    path: Path, mapping_file: Path | None, target: Target, secret: Secret | None, *, replace: bool
) -> Imported:
    """Read, merge and write. Raises DatasetError with every fault before anything is written, and
    OSError.
    """
    roster = read_roster(path)
    mapping = RosterMapping() if mapping_file is None else read_roster_mapping(mapping_file, roster)
    if not (mapping.groups and roster.rows("enrollments")):
        secret = None  # there are no students to make keys for
    elif secret is None:
        fix = (
            "Give --key FILE: the secret that makes the same keys in every import (it is made "
            "if it is not there)."
        )
        raise DatasetError(
            [
                Fault(
                    "members",
                    0,
                    "student",
                    "",
                    "is kept as keys only, never as names or numbers.",
                    fix,
                )
            ]
        )
    there = next((cells for _, cells in target.sheet("district").rows), {})
    if not mapping.as_of:
        mapping = changed(mapping, as_of=there.get("plan_date", ""))
    rows = RosterRows(roster, mapping, secret)
    rows.find_schools()
    rows.find_people()
    rows.find_groups()
    rows.find_district(there.get("name", ""))
    notes = [f"Left out: {what} ({count})." for what, count in sorted(rows.left.items())]
    if not mapping.groups:
        notes.append(
            "No class became a group, because no mapping chooses any (--save-mapping writes a "
            "first one)."
        )
    return import_rows(
        [rows.sheets[sheet] for sheet in SHEETS if sheet in rows.sheets],
        target,
        secret,
        _reading(rows, target),
        notes,
        replace=replace,
    )


def _reading(rows: RosterRows, target: Target) -> Reading:
    """The cycle and grades of the dataset, or those that the import gives it."""
    district = rows.sheets.get("district")
    grades = district.rows[0][1].get("grades", "") if district and district.rows else ""
    reading = target.reading
    try:
        return Reading(reading.cycle, names_in_order(grades, reading)) if grades else reading
    except ValueError:
        return reading  # said as a fault of the district


def propose_oneroster(path: Path, command: str) -> str:
    """A first mapping for an export, as a file that explains itself. Raises DatasetError where the
    export cannot be read.
    """
    return "\n".join(_proposed(read_roster(path), path.name, command)) + "\n"


def _proposed(roster: Roster, export: str, command: str) -> Iterator[str]:
    roles = Counter(user["role"].strip() for user in roster.rows("users"))
    yield f"# How {export} becomes a dataset. Look it through, mend it, then:"
    yield f"# {command}"
    yield (
        "# The first part that fits a row counts; rows that fit none are left out. * stands "
        "for any text."
    )
    yield f"sheet: {ONEROSTER}"
    years = sorted(
        {
            one["schoolYear"]
            for one in roster.rows("academicSessions")
            if matches(one["type"], ["schoolYear"])
        }
        - {""}
    )
    if len(years) > 1:
        yield f"school_year: '{years[-1]}'   # of {', '.join(years)}"
    yield ""
    yield "schools:   # orgs.csv"
    yield "- where: {type: school}"
    yield (
        "  values: {open: '08:00', close: '15:00'}   # not in OneRoster; mend it for each "
        "school afterwards"
    )
    yield ""
    yield (
        "people:    # users.csv has "
        f"{', '.join(f'{count} × {role}' for role, count in sorted(roles.items())) or 'no rows'}"
    )
    if roles["aide"]:
        yield "- where: {role: aide}"
        yield "  sheet: staff"
        yield "  values: {role: '?'}   # a role of the sheet roles"
    yield (
        "- where: {role: teacher}   # put interventionists before it, by identifier, email or "
        "metadata"
    )
    yield "  sheet: teachers"
    yield ""
    yield (
        "groups:    # classes.csv: title, classCode, classType, course.title, "
        "course.courseCode, metadata…"
    )
    counts = Counter(
        pattern
        for row in roster.rows("classes")
        for pattern in DOSAGE
        if matches(row["title"], [pattern])
    )
    for pattern, (tier, minutes, sessions) in DOSAGE.items():
        hint = "# " if not counts[pattern] else ""
        yield (
            f"{hint}- where: {{title: '{pattern}'}}   # {counts[pattern]} of "
            f"{len(roster.rows('classes'))} classes"
        )
        yield f"{hint}  values: {{tier: '{tier}', minutes: '{minutes}', sessions: '{sessions}'}}"
    yield from _FURTHER


_FURTHER = (
    "",
    "# ids: {schools: identifier, people: identifier, students: identifier, groups: classCode}   "
    "# instead of sourcedId",
    "# grades: {TK: K, '07': ''}    # '' leaves a grade out; KG and 01 to 13 are known already",
    "# district: {name: Our district}",
    "# as_of: 2026-10-05            # enrollments that ended before do not count",
)
