"""Names that a file system, a spreadsheet or a calendar refuses: every format is written, once."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.render.export import File, Wanted, exported
from planner.render.formats import KINDS
from planner.render.workbook.plan_workbook import write_plan_workbook
from planner.sheets.dataset import save
from tests.planner.planned import PLAN, RESULT, problem
from tests.slow import quick_and_slow
from tests.ui.command import planner

STAMP = datetime(2026, 9, 1, 7, 30, tzinfo=UTC)
WANTED = Wanted(KINDS, STAMP, extras=("lunch", "preparation", "travel", "shift"))
SCRIPTS = [
    "",
    " ",
    "İıß\u0130",
    "王芳",
    "עברית אבג",
    "नमस्ते",
    "😀👩\u200d👧",
    "a\u0301\u0301\u0301",
    "\u202eevil",
    "x" * 2000,
    "\x00\x01\x1f",
    "two\nlines\r\n",
    "a;b,c:d\\n",
    '=HYPERLINK("http://x","y")',
    "BEGIN:VEVENT",
    "&<>'\"]]>",
    "\ufffe\uffff",
]


def named(name: str) -> Problem:
    """The small district with one name for everybody and everything, as a plan may hold it that
    was not read from sheets.
    """
    data = problem().data
    changes = {
        "staff": tuple(row.model_copy(update={"name": name}) for row in data.staff),
        "schools": tuple(row.model_copy(update={"name": name}) for row in data.schools),
        "groups": tuple(row.model_copy(update={"subject": name}) for row in data.groups),
        "roles": tuple(row.model_copy(update={"title": name}) for row in data.roles),
        "district": data.district.model_copy(update={"name": name}),
    }
    return Problem(data.model_copy(update=changes), name)


def opened(files: Iterator[File]) -> list[str]:
    """The names of files, each of which is read by a reader of its kind."""
    names = []
    for file in files:
        names.append(file.path)
        if file.path.endswith(".ics"):
            assert Calendar.from_ical(file.content).get("version") == "2.0"
        elif file.path.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
            assert len({len(row) for row in rows}) == 1
        else:
            assert pypdf.PdfReader(io.BytesIO(file.content)).pages
    return names


@pytest.mark.parametrize("name", quick_and_slow(SCRIPTS[::2], SCRIPTS[1::2]))
def test_every_format_is_written_whatever_a_name_holds(tmp_path: Path, name: str):
    facts = named(name)
    names = opened(exported(facts, facts, PLAN, WANTED))
    assert len({path.casefold() for path in names}) == len(names) > 8
    document = plan_document(facts, RESULT, scenario=name, dataset_hash="x")
    write_plan_workbook(tmp_path / "plan.xlsx", facts, RESULT, document)
    assert "summary" in openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_and_whatever_else_it_holds(tmp_path: Path, name: str):
    facts = named(name)
    assert opened(exported(facts, facts, PLAN, WANTED))


def test_a_line_break_in_a_name_is_no_line_break_in_a_calendar(tmp_path: Path):
    staff = 'staff,name,role,fte,schools,home_school\nP1,"Para\nOne",para,1,elm;oak,elm\n'
    facts = problem(staff=staff + "P2,Para 2,para,0.5,elm,elm\n")
    files = exported(facts, facts, PLAN, replace(WANTED, kinds=("ical",)))
    texts = [file.content.decode().replace("\r\n ", "") for file in files]
    assert any("Meeting · meet · Para One and Para 2" in text for text in texts)


def test_ids_that_differ_in_capitals_alone_are_two_files_everywhere(tmp_path: Path):
    staff = (
        "staff,name,role,fte,schools,home_school\nCON,History,para,1,elm,elm\n"
        'con,"=HYPERLINK(""http://x"",""y"")",para,1,elm,elm\na/b\\..,summary,para,1,elm,elm\n'
        "..,dots,para,1,elm,elm\n王芳,first,para,1,elm,elm\n王-芳,second,para,1,elm,elm\n"
    )
    facts = problem(staff=staff, duties=None)
    save(facts.data, tmp_path / "small")
    (tmp_path / "plan.json").write_text('{"sessions": [], "placements": []}')
    told = planner(
        "export", tmp_path / "plan.json", "--data", tmp_path / "small", "-o", tmp_path / "out"
    )
    assert told.exit_code == 0, told.output
    people = [path.name for path in (tmp_path / "out" / "calendars").glob("person-*")]
    assert len({name.casefold() for name in people}) == len(people) == 6
    assert all(len(name.encode()) < 255 for name in people)
    assert list(exported(facts, facts, Plan((), ()), WANTED))
