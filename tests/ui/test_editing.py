"""A planner edits plan.xlsx by hand: what `planner check` says of it, cell by cell, and what
`planner solve --keep` makes of it.
"""

import json
import shutil
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from planner.document.plan_file import read_plan, read_rows
from planner.document.plan_rows import PLACEMENTS, SESSIONS
from planner.facts.problem import Problem
from planner.rules.checker import violations
from planner.rules.rule import Strength
from planner.sheets.dataset import load
from planner.words.errors import DatasetError
from tests.ui.command import FIRST_STEPS, planner

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan of first-steps, its workbook without the timetables, which would only
    take time to edit.
    """
    folder = tmp_path_factory.mktemp("solved")
    assert (
        planner("solve", FIRST_STEPS, "-o", folder, "--seconds", 6, "--reproducible").exit_code == 0
    )
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    for name in ("people", "schools", "groups"):
        del book[f"timetable {name}"]
    book.save(folder / "plan.xlsx")
    return folder


class Edited:
    """A plan's workbook, open in a spreadsheet."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "plan.xlsx"
        self.book = openpyxl.load_workbook(self.path)
        self.sessions, self.placements = self.book["sessions"], self.book["placements"]

    def row(self, sheet: Worksheet, **cells: str) -> int:
        """The first row that holds these values."""
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            if all(sheet.cell(row, columns[name]).value == value for name, value in cells.items()):
                return row
        raise AssertionError(f"no row with {cells}")

    def session(self, service: str, day: str) -> int:
        return self.row(self.sessions, service=service, day=day)

    def placement(self, staff: str, day: str) -> int:
        return self.row(self.placements, staff=staff, day=day)

    def check(self, *words: str) -> Any:
        self.book.save(self.path)
        return planner("check", self.path, "--data", FIRST_STEPS, *words)

    def machine(self) -> dict[str, Any]:
        return json.loads(self.check("--json").stdout)

    def solve(self, *words: object) -> Any:
        self.book.save(self.path)
        return planner(
            "solve",
            FIRST_STEPS,
            "--keep",
            self.path,
            "-o",
            self.path.parent / "new",
            "--seconds",
            5,
            *words,
        )


@pytest.fixture
def plan(solved: Path, tmp_path: Path) -> Edited:
    shutil.copytree(solved, tmp_path / "plan")
    return Edited(tmp_path / "plan")


def sentence(told: str, words: str) -> str:
    """The one line that holds these words."""
    (line,) = [line.strip() for line in told.splitlines() if words in line]
    return line


# ---- check: a rule is broken, and which cell it comes from


def test_a_session_outside_its_windows_names_its_start(plan: Edited):
    row = (
        plan.session("G1-READ-T2", "Mon")
        if "Mon" in days_of(plan, "G1-READ-T2")
        else plan.session("G1-READ-T2", "Tue")
    )
    day = plan.sessions[f"E{row}"].value
    plan.sessions[f"F{row}"], plan.sessions[f"G{row}"] = time(13, 0), None
    told = plan.check()
    assert told.exit_code == 1
    said = (
        f"G1-READ-T2 on {day} 13:00–13:30: grade 1 has no block then that permits pull out. "
        f"(sessions!F{row})"
    )
    assert sentence(told.stdout, "has no block") == said
    assert (
        "Against the plan that was written: 1 session moved; same time of day 0 → 1" in told.stdout
    )
    broken = next(found for found in plan.machine()["broken"] if found["rule"] == "windows")
    assert broken["places"] == [
        {"sheet": "sessions", "row": row, "column": "start", "cell": f"sessions!F{row}"}
    ]


def days_of(plan: Edited, service: str) -> list[str]:
    return [row[4] for row in plan.sessions.iter_rows(2, values_only=True) if row[0] == service]


