"""Say which rows of a OneRoster export become what, by a saved mapping.

Also what OneRoster does not know of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.facts.cell_formats import nearest
from planner.sheets.importing.cell_forms import iso_date
from planner.sheets.importing.patterns import UNTRANSLATED, matches
from planner.sheets.importing.roster import Roster, RosterRow
from planner.sheets.importing.shapes import Shapes
from planner.sheets.importing.yaml_file import read_yaml
from planner.sheets.sheet_reading import columns_by_heading, must_be_filled
from planner.words.errors import DatasetError

ONEROSTER = "oneroster"
KEYS = ("sheet", "school_year", "as_of", "ids", "district", "schools", "people", "groups", "grades")
FILE_OF = {"schools": "orgs", "people": "users", "students": "users", "groups": "classes"}
FILLED = {
    "schools": ("school", "name"),
    "staff": ("staff",),
    "teachers": ("teacher", "school"),
    "groups": ("group", "school", "grades"),
}
"""By sheet, the required columns that OneRoster itself fills."""

GRADES = {"KG": "K", **{f"{number:02d}": str(number) for number in range(1, 14)}}
"""Grades as OneRoster writes them, and as planners do; others (PK, TK) are written alike."""


@dataclass(frozen=True)
class RosterChoice:
    """Rows that become rows of a sheet: those in which every heading of `where` holds one of its
    words; `values` fill the columns that OneRoster lacks.
    """

    sheet: str
    where: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str] = field(default_factory=dict)

    def takes(self, entry: RosterRow) -> bool:
        """Whether a row is one of them. Of a list, any part may be the word."""
        return all(
            matches(entry[name], words) or any(matches(part, words) for part in entry.parts(name))
            for name, words in self.where.items()
        )


@dataclass(frozen=True)
class RosterMapping:
    """How a OneRoster export becomes sheets; the first choice that takes a row counts, and rows
    that none takes are left out.

    `ids` names, for schools, people, students and groups, the heading whose value is their id here.
    Enrollments that ended before `as_of` do not count; `school_year` says which year, where the
    export holds several.
    """

    schools: tuple[RosterChoice, ...] = (RosterChoice("schools", {"type": ("school",)}),)
    people: tuple[RosterChoice, ...] = (RosterChoice("teachers", {"role": ("teacher",)}),)
    groups: tuple[RosterChoice, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=lambda: GRADES)
    district: Mapping[str, str] = field(default_factory=dict)
    school_year: str = ""
    as_of: str = ""
    file: str = "the mapping"

    def id_heading(self, kind: str) -> str:
        """The heading whose value is the id here of schools, people, students or groups."""
        return self.ids.get(kind, "sourcedId")


def read_roster_mapping(path: Path, roster: Roster) -> RosterMapping:
    """The mapping in a file. Raises DatasetError with everything that is wrong with it, or does not
    fit the export.
    """
    shapes = Shapes(read_yaml(path), path.name)
    shapes.know(KEYS)
    if (named := shapes.text("sheet", ONEROSTER)) != ONEROSTER:
        shapes.blame(
            "sheet",
            f"is {named}; the export is read as {ONEROSTER}.",
            f"Give --as {named}, or another mapping.",
        )
    standard = RosterMapping()
    mapping = RosterMapping(
        schools=_choices(shapes, "schools", ("schools",), roster) or standard.schools,
        people=_choices(shapes, "people", ("staff", "teachers"), roster) or standard.people,
        groups=_choices(shapes, "groups", ("groups",), roster),
        ids=_ids(shapes, roster),
        grades={**GRADES, **shapes.pairs("grades")},
        district=_district(shapes),
        school_year=shapes.text("school_year"),
        as_of=_as_of(shapes),
        file=path.name,
    )
    if shapes.faults:
        raise DatasetError(shapes.faults)
    return mapping


def _choices(
    shapes: Shapes, key: str, sheets: tuple[str, ...], roster: Roster
) -> tuple[RosterChoice, ...]:
    written = shapes.document.get(key) or []
    if not isinstance(written, list):
        shapes.blame(key, "must be a list.", "Begin each of its parts with `- where:`.")
        return ()
    return tuple(
        _choice(shapes, f"{key}[{number}]", one, key, sheets, roster)
        for number, one in enumerate(written, start=1)
    )


def _choice(
    shapes: Shapes, place: str, written: Any, key: str, sheets: tuple[str, ...], roster: Roster
) -> RosterChoice:
    found = shapes.named(written, place)
    shapes.know(
        ("where", "sheet", "values") if len(sheets) > 1 else ("where", "values"), place, found
    )
    sheet = found.get("sheet", sheets[0])
    if sheet not in sheets:
        shapes.blame(f"{place}.sheet", f"'{sheet}' is none of {', '.join(sheets)}.")
        sheet = sheets[0]
    where = shapes.conditions(found.get("where"), f"{place}.where")
    if not where:
        shapes.blame(
            f"{place}.where",
            "is missing, so every row would be taken.",
            "Say which rows: `where: {title: '*Tier 2*'}`.",
        )
    _find_unknown_headings(shapes, f"{place}.where", where, _headings(roster, FILE_OF[key]))
    values = shapes.pairs_of(found.get("values") or {}, f"{place}.values")
    _find_faults_of_values(shapes, f"{place}.values", values, sheet)
    return RosterChoice(sheet, where, values)


def _headings(roster: Roster, file: str) -> tuple[str, ...]:
    """What may be asked of a row; of a class, its course's columns too."""
    course = (
        tuple(f"course.{name}" for name in roster.headings.get("courses", ()))
        if file == "classes"
        else ()
    )
    return (*roster.headings.get(file, ()), *course)


