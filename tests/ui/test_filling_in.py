"""A planner fills the template in for one school from nothing, doing only what `planner validate`
says is the next step.
"""

import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planner.facts.row import columns_of
from planner.facts.sheets import SHEETS, heading
from planner.sheets.missing_sheets import FILLING_ORDER
from tests.ui.command import planner

# What this planner knows of their school, and types in when a sheet is asked for.
KNOWN: dict[str, list[dict[str, object]]] = {
    "district": [{"name": "Elm", "year_start": date(2026, 9, 1), "year_end": date(2027, 6, 18)}],
    "roles": [
        {"role": "para", "title": "Paraeducator", "obligation_minutes": 420, "contract_days": 190}
    ],
    "schools": [{"school": "elm", "name": "Elm Elementary"}],
    "blocks": [
        {"school": "elm", "grades": "K-3", "start": "09:00", "end": "10:30", "kind": "flex"}
    ],
    "staff": [{"staff": "ESP-1", "role": "para", "start": "08:00"}],
    "groups": [
        {
            "group": "reading-2",
            "school": "elm",
            "grades": "2",
            "tier": 2,
            "students": 4,
            "minutes": 30,
            "sessions": 4,
        },
        {
            "group": "reading-3",
            "school": "elm",
            "grades": "3",
            "tier": 3,
            "students": 2,
            "minutes": 30,
            "sessions": 5,
        },
    ],
}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The template without its worked rows."""
    path = tmp_path / "school.xlsx"
    assert planner("init", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    for sheet in SHEETS:
        book[sheet].delete_rows(2, 5)
    book.save(path)
    return path


def fill(path: Path, sheet: str, rows: list[dict[str, object]]) -> None:
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    column = {cell.value: cell.column for cell in page[1]}
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            page.cell(number, column[name]).value = value
    book.save(path)


def steps(said: str) -> list[str]:
    """The sheets that are still missing, in the order said."""
    return re.findall(r"^  \d+\. (\w+): ", said, re.MULTILINE)


def test_the_steps_lead_from_an_empty_template_to_a_plan(empty: Path, tmp_path: Path):
    taken = []
    while True:
        told = planner("validate", empty)
        left = steps(told.stdout + told.stderr)
        assert told.exit_code == (2 if {"district", "roles", "schools"} & set(left) else 0)
        if not left:
            break
        assert "fault" not in told.stderr, "nothing but what is missing"
        taken.append(left[0])
        assert len(taken) <= len(KNOWN)
        fill(empty, left[0], KNOWN[left[0]])
    assert taken == ["district", "roles", "schools", "blocks", "staff", "groups"]
    assert told.stdout.startswith("school is in order.\n")
    solved = planner("solve", empty, "-o", tmp_path / "plan", "--seconds", 10, "--workers", 1)
    assert solved.exit_code == 0, solved.stderr
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text())
    assert len(plan["sessions"]) == 9
    assert plan["unserved"] == plan["findings"] == []


def test_an_empty_template_says_every_step_with_its_columns_and_why(empty: Path):
    told = planner("validate", empty)
    assert told.stderr.splitlines()[:7] == [
        "Still missing, in the order in which to fill it in:",
        "  1. district: has no rows; it is always needed: everything else depends on its school "
        "year, its days and its grades.",
        "     Fill it in: the one row needs name, year_start and year_end.",
        "  2. roles: has no rows; it is always needed: everybody who is planned works under one "
        "of these job classes.",
        "     Fill it in: each row needs role, title, obligation_minutes and contract_days.",
        "  3. schools: has no rows; it is always needed: people work at them, and groups are "
        "served there.",
        "     Fill it in: each row needs school and name.",
    ]
    assert steps(told.stderr) == list(KNOWN)
    listed = json.loads(planner("validate", empty, "--json").stdout)
    assert [(entry["kind"], entry["sheet"]) for entry in listed] == [
        ("missing", sheet) for sheet in KNOWN
    ]


def test_whoever_begins_at_the_end_is_sent_to_the_root_and_not_told_of_every_row(empty: Path):
    groups = [{**KNOWN["groups"][0], "group": f"g{number}"} for number in range(60)]
    for sheet, rows in {
        "district": KNOWN["district"],
        "roles": KNOWN["roles"],
        "groups": groups,
    }.items():
        fill(empty, sheet, rows)
    told = planner("validate", empty)
    assert steps(told.stderr) == ["schools", "blocks", "staff"]
    assert (
        "row 2 of groups refers to it in the column school.\n     Add elm there first: each row "
        "needs" in told.stderr
    )
    assert len(told.stderr.splitlines()) == 7
    fill(empty, "schools", [{"school": "oak", "name": "Oak"}])
    told = planner("validate", empty)
    assert (
        "1. schools: 'elm' is not there, and rows 2-61 of groups (column school) refer to it.\n"
        in told.stderr
    )


def test_until_somebody_can_serve_the_groups_validate_says_what_a_timetable_needs(empty: Path):
    for sheet in ("district", "roles", "schools", "groups"):
        fill(empty, sheet, KNOWN[sheet])
    told = planner("validate", empty)
    assert told.exit_code == 0
    assert told.stdout.startswith("school is in order, as far as it goes.\n")
    assert steps(told.stdout) == ["blocks", "staff"]


def test_a_budget_needs_no_timetable(empty: Path):
    for sheet in ("district", "roles", "schools"):
        fill(empty, sheet, KNOWN[sheet])
    fill(empty, "programs", [{"program": "title-1", "source": "federal"}])
    fill(empty, "funds", [{"fund": "t1", "program": "title-1", "amount": 1000}])
    told = planner("validate", empty)
    assert told.exit_code == 0
    assert "missing" not in told.stdout


def test_no_sheet_is_filled_in_before_those_that_it_refers_to():
    for sheet, model in SHEETS.items():
        for column in columns_of(model):
            for wanted in set(column.refers_to) - {sheet}:
                before, after = FILLING_ORDER.index(wanted), FILLING_ORDER.index(sheet)
                assert before < after, f"{sheet}.{heading(column.name)}"