def test_two_sessions_at_once_name_both_rows(plan: Edited):
    one, other = plan.session("G1-READ-T3", "Tue"), plan.session("G2-READ-T3", "Tue")
    plan.sessions[f"D{other}"], plan.sessions[f"F{other}"], plan.sessions[f"G{other}"] = (
        "Interventionist 1",
        "9:45",
        None,
    )
    told = plan.check()
    assert told.exit_code == 1
    said = "Interventionist 1 is with G1-READ-T3 and with G2-READ-T3 at 09:45 on Tue."
    cells = ", ".join(f"sessions!F{row}" for row in sorted((one, other)))
    assert sentence(told.stdout, "is with G1-READ-T3") == f"{said} ({cells})"


def test_an_adult_who_is_not_qualified_is_named_in_the_staff_cell(plan: Edited):
    row = plan.session("G1-READ-T3", "Wed")
    plan.sessions[f"D{row}"] = "ESP 1"
    told = plan.check()
    said = (
        "ESP 1 may not serve G1-READ-T3: holds no structured-literacy that is valid until "
        "2026-06-17."
    )
    assert sentence(told.stdout, "may not serve") == f"{said} (sessions!D{row})"
    shared = "G1-READ-T3 is served by 2 adults (ESP-1, INT-1); 1 may share it."
    assert sentence(told.stdout, "is served by 2 adults") == f"{shared} (sessions!D{row})"
    assert "1 session given to others" in told.stdout


def test_a_missing_lunch_names_the_placement(plan: Edited):
    row = plan.placement("ESP-1", "Thu")
    plan.placements[f"H{row}"] = plan.placements[f"I{row}"] = None
    told = plan.check()
    assert told.exit_code == 1
    assert (
        sentence(told.stdout, "duty-free lunch.")
        == f"ESP 1 on Thu: there is no duty-free lunch. (placements!H{row})"
    )


def test_a_lunch_needs_no_end(plan: Edited):
    row = plan.placement("ESP-1", "Thu")
    plan.placements[f"H{row}"], plan.placements[f"I{row}"] = "11:40", None
    assert plan.check().exit_code == 0
    plan.placements[f"H{row}"] = "10:40"
    assert (
        f"ESP 1 on Thu: lunch at 10:40 is outside 11:00–13:00. (placements!H{row})"
        in plan.check().stdout
    )


def test_a_shift_that_the_contract_does_not_allow_names_the_cell_that_was_changed(plan: Edited):
    row = plan.placement("ESP-2", "Mon")
    plan.placements[f"G{row}"] = "15:00"
    told = plan.check().stdout
    assert (
        f"ESP 2's shift on Mon is 08:00–15:00; the contract allows 08:00–15:30. (placements!G{row})"
        in told
    )
    assert (
        f"ESP 2 is scheduled for 2070 minutes a cycle; the contract says 2100. (placements!G{row})"
        in told
    )


def test_deleted_rows_are_no_fault_and_what_is_no_longer_served_is_listed(plan: Edited):
    for day in DAYS:
        plan.sessions.delete_rows(plan.session("G2-READ-T3", day))
    told = plan.check()
    assert told.exit_code == 0
    assert "No hard rule is broken." in told.stdout
    assert "5 sessions deleted; tier 3 minutes 300 → 150" in told.stdout
    listed = told.stdout.split("No longer served as it was\n")[1].split("\n\n")[0]
    assert listed.startswith(
        "  Gr 2 · reading · G2-READ-T3, Cedar Lane Elementary: none of 5 sessions. "
    )
    assert len(listed.splitlines()) == 1
    left = next(left for left in plan.machine()["unserved"] if left["service"] == "G2-READ-T3")
    assert (left["sessions_owed"], left["sessions_given"], left["sessions_before"]) == (5, 0, 5)
    assert plan.machine()["changed"]["deleted"] == 5


