import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from planner.document.plan_document import PlanDocument
from planner.document.plan_file import plan_document, read_plan, run_document, write_json
from planner.plan.plan import Attendance, Plan
from planner.render.workbook.plan_workbook import write_plan_workbook
from planner.words.errors import DatasetError, Fault
from tests.planner.planned import PLAN, RESULT, problem, session


def document() -> PlanDocument:
    return plan_document(problem(), RESULT, scenario="small", dataset_hash="abc")


@pytest.fixture
def plan_json(tmp_path: Path) -> Path:
    write_json(tmp_path / "plan.json", document().as_data())
    return tmp_path / "plan.json"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook without its timetables, which would only take time to edit."""
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    write_plan_workbook(path, problem(), RESULT, document())
    workbook = openpyxl.load_workbook(path)
    for name in ("people", "schools", "groups"):
        del workbook[f"timetable {name}"]
    workbook.save(path)
    return path


@pytest.fixture
def plan_xlsx(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(written, tmp_path))


def edit(path: Path, sheet: str, cell: str, value: object) -> None:
    """Change one cell as somebody would in a spreadsheet."""
    workbook = openpyxl.load_workbook(path)
    workbook[sheet][cell] = value
    workbook.save(path)


def faults(path: Path) -> list[Fault]:
    with pytest.raises(DatasetError) as raised:
        read_plan(path, problem())
    return list(raised.value.faults)


def test_a_plan_comes_back_from_json(plan_json: Path):
    assert read_plan(plan_json, problem()) == PLAN


def test_a_plan_comes_back_from_its_workbook(tmp_path: Path):
    write_plan_workbook(tmp_path / "plan.xlsx", problem(), RESULT, document())
    assert read_plan(tmp_path / "plan.xlsx", problem()) == PLAN


def test_sessions_on_some_dates_come_back(tmp_path: Path):
    some = replace(
        session("elm-2-read", "Mon", "9:00", "9:30", "P1"),
        dates=(date(2026, 10, 5), date(2026, 11, 2)),
    )
    result = replace(RESULT, plan=Plan(PLAN.placements, (some,)))
    document = plan_document(problem(), result, scenario="", dataset_hash="")
    write_json(tmp_path / "plan.json", document.as_data())
    write_plan_workbook(tmp_path / "plan.xlsx", problem(), result, document)
    for name in ("plan.json", "plan.xlsx"):
        assert read_plan(tmp_path / name, problem()) == result.plan


def test_the_document_has_the_contracts_keys():
    found = document().as_data()
    assert list(found) == [
        "document_version", "scenario", "dataset_hash", "changes", "schema_version", "solver", "positions", "placements", "sessions", "training",
        "unserved", "findings", "measures", "names", "district",
    ]  # fmt: skip
    assert found["sessions"][0] == {
        "service": "elm-1-math", "kind": "group", "school": "elm", "staff": ["P1"], "day": "Mon", "start": "09:30",
        "end": "10:00", "place": "push_in", "dates": [],
    }  # fmt: skip
    assert found["placements"][1] == {
        "staff": "P1", "position": "", "day": "Mon", "half": "pm", "school": "oak", "shift_start": "11:20",
        "shift_end": "15:30", "lunch_start": "12:00", "lunch_end": "12:30",
        "preparation": [{"start": "13:00", "end": "13:40"}, {"start": "14:00", "end": "14:20"}],
    }  # fmt: skip
    assert found["solver"]["goals"][1] == {
        "goal": "tier_2_minutes", "title": "Tier 2 minutes", "unit": "minutes × priority", "value": 90, "bound": 120,
        "gap": 0.25, "words": "at most 33.3 % more is possible",
    }  # fmt: skip
    assert found["measures"]["minutes"]["tier"]["2"] == {"owed": 180, "delivered": 90}


def test_equal_plans_are_equal_files(tmp_path: Path):
    turned = replace(
        RESULT,
        plan=Plan(PLAN.placements[::-1], PLAN.sessions[::-1]),
        unserved=RESULT.unserved[::-1],
        findings=RESULT.findings[::-1],
    )
    for name, result in (("a", RESULT), ("b", turned)):
        found = plan_document(problem(), result, scenario="small", dataset_hash="abc")
        write_json(tmp_path / name, found.as_data())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_result_without_a_plan_is_a_document_too():
    found = plan_document(problem(), replace(RESULT, plan=None), scenario="", dataset_hash="")
    assert (found.sessions, found.placements) == ((), ())
    json.dumps(found.as_data())


def test_the_run_says_what_may_differ():
    found = run_document(
        started=datetime(2026, 10, 5, tzinfo=UTC),
        seconds=1.23456,
        goal_seconds={"same_time": 0.5},
        workers=2,
        seed=1,
    )
    assert found["started"] == "2026-10-05T00:00:00+00:00"
    assert found["seconds"] == 1.235
    assert set(found["versions"]) == {"planner", "ortools", "python"}


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "column", "fix"),
    [
        ("sessions", "A3", "elm-2-reed", "service", "Did you mean 'elm-2-read'?"),
        ("sessions", "D3", "P11", "staff", "Did you mean 'P1'?"),
        ("sessions", "D3", "P9", "staff", ""),
        ("sessions", "C3", "elmm", "school", "Did you mean 'elm'?"),
        ("sessions", "B3", "dutty", "kind", "Did you mean 'duty'?"),
        ("sessions", "E3", "Mnn", "day", ""),
        ("sessions", "F3", "9 o'clock", "start", ""),
        ("sessions", "G3", "08:00", "end", ""),
        ("sessions", "I3", "soon", "dates", ""),
        ("placements", "A4", "P3", "staff", "Did you mean 'P1'?"),
        ("placements", "E4", "ok", "school", "Did you mean 'oak'?"),
        ("placements", "G4", "25:00", "shift_end", ""),
        ("placements", "I4", "11:59", "lunch_end", ""),
        ("placements", "J4", "all morning", "preparation", ""),
        ("placements", "D4", "noon", "half", "It may be day, am, pm."),
    ],
)
def test_a_cell_edited_wrongly_is_named(
    plan_xlsx: Path, sheet: str, cell: str, value: object, column: str, fix: str
):
    edit(plan_xlsx, sheet, cell, value)
    found = faults(plan_xlsx)
    assert len(found) == 1
    fault = found[0]
    assert (fault.file, fault.sheet, fault.row, fault.column) == (
        "plan.xlsx",
        sheet,
        int(cell[1:]),
        column,
    )
    assert fault.cell == cell
    if sheet != "placements" or column != "staff":
        assert fault.fix == fix or not fix
    assert fault.value == (value or "")


def test_someone_who_has_left_is_told_from_someone_unknown(plan_xlsx: Path):
    edit(plan_xlsx, "sessions", "D2", "P9")
    assert faults(plan_xlsx)[0].rule == "is not under contract on the planned day."


def test_a_good_edit_is_read(plan_xlsx: Path):
    edit(plan_xlsx, "sessions", "F2", "09:20")
    edit(plan_xlsx, "sessions", "G2", None)
    edit(plan_xlsx, "sessions", "D2", "P2; P1")
    edit(plan_xlsx, "sessions", "E2", "mon")
    found = read_plan(plan_xlsx, problem()).sessions_of["elm-2-read"][0]
    assert (found.day, found.start, found.end, found.staff) == ("Mon", 560, 590, ("P1", "P2"))


def test_one_row_may_stand_for_several_days(plan_xlsx: Path):
    edit(plan_xlsx, "sessions", "E2", "Mon;Wed-Thu")
    days = [s.day for s in read_plan(plan_xlsx, problem()).sessions_of["elm-2-read"]]
    assert sorted(days) == ["Mon", "Thu", "Tue", "Wed"]


def test_every_fault_is_said_at_once(plan_xlsx: Path):
    edit(plan_xlsx, "sessions", "A2", "nothing")
    edit(plan_xlsx, "sessions", "F2", "noon")
    edit(plan_xlsx, "placements", "C2", "Someday")
    assert [(f.sheet, f.column) for f in faults(plan_xlsx)] == [
        ("sessions", "service"), ("sessions", "start"), ("placements", "day"),
    ]  # fmt: skip


def test_a_missing_column_and_an_unknown_one_are_named(plan_xlsx: Path):
    edit(plan_xlsx, "sessions", "F1", "begin")
    assert [(f.column, f.rule) for f in faults(plan_xlsx)] == [
        ("begin", "is no column of this sheet."),
        ("start", "is a required column and is missing."),
    ]


def test_a_missing_sheet_is_named(plan_xlsx: Path):
    workbook = openpyxl.load_workbook(plan_xlsx)
    del workbook["placements"]
    workbook.save(plan_xlsx)
    assert [(f.sheet, f.rule) for f in faults(plan_xlsx)] == [("placements", "is missing.")]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"sessions": 1}', '{"sessions": [1], "placements": [{"staff": {}}]}']
)
def test_a_json_file_that_is_no_plan_is_a_fault(tmp_path: Path, text: str):
    (tmp_path / "plan.json").write_text(text)
    assert faults(tmp_path / "plan.json")


def test_a_wrong_name_in_json_is_named_by_its_place(plan_json: Path):
    plan_json.write_text(plan_json.read_text().replace('"service": "meet"', '"service": "meat"'))
    found = faults(plan_json)[0]
    assert (found.sheet, found.row, found.column, found.fix) == (
        "sessions",
        6,
        "service",
        "Did you mean 'meet'?",
    )


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path):
    for name in ("plan.json", "plan.xlsx"):
        assert faults(tmp_path / name)


# -- training

TRAINED = {
    "training": "training,roles,hours,due\nfcs,para,7,hire+4 months\n",
    "offerings": "training,date,start,end,seats\nfcs,2027-02-05,08:00,15:00,2\n",
}
COURSE = Attendance("P9", "fcs", date(2027, 2, 5), 480, 900)


def test_training_comes_back_from_both_files(tmp_path: Path):
    facts = problem(**TRAINED)
    result = replace(RESULT, plan=replace(PLAN, training=(COURSE,)))
    whole = plan_document(facts, result, scenario="small", dataset_hash="abc")
    found = whole.as_data()
    assert found["training"] == [
        {"staff": "P9", "training": "fcs", "date": "2027-02-05", "start": "08:00", "end": "15:00"}
    ]
    assert found["measures"]["training_deadlines"] == {"owed": 1, "delivered": 1}
    write_json(tmp_path / "plan.json", found)
    assert read_plan(tmp_path / "plan.json", facts) == result.plan
    write_plan_workbook(tmp_path / "plan.xlsx", facts, result, whole)
    assert read_plan(tmp_path / "plan.xlsx", facts) == result.plan
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["deadlines"]
    assert [cell.value for cell in sheet[2]] == [
        "Para 9",
        "Paraeducator",
        "fcs",
        "2027-05-05",
        7,
        7,
        "2027-02-05",
        None,
    ]


@pytest.mark.slow
def test_a_date_of_training_may_be_a_real_date_and_is_checked(tmp_path: Path):
    facts = problem(**TRAINED)
    result = replace(RESULT, plan=replace(PLAN, training=(COURSE,)))
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(
        path, facts, result, plan_document(facts, result, scenario="small", dataset_hash="abc")
    )
    edit(path, "training", "C2", datetime(2027, 2, 6))  # noqa: DTZ001
    assert read_plan(path, facts).training == (replace(COURSE, date=date(2027, 2, 6)),)
    edit(path, "training", "A2", "P8")
    edit(path, "training", "B2", None)
    edit(path, "training", "C2", "soon")
    with pytest.raises(DatasetError) as raised:
        read_plan(path, facts)
    assert [(fault.column, fault.rule) for fault in raised.value.faults] == [
        ("staff", "is no person of this dataset."),
        ("date", "is not a date. Write it like 2026-09-01."),
        ("training", "is required and is blank."),
    ]


def test_what_is_open_is_said_with_its_reason(tmp_path: Path):
    facts = problem(**TRAINED)
    write_plan_workbook(
        tmp_path / "plan.xlsx",
        facts,
        RESULT,
        plan_document(facts, RESULT, scenario="small", dataset_hash="abc"),
    )
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["deadlines"]
    assert [cell.value for cell in sheet[2]][4:] == [
        7,
        0,
        None,
        "there are courses that they do not attend.",
    ]
