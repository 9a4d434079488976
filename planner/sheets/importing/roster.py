"""Read a OneRoster 1.1 export as it stands.

Its manifest is checked, its headings are known, and what is to be deleted is left out.

The columns are those of OneRoster 1.1, CSV tables (1EdTech, final release): `sourcedId` names a
row, `status` may be `tobedeleted`, lists stand in one cell between commas. The manifest says of
each file whether it is `bulk`, `delta` or `absent`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.sheets.importing.bundle import FILES, read_bundle
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import folded
from planner.words.errors import DatasetError, Fault

VERSION = "1.1"
NEEDED = {
    "orgs": ("sourcedId", "name", "type"),
    "users": ("sourcedId", "orgSourcedIds", "role"),
    "academicSessions": ("sourcedId", "type", "startDate", "endDate"),
    "courses": ("sourcedId",),
    "classes": ("sourcedId", "title", "schoolSourcedId"),
    "enrollments": ("classSourcedId", "userSourcedId", "role"),
}
"""By file, the columns without which it says nothing."""

_KNOWN = [
    "sourcedId",
    "status",
    "dateLastModified",
    "name",
    "type",
    "identifier",
    "parentSourcedId",
    "enabledUser",
    "orgSourcedIds",
    "role",
    "username",
    "userIds",
    "grades",
    "title",
    "startDate",
    "endDate",
    "schoolYear",
    "schoolYearSourcedId",
    "courseCode",
    "orgSourcedId",
    "subjects",
    "subjectCodes",
    "courseSourcedId",
    "classCode",
    "classType",
    "location",
    "schoolSourcedId",
    "termSourcedIds",
    "periods",
    "classSourcedId",
    "userSourcedId",
    "primary",
    "beginDate",
]
_BY_FOLD = {name.casefold(): name for name in _KNOWN}


@dataclass(frozen=True)
class RosterRow:
    """A row of a file: its number there, and its cells by heading."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        """A cell; blank where it has none."""
        return self.cells.get(heading, "")

    def parts(self, heading: str) -> list[str]:
        """The parts of a list in a cell."""
        return [part.strip() for part in self[heading].split(",") if part.strip()]


@dataclass(frozen=True)
class Roster:
    """The rows of each file that are not to be deleted, and the headings of each file that is
    there.
    """

    files: Mapping[str, tuple[RosterRow, ...]]
    headings: Mapping[str, tuple[str, ...]]

    def rows(self, file: str) -> tuple[RosterRow, ...]:
        """The rows of a file; none where the export lacks it."""
        return self.files.get(file, ())

    def by_id(self, file: str) -> dict[str, RosterRow]:
        """The rows of a file by their `sourcedId`."""
        return {entry["sourcedId"]: entry for entry in self.rows(file)}


def read_roster(path: Path) -> Roster:
    """The export in a folder or zip. Raises DatasetError with everything that keeps it from being
    read.
    """
    tables = read_bundle(path)
    faults = _find_faults_of_manifest(tables, path.name)
    named = {file: _named(table) for file, table in tables.items() if file != "manifest"}
    for file, table in named.items():
        missing = [heading for heading in NEEDED[file] if heading not in table.headings]
        rule = "is a required column of OneRoster and is missing."
        faults += [
            Fault(file, table.heading_row, name, "", rule, "Export it again.", table.file)
            for name in missing
        ]
    if faults:
        raise DatasetError(faults)
    kept = {
        file: tuple(
            RosterRow(number, cells)
            for number, cells in table.rows
            if folded(cells.get("status", "")) != "tobedeleted"
        )
        for file, table in named.items()
    }
    return Roster(kept, {file: table.headings for file, table in named.items()})


def _named(table: RawSheet) -> RawSheet:
    """A table whose headings are written as OneRoster writes them."""
    headings = {written: _BY_FOLD.get(folded(written), written) for written in table.headings}
    rows = [
        (number, {headings.get(name, name): text for name, text in cells.items()})
        for number, cells in table.rows
    ]
    return RawSheet(tuple(headings.values()), rows, table.heading_row, table.file)


def _find_faults_of_manifest(tables: Mapping[str, RawSheet], export: str) -> list[Fault]:
    """What the manifest says that cannot be imported, and where files and manifest differ."""
    manifest = tables.get("manifest")
    if manifest is None:
        fix = "Give the whole OneRoster 1.1 export, with manifest.csv."
        return [Fault("", 0, "", "", "the export has no manifest.csv.", fix, export)]
    said = {
        folded(cells.get("propertyName", "")): (number, cells.get("value", "").strip())
        for number, cells in manifest.rows
    }
    faults = []

    def blame(name: str, rule: str, fix: str = "") -> None:
        number, value = said.get(folded(name), (0, ""))
        faults.append(Fault("manifest", number, name, value, rule, fix, manifest.file))

    if said.get("oneroster.version", (0, ""))[1] != VERSION:
        blame(
            "oneroster.version",
            f"is not {VERSION}, the version that is read.",
            f"Export it as OneRoster {VERSION} CSV.",
        )
    for file in FILES[1:]:
        mode = said.get(f"file.{file}".casefold(), (0, "absent"))[1].casefold()
        if mode == "delta":
            blame(f"file.{file}", "holds changes only.", "Export it in bulk: all rows.")
        elif mode not in ("bulk", "absent"):
            blame(f"file.{file}", "is none of bulk, delta, absent.")
        elif mode == "bulk" and file not in tables:
            blame(f"file.{file}", f"promises {file}.csv, which is not there.", "Export it again.")
        elif mode == "absent" and file in tables:
            blame(
                f"file.{file}",
                f"says that {file}.csv is absent, yet it is there.",
                "Export it again.",
            )
    if "orgs" not in tables and not faults:
        blame("file.orgs", "is not there, so no school is known.", "Export orgs.csv too.")
    return faults