def test_rows_may_be_written_in_many_ways(plan: Edited):
    before = read_plan(plan.path, Problem(load(FIRST_STEPS)))
    rows = [
        list(row)
        for row in plan.sessions.iter_rows(2, values_only=True)
        if row[0] not in ("G1-READ-T3", "DATA-MEETING")
    ]
    plan.sessions.delete_rows(2, 100)
    plan.sessions.append(
        [
            " G1-READ-T3 ",
            None,
            None,
            " interventionist  1 ",
            " mon-FRI",
            0.3958333333,
            None,
            None,
            None,
        ]
    )
    plan.sessions.append([])
    plan.sessions.append(
        ["DATA-MEETING", "duty", "cedar", "INT-1; ESP 2;ESP-1", "Wed", "13:30 ", "14:30", "meeting"]
    )
    for row in reversed(rows):
        plan.sessions.append(
            [*row[:1], None, None, *row[3:5], row[5].strftime("%H:%M"), None, None, None]
        )
    told = plan.check()
    assert told.exit_code == 0, told.output
    assert "Against the plan that was written: no row differs." in told.stdout
    assert read_plan(plan.path, Problem(load(FIRST_STEPS))) == before


# ---- check: what is wrong with the sheets themselves

WRONG = [
    ("A", "G1-REED-T2", "is no group or duty of this dataset. Did you mean 'G1-READ-T2'?"),
    ("C", "cedr", "is no school of this dataset. Did you mean 'cedar'?"),
    ("D", "Interventionst 1", "is nobody in this dataset. Did you mean 'Interventionist 1'?"),
    ("E", "Sat", "'Sat' is no day of the cycle. The cycle's days are Mon, Tue, Wed, Thu, Fri."),
    ("F", "half past nine", "is not a clock time. Write it like 08:30."),
    ("G", "09:00", "is not after start (09:30)."),
    (
        "G",
        "10:15",
        "makes 45 minutes; a session of G1-READ-T3 takes 30. Write 10:00, or clear the cell.",
    ),
    ("B", "duty", "is not what G1-READ-T3 is. It is a group."),
]


@pytest.mark.parametrize(("column", "value", "said"), WRONG)
def test_a_wrong_cell_is_named(column: str, value: str, said: str, plan: Edited):
    row = plan.session("G1-READ-T3", "Tue")
    plan.sessions[f"{column}{row}"] = value
    told = plan.check()
    assert told.exit_code == 2
    heading = SESSIONS["ABCDEFGHI".index(column)]
    assert (
        told.stderr == f"Sheet sessions (plan.xlsx): 1 fault\n  row {row}, column {heading} "
        f"(sessions!{column}{row}): '{value}': {said}\n"
    )
    (fault,) = json.loads(plan.check("--json").stdout)
    assert (fault["cell"], fault["row"], fault["column"]) == (
        f"sessions!{column}{row}",
        row,
        heading,
    )


def test_all_faults_are_named_at_once(plan: Edited):
    row, lunch = plan.session("G1-READ-T3", "Tue"), plan.placement("INT-1", "Mon")
    plan.sessions[f"D{row}"], plan.sessions[f"E{row}"] = "Nobody", "Someday"
    plan.sessions["J1"] = "colour"
    plan.sessions.append([cell.value for cell in plan.sessions[row + 1]])
    plan.placements[f"H{lunch}"] = "=1/0"
    plan.placements["J1"] = "prepartion"
    told = plan.check()
    assert told.exit_code == 2
    last = plan.sessions.max_row
    for said in (
        "row 1, column colour (sessions!J1): is no column of this sheet.",
        f"row {row}, column staff (sessions!D{row}): 'Nobody': is nobody in this dataset.",
        f"row {row}, column day (sessions!E{row}): 'Someday': 'Someday' is no day of the cycle.",
        f"row {last}, column service (sessions!A{last}): '{plan.sessions[f'A{last}'].value}': is "
        f"there already in row {row + 1},"
        " with the same staff, day and start. Delete one of the rows.",
        "row 1, column prepartion (placements!J1): is no column of this sheet. Did you mean "
        "'preparation'?",
        f"row {lunch}, column lunch_start (placements!H{lunch}): holds a formula without a value.",
    ):
        assert said in told.stderr
    assert "6 faults in all." in told.stderr