def _find_unknown_headings(
    shapes: Shapes, place: str, named: Iterable[str], headings: tuple[str, ...]
) -> None:
    for name in named:
        if name not in headings and headings:
            fix = nearest(name, headings) or f"The headings are {', '.join(headings)}."
            shapes.blame(f"{place}.{name}", "is no heading of the export.", fix)


def _find_faults_of_values(
    shapes: Shapes, place: str, values: Mapping[str, str], sheet: str
) -> None:
    columns = columns_by_heading(sheet)
    for name, value in values.items():
        if name not in columns:
            shapes.blame(
                f"{place}.{name}",
                f"is no column of the sheet {sheet}.",
                nearest(name, columns) or "See planner schema.",
            )
        elif value == UNTRANSLATED:
            shapes.blame(
                f"{place}.{name}",
                "still needs a value.",
                f"Write it like {columns[name][1].example}.",
            )
    for name, (_, column) in columns.items():
        if must_be_filled(sheet, name, {*values, *FILLED[sheet]}):
            rule = (
                f"is a required column of the sheet {sheet}, and OneRoster has nothing like "
                f"it ({column.meaning})."
            )
            shapes.blame(f"{place}.{name}", rule, f"Give a value, like {column.example}.")


def _ids(shapes: Shapes, roster: Roster) -> dict[str, str]:
    found = shapes.pairs("ids")
    shapes.know(FILE_OF, "ids", found)
    for name, heading in found.items():
        _find_unknown_headings(
            shapes, f"ids.{name}", [heading], roster.headings.get(FILE_OF.get(name, ""), ())
        )
    return found


def _district(shapes: Shapes) -> dict[str, str]:
    found, columns = shapes.pairs("district"), columns_by_heading("district")
    for name in found:
        if name not in columns:
            shapes.blame(
                f"district.{name}", "is no column of the sheet district.", nearest(name, columns)
            )
    return found


def _as_of(shapes: Shapes) -> str:
    text = shapes.text("as_of")
    try:
        return iso_date(text, "") if text else ""
    except ValueError:
        shapes.blame("as_of", f"'{text}' is not a date.", "Write it like 2026-10-05.")
        return ""
