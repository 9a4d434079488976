"""Turn the rows of a OneRoster export into rows of our sheets.

Schools, people, groups with their students, and the year.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.sheets.importing.cell_forms import iso_date
from planner.sheets.importing.incoming import ImportOrigin, Incoming
from planner.sheets.importing.patterns import matches
from planner.sheets.importing.pseudonyms import STUDENTS, Secret
from planner.sheets.importing.roster import Roster, RosterRow
from planner.sheets.importing.roster_mapping import GRADES, RosterChoice, RosterMapping
from planner.sheets.sheet_reading import columns_by_heading, folded
from planner.words.errors import Fault

YEAR = ("year_start", "year_end")
GRADES_IN_ORDER = ("IT", "PR", "PK", "TK", *GRADES.values())


@dataclass
class RosterRows:
    """Works through an export file by file; `sheets` are what comes out, `left` counts what does
    not, by reason.
    """

    roster: Roster
    mapping: RosterMapping
    secret: Secret | None
    sheets: dict[str, Incoming] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    school_of: dict[str, str] = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)

    def find_schools(self) -> None:
        """Organizations that are schools."""
        for org in self.roster.rows("orgs"):
            choice = _first(self.mapping.schools, org)
            if choice is None:
                self.left["organizations that are no school here"] += 1
                continue
            self._add(
                choice, "orgs", org, {"school": self._id("schools"), "name": ("name", org["name"])}
            )
            self.school_of[org["sourcedId"]] = org[self.mapping.id_heading("schools")]

    def find_people(self) -> None:
        """Users who are staff, or teachers who are not planned. Names stay where they are."""
        places = self.roster.by_id("orgs")
        for user in self.roster.rows("users"):
            choice = _first(self.mapping.people, user)
            if choice is None:
                self.left[f"users with the role {user['role'] or '(none)'}"] += 1
                continue
            orgs = user.parts("orgSourcedIds")
            schools = list(
                dict.fromkeys(self.school_of[org] for org in orgs if org in self.school_of)
            )
            elsewhere = orgs and all(
                org in places and folded(places[org]["type"]) == "school" for org in orgs
            )
            if not schools and (choice.sheet == "teachers" or elsewhere):
                self.left[f"{choice.sheet} of no imported school"] += 1
                continue
            found = {choice.sheet.removesuffix("s"): self._id("people")}
            if choice.sheet == "teachers":
                found |= {
                    "school": ("orgSourcedIds", schools[0]),
                    "grades": ("grades", self._grades([user])),
                }
            else:
                found |= {"schools": ("orgSourcedIds", ";".join(schools))}
                found |= {"home_school": ("orgSourcedIds", schools[0] if len(schools) == 1 else "")}
            self._add(choice, "users", user, found)

    def find_groups(self) -> None:
        """Classes that the mapping chooses, and the students who are enrolled in them."""
        courses, users = self.roster.by_id("courses"), self.roster.by_id("users")
        students = self._students(users)
        for group in self.roster.rows("classes"):
            course = courses.get(group["courseSourcedId"], RosterRow(0, {}))
            asked = RosterRow(
                group.number,
                {**group.cells, **{f"course.{name}": text for name, text in course.cells.items()}},
            )
            choice = _first(self.mapping.groups, asked)
            if choice is None:
                self.left["classes that are no groups"] += 1
                continue
            if group["schoolSourcedId"] not in self.school_of:
                self.left["groups of no imported school"] += 1
                continue
            enrolled = students.get(group["sourcedId"], [])
            of = next(
                (
                    one
                    for one in ([group], [course], [user for _, user in enrolled])
                    if self._grades(one)
                ),
                [],
            )
            found = {
                "group": self._id("groups"),
                "school": ("schoolSourcedId", self.school_of[group["schoolSourcedId"]]),
                "grades": ("grades", self._grades(of)),
            }
            self._add(choice, "classes", group, found)
            self.group_of[group["sourcedId"]] = group[self.mapping.id_heading("groups")]
            for enrollment, user in enrolled:
                self._add_member(enrollment, user, self.group_of[group["sourcedId"]])

    def _students(
        self, users: Mapping[str, RosterRow]
    ) -> dict[str, list[tuple[RosterRow, RosterRow]]]:
        """By class, the enrollments of students that count, each with its user."""
        found: dict[str, list[tuple[RosterRow, RosterRow]]] = {}
        for enrollment in self.roster.rows("enrollments"):
            user = users.get(enrollment["userSourcedId"])
            if not matches(enrollment["role"], ["student"]):
                continue
            if user is None:
                self.left["enrollments of nobody in users.csv"] += 1
            elif self.mapping.as_of and "" < enrollment["endDate"][:10] < self.mapping.as_of:
                self.left[f"enrollments that ended before {self.mapping.as_of}"] += 1
            else:
                found.setdefault(enrollment["classSourcedId"], []).append((enrollment, user))
        return found

    def _add_member(self, enrollment: RosterRow, user: RosterRow, group: str) -> None:
        incoming = self._sheet("members", "enrollments", ("student", "group"))
        heading = self.mapping.id_heading("students")
        number = user[heading]
        key = self.secret.key_for(number, STUDENTS) if self.secret and number else ""
        incoming.origins[enrollment.number, "student"] = ImportOrigin(
            f"userSourcedId, for the user's {heading}", number
        )
        incoming.origins[enrollment.number, "group"] = ImportOrigin(
            "classSourcedId", enrollment["classSourcedId"]
        )
        incoming.rows.append(
            (
                enrollment.number,
                {name: text for name, text in (("student", key), ("group", group)) if text},
            )
        )

    def find_district(self, name_there: str) -> None:
        """The first and last day of the school year; of a district that is not there yet, name and
        grades too.
        """
        given = (
            {"name": name_there}
            if name_there
            else {"name": self._district_name(), "grades": self._all_grades()}
        )
        given |= dict(self.mapping.district)
        dated = all(name in given for name in YEAR)
        if not dated and "academicSessions" not in self.roster.files:
            self.left["the school year, for there is no academicSessions.csv"] += 1
            return
        incoming = self._sheet("district", "academicSessions", YEAR)
        number, dates = (1, {}) if dated else self._year(incoming)
        row = {name: text for name, text in (dates | given).items() if text}
        incoming.columns = tuple(
            name
            for name in columns_by_heading("district")
            if name in row or name in incoming.columns
        )
        if "name" not in row:
            rule = "no organization is of the type district, so its name is not known."
            fix = "Give it in the mapping (district: name)."
            incoming.faults.append(Fault("district", 0, "name", "", rule, fix, "orgs.csv"))
            incoming.unmapped.add("name")
        incoming.rows.append((number, row))

    def _year(self, incoming: Incoming) -> tuple[int, dict[str, str]]:
        """The one school year of the export, and the number of its row; a fault where there is
        none, or more than one.
        """
        sessions = self.roster.rows("academicSessions")
        years = [one for one in sessions if matches(one["type"], ["schoolYear"])]
        if self.mapping.school_year:
            years = [one for one in years if one["schoolYear"] == self.mapping.school_year]
        different = {(one["startDate"], one["endDate"]) for one in years}
        if len(different) != 1:
            which = (
                f"for {self.mapping.school_year}"
                if self.mapping.school_year
                else "of the type schoolYear"
            )
            rule = (
                f"there are {len(different)} different school years."
                if different
                else f"there is no row {which}."
            )
            known = ", ".join(sorted({one["schoolYear"] for one in sessions} - {""}))
            fix = (
                f"Say which under school_year in a mapping ({known}), or give its days "
                "(district: year_start, year_end)."
            )
            incoming.faults.append(Fault("district", 0, "", "", rule, fix, incoming.file))
            incoming.unmapped |= {*YEAR}
            return 1, {}
        row = {}
        for column, heading in zip(YEAR, ("startDate", "endDate"), strict=True):
            incoming.origins[years[0].number, column] = ImportOrigin(heading, years[0][heading])
            try:
                row[column] = iso_date(years[0][heading], "")
            except ValueError:
                incoming.blame(
                    years[0].number, column, "is not a date.", "Export it like 2026-09-01."
                )
        return years[0].number, row

    def _district_name(self) -> str:
        return next(
            (org["name"] for org in self.roster.rows("orgs") if matches(org["type"], ["district"])),
            "",
        )

    def _all_grades(self) -> str:
        """The grades of all groups and teachers, in order."""
        found = {
            grade
            for sheet in ("groups", "teachers")
            if sheet in self.sheets
            for _, row in self.sheets[sheet].rows
            for grade in row.get("grades", "").split(";")
        }
        return ";".join(
            grade
            for grade in (*GRADES_IN_ORDER, *sorted(found - {*GRADES_IN_ORDER, ""}))
            if grade in found
        )

    def _grades(self, entries: Iterable[RosterRow]) -> str:
        """The grades of some rows, in our words, each once."""
        codes = {folded(code): ours for code, ours in self.mapping.grades.items()}
        parts = [part for entry in entries for part in entry.parts("grades")]
        return ";".join(dict.fromkeys(codes.get(folded(part), part) for part in parts))

    def _id(self, kind: str) -> tuple[str, str]:
        """The heading that holds an id; the text is the row's own."""
        return self.mapping.id_heading(kind), ""

    def _sheet(self, sheet: str, file: str, columns: Iterable[str]) -> Incoming:
        incoming = self.sheets.setdefault(
            sheet, Incoming(sheet, f"{file}.csv", mapping=self.mapping.file)
        )
        used = {*incoming.columns, *columns}
        incoming.columns = tuple(name for name in columns_by_heading(sheet) if name in used)
        if sheet == "members":
            incoming.hidden = frozenset({"student"})
        return incoming

    def _add(
        self,
        choice: RosterChoice,
        file: str,
        entry: RosterRow,
        found: Mapping[str, tuple[str, str]],
    ) -> None:
        """A row of the choice's sheet: what the export says, by our column with their heading, and
        the choice's own values.
        """
        incoming = self._sheet(choice.sheet, file, (*found, *choice.values))
        own = columns_by_heading(choice.sheet)
        key = next(iter(found))
        row = {}
        for name in own:
            heading, text = found.get(name, ("", ""))
            text = entry[heading] if name == key else text
            if name in choice.values:
                heading, text = "", choice.values[name]
            if heading or text:
                incoming.origins[entry.number, name] = ImportOrigin(
                    heading, entry[heading] if heading else text
                )
            if text:
                row[name] = text
        incoming.rows.append((entry.number, row))


def _first(choices: Iterable[RosterChoice], entry: RosterRow) -> RosterChoice | None:
    return next((choice for choice in choices if choice.takes(entry)), None)