def test_a_session_twice_over_a_list_of_days_is_named(plan: Edited):
    row = plan.session("G1-READ-T3", "Mon")
    plan.sessions[f"E{row}"] = "Mon;Wed"
    told = plan.check()
    twin = plan.session("G1-READ-T3", "Wed")
    assert (
        f"row {twin}, column service (sessions!A{twin}): 'G1-READ-T3': is there already in row "
        f"{row}" in told.stderr
    )


def test_a_deleted_row_of_headings_is_one_fault(plan: Edited):
    plan.sessions.delete_rows(1)
    told = plan.check()
    assert told.exit_code == 2
    assert told.stderr == (
        "Sheet sessions (plan.xlsx): 1 fault\n"
        "  row 1 (sessions!A1): holds no headings: the row with the names of the columns is "
        "missing."
        " Write into it: service, kind, school, staff, day, start, end, place, dates.\n"
    )


def test_a_deleted_heading_is_named_where_it_was(plan: Edited):
    plan.sessions["D1"] = None
    told = plan.check()
    assert told.exit_code == 2
    assert (
        "  row 1, column staff (sessions!D1): is a required column and is missing. Write staff "
        "into D1.\n" in told.stderr
    )


def test_a_name_of_two_people_is_no_name(plan: Edited, tmp_path: Path):
    data = shutil.copytree(FIRST_STEPS, tmp_path / "data")
    staff = (data / "staff.csv").read_text(encoding="utf-8")
    (data / "staff.csv").write_text(staff.replace("ESP 2", "ESP 1"), encoding="utf-8")
    row = plan.session("G1-READ-T3", "Mon")
    plan.sessions[f"D{row}"] = "ESP 1"
    plan.book.save(plan.path)
    told = planner("check", plan.path, "--data", data)
    assert told.exit_code == 2
    said = "is the name of several people. Write one of their ids: ESP-1, ESP-2."
    assert f"row {row}, column staff (sessions!D{row}): 'ESP 1': {said}" in told.stderr


# ---- any edit at all

TEXTS = [
    "",
    "Mon",
    "Mon-Fri",
    "Tue;Thu",
    "09:30",
    "10:00",
    "23:45",
    "24:00",
    "ESP-1",
    "INT-1;ESP-2",
    "G1-READ-T2",
    "DATA-MEETING",
]
TEXTS += [
    "cedar",
    "duty",
    "group",
    "am",
    "07:45-08:05; 9:10-9:30",
    "2026-09-01",
    "-",
    ";",
    "x",
    "=A1",
    "0",
    "1e9",
    "\u00e9\u0301",
]
VALUES: st.SearchStrategy[object] = st.one_of(
    st.sampled_from(TEXTS),
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.integers(-5, 3000),
    st.floats(0, 2),
    st.booleans(),
)
EDITS = st.tuples(
    st.sampled_from(["sessions", "placements"]),
    st.sampled_from(["set", "delete", "copy"]),
    st.integers(1, 29),
    st.integers(0, len(PLACEMENTS)),
    VALUES,
)


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(edit=EDITS)
def test_the_verdict_on_any_edit_is_the_rules_verdict(
    edit: tuple[str, str, int, int, object], solved: Path, tmp_path: Path
):
    sheet, what, row, column, value = edit
    shutil.copy(solved / "plan.xlsx", tmp_path)
    shutil.copy(solved / "plan.json", tmp_path)
    plan = Edited(tmp_path)
    if what == "set":
        plan.book[sheet].cell(row, column + 1).value = value
    elif what == "delete":
        plan.book[sheet].delete_rows(row)
    else:
        plan.book[sheet].append([cell.value for cell in plan.book[sheet][row]])
    told = plan.check("--json")
    assert told.exception is None or isinstance(told.exception, SystemExit)
    problem = Problem(load(FIRST_STEPS))
    if told.exit_code == 2:
        with pytest.raises(DatasetError) as wrong:
            read_rows(plan.path, problem)
        faults = [
            fault
            for fault in wrong.value.faults
            if not fault.rule.startswith("is a required column")
        ]
        assert all(fault.cell for fault in faults)
        return
    read = read_rows(plan.path, problem)
    broken = violations(problem, read.plan, strength=Strength.HARD)
    assert told.exit_code == (1 if broken else 0)
    assert [found["message"] for found in json.loads(told.stdout)["broken"]] == [
        found.message for found in broken
    ]


# ---- solve --keep


def document(plan: Edited) -> dict[str, Any]:
    return json.loads((plan.path.parent / "new" / "plan.json").read_text(encoding="utf-8"))


def sessions_of(plan: Edited, service: str) -> set[tuple[str, str, str]]:
    return {
        (s["day"], s["start"], ";".join(s["staff"]))
        for s in document(plan)["sessions"]
        if s["service"] == service
    }


def test_a_plan_that_was_not_edited_comes_back_as_it_was(plan: Edited):
    told = plan.solve()
    assert told.exit_code == 0, told.output
    assert "Kept: nothing, as no row was changed. The search began with that plan." in told.stdout
    assert (
        document(plan)["sessions"]
        == json.loads((plan.path.parent / "plan.json").read_text(encoding="utf-8"))["sessions"]
    )


def test_edits_stand_and_the_rest_is_planned_around_them(plan: Edited):
    free = next(day for day in DAYS if day not in days_of(plan, "G1-READ-T2"))
    moved = plan.session("G1-READ-T2", "Thu" if free != "Thu" else "Fri")
    adult = plan.sessions[f"D{moved}"].value
    plan.sessions[f"E{moved}"] = free
    gone = plan.session("G3-MATH-T1", "Mon")
    was = (plan.sessions[f"D{gone}"].value, plan.sessions[f"F{gone}"].value.strftime("%H:%M"))
    plan.sessions.delete_rows(gone)
    lunch = plan.placement("INT-1", "Tue")
    plan.placements[f"H{lunch}"], plan.placements[f"I{lunch}"] = "11:55", None
    told = plan.solve()
    assert told.exit_code == 0, told.output
    assert (
        "Kept: 1 session, 1 lunch; 1 deleted row stays away. The rest began as it is in that plan."
        in told.stdout
    )
    assert (free, "09:30", adult) in sessions_of(plan, "G1-READ-T2")
    assert ("Mon", was[1], was[0]) not in sessions_of(plan, "G3-MATH-T1")
    assert len(sessions_of(plan, "G3-MATH-T1")) == 4
    placed = next(
        p for p in document(plan)["placements"] if (p["staff"], p["day"]) == ("INT-1", "Tue")
    )
    assert (placed["lunch_start"], placed["lunch_end"]) == ("11:55", "12:25")


@pytest.mark.slow
def test_every_row_stands_where_all_is_to_be_kept(plan: Edited):
    told = plan.solve("--keep-all", "--json")
    assert told.exit_code == 0, told.output
    count = plan.sessions.max_row - 1
    held = {"sessions": count, "placements": 15, "lunches": 15}
    assert json.loads(told.stdout)["kept"] == held | {"away": 0, "free": 0, "training": 0}
    (plan.path.parent / "plan.json").unlink()
    assert json.loads(plan.solve("--json").stdout)["kept"]["sessions"] == count
    assert json.loads(planner("solve", FIRST_STEPS, "--keep", plan.path.parent / "new" / "plan.json", "--keep-all",
        "-o", plan.path.parent / "again", "--seconds", 5, "--json").stdout)["kept"]["sessions"] == count  # fmt: skip


def outside(plan: Edited) -> list[str]:
    row = plan.session("G1-READ-T3", "Mon")
    plan.sessions[f"F{row}"], plan.sessions[f"G{row}"] = "09:35", None
    moved = (
        "You moved G1-READ-T3 on Mon at 09:35 with Interventionist 1, from Mon at 09:30 "
        f"(sessions!F{row})."
    )
    return ["G1-READ-T3 may be only in its windows: grade 1: all 09:30-10:00.", moved]


def unqualified(plan: Edited) -> list[str]:
    row = plan.session("G1-READ-T3", "Mon")
    plan.sessions[f"D{row}"] = "ESP-1"
    return [
        "Whoever serves G1-READ-T3 must be qualified for it.",
        f"You gave G1-READ-T3 on Mon at 09:30 to ESP 1 (sessions!D{row}).",
    ]


def early_lunch(plan: Edited) -> list[str]:
    row = plan.placement("ESP-2", "Fri")
    plan.placements[f"H{row}"], plan.placements[f"I{row}"] = "10:00", "10:30"
    wanted = f"ESP 2's lunch on Fri is to start at 10:00 (placements!H{row})."
    return ["ESP 2 has 30 minutes of duty-free lunch between 11:00 and 13:00 on Fri.", wanted]


def late_shift(plan: Edited) -> list[str]:
    row = plan.placement("ESP-2", "Fri")
    plan.placements[f"F{row}"] = "08:30"
    begins = "ESP 2's Fri at Cedar Lane Elementary is to begin at 08:30"
    return [f"{begins} (placements!F{row}); the contract allows 08:00–15:30."]


def both_at_once(plan: Edited) -> list[str]:
    one, other = plan.session("G1-READ-T2", days_of(plan, "G1-READ-T2")[0]), 0
    day, adult = (
        plan.sessions[f"E{one}"].value,
        "ESP-1" if plan.sessions[f"D{one}"].value == "ESP-2" else "ESP-2",
    )
    plan.sessions[f"D{one}"] = adult
    plan.sessions.append(["G1-READ-T2", None, None, "INT-1", day, "09:30"])
    other = plan.sessions.max_row
    return [
        f"G1-READ-T2 on {day} at 09:30 to {'ESP 1' if adult == 'ESP-1' else 'ESP 2'} "
        f"(sessions!D{one})",
        f"You added G1-READ-T2 on {day} at 09:30 with Interventionist 1 (sessions!A{other}).",
    ]


@pytest.mark.parametrize(
    "edit",
    [outside, unqualified, early_lunch, late_shift, both_at_once],
    ids=lambda edit: edit.__name__,
)
def test_edits_that_no_plan_can_keep_are_said_with_their_cells(
    edit: Callable[[Edited], list[str]], plan: Edited
):
    expected = edit(plan)
    told = plan.solve()
    assert told.exit_code == 3, told.output
    for said in expected:
        assert said in told.stderr
    assert told.stderr.count("  - ") <= len(expected) + 1
    assert not (plan.path.parent / "new").exists()


def test_keep_all_of_nothing_makes_no_sense(plan: Edited):
    refused = planner("solve", FIRST_STEPS, "--keep-all")
    assert refused.exit_code == 2
    assert "Say which: --keep plan.xlsx --keep-all" in refused.stderr
    assert "is not there" in planner("solve", FIRST_STEPS, "--keep", "plon.xlsx").stderr


# ---- solving again does not lose what was edited


@pytest.mark.slow
def test_an_edited_workbook_is_kept_beside_the_new_one(plan: Edited):
    folder = plan.path.parent
    words = ["solve", FIRST_STEPS, "-o", folder, "--seconds", 2]
    plan.sessions.delete_rows(2)
    plan.book.save(plan.path)
    edited, written = plan.path.read_bytes(), (folder / "plan.json").read_bytes()
    told = planner(*words)
    assert told.exit_code == 0, told.output
    assert f"{folder / 'plan (edited).xlsx'}  your edited workbook, kept as it was" in told.stdout
    assert (folder / "plan (edited).xlsx").read_bytes() == edited
    assert (folder / "plan (edited).json").read_bytes() == written
    assert (
        "1 session deleted"
        in planner("check", folder / "plan (edited).xlsx", "--data", FIRST_STEPS).stdout
    )

    assert "your edited workbook" not in planner(*words).stdout
    (folder / "plan.xlsx").write_bytes(b"something else")
    assert (
        str(folder / "plan (edited 2).xlsx")
        in json.loads(planner(*words, "--json").stdout)["files"]
    )
    assert (folder / "plan (edited 2).xlsx").read_bytes() == b"something else"
