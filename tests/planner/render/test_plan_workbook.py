import gc
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planner.document.plan_file import plan_document
from planner.document.plan_rows import PLACEMENTS, SESSIONS
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan
from planner.plan.result import Result
from planner.render.workbook import plan_workbook
from planner.render.workbook.plan_workbook import write_plan_workbook
from planner.words import palette
from tests.planner.planned import PLAN, RESULT, SCHOOLS, STAFF, at, problem, session

SHEETS = [
    "summary", "timetable people", "timetable schools", "timetable groups", "minutes", "left out", "could "
        "join", "open "
        "slots",
    "who is free", "sessions", "placements", "findings",
]  # fmt: skip


def written(path: Path, problem: Problem, result: Result = RESULT) -> openpyxl.Workbook:
    document = plan_document(problem, result, scenario="Adopted", dataset_hash="abc")
    write_plan_workbook(path / "plan.xlsx", problem, result, document)
    return openpyxl.load_workbook(path / "plan.xlsx")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return written(tmp_path_factory.mktemp("plan"), problem())


def row_of(sheet: Worksheet, text: str, column: int = 2) -> int:
    return next(
        r for r in range(1, sheet.max_row + 1) if text in str(sheet.cell(r, column).value or "")
    )


def blocks(sheet: Worksheet, text: str) -> list[tuple[int, int, int, int]]:
    """Where blocks are that begin with a text: first and last row, first and last column."""
    return sorted(
        (area.min_row, area.max_row, area.min_col, area.max_col)
        for area in sheet.merged_cells.ranges
        if str(sheet.cell(area.min_row, area.min_col).value or "").startswith(text)
    )


def every_text(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_sheets_stand_in_order(workbook: openpyxl.Workbook):
    assert workbook.sheetnames == SHEETS


def test_the_summary_says_it_in_a_sentence(workbook: openpyxl.Workbook):
    said = every_text(workbook["summary"])
    assert "Adopted" in said
    sentence = (
        "Served 100 % of tier 3 minutes and 50 % of tier 2. One group is left out and one "
        "group gets less than owed; "
    )
    assert f"{sentence}see left out." in said
    assert "The independent check found 1 breach of a hard rule; see findings." in said
    assert "proved best" in said
    assert "at most 33.3 % more is possible" in said


def test_the_summary_leads_to_every_sheet(workbook: openpyxl.Workbook):
    targets = {
        cell.hyperlink.location
        for row in workbook["summary"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert targets == {f"'{name}'!A1" for name in SHEETS[1:]}


def test_a_block_is_as_high_as_it_is_long(workbook: openpyxl.Workbook):
    sheet = workbook["timetable people"]
    reading = blocks(sheet, "Gr 2 · reading · elm-2-read")
    assert [last - first + 1 for first, last, _, _ in reading] == [6, 6]
    meeting = blocks(sheet, "Meeting · meet")
    assert [last - first + 1 for first, last, _, _ in meeting] == [9, 9]
    heights = {sheet.row_dimensions[row].height for row in range(reading[0][0], meeting[0][1] + 1)}
    assert len(heights) == 1


def test_blocks_stand_at_their_time_and_day(workbook: openpyxl.Workbook):
    sheet = workbook["timetable people"]
    (first, _, monday, _), (_, _, tuesday, _) = blocks(sheet, "Gr 2 · reading")
    eight = row_of(sheet, "8:00", column=1)
    assert sheet.cell(eight, 1).value == "8:00"
    assert first - eight == (9 * 60 - 8 * 60) // 5
    assert (monday, tuesday) == (2, 7)
    assert sheet.cell(row_of(sheet, "Mon"), tuesday).value == "Tue"


def test_a_block_has_the_tint_the_bar_and_the_letter_of_its_tier(workbook: openpyxl.Workbook):
    sheet = workbook["timetable people"]
    top, bottom, first, last = blocks(sheet, "Gr 2 · reading")[0]
    tone = palette.TIER[3]
    assert sheet.cell(top, first).fill.fgColor.rgb == "FF" + tone.ground.lstrip("#")
    for row in range(top, bottom + 1):
        assert sheet.cell(row, first).border.left.style == "thick"
        assert sheet.cell(row, first).border.left.color.rgb == "FF" + tone.bar.lstrip("#")
    assert sheet.cell(top, last + 1).value == "3"
    assert "pulled out · 2 students" in sheet.cell(top, first).value


def test_lunch_preparation_and_travel_are_shown(workbook: openpyxl.Workbook):
    sheet = workbook["timetable people"]
    assert [last - first + 1 for first, last, _, _ in blocks(sheet, "Duty-free lunch")] == [
        6,
        6,
        6,
        6,
    ]
    assert [
        last - first + 1 for first, last, column, _ in blocks(sheet, "Preparation") if column == 2
    ] == [8, 4]
    (top, bottom, first, _), = blocks(sheet, "Travel to Oak")  # fmt: skip
    assert bottom - top + 1 == 4
    assert sheet.cell(top, first).fill.fill_type == "lightUp"


def test_the_head_names_school_and_shift_and_the_foot_the_sums(workbook: openpyxl.Workbook):
    said = every_text(workbook["timetable people"])
    assert "Elm → Oak · 8:00–15:30" in said
    assert "not at work" in said
    assert "1 FTE · Paraeducator · Elm · week of October 5" in said
    sums = (
        "Contact 120 min · preparation 90 min · duties 45 min · travel 20 min · free 9 h 25 · "
        "6 % of 35 h 00 is contact"
    )
    assert sums in said


def test_each_person_has_one_page_and_a_link_to_it(workbook: openpyxl.Workbook):
    sheet = workbook["timetable people"]
    ends = [each.id for each in sheet.row_breaks.brk]
    starts = {sheet.cell(end + 1, 2).value for end in ends}
    assert starts == {"Para 1", "Para 2"}
    link = sheet.cell(row_of(sheet, "Para 1"), 2).hyperlink
    assert link.location == f"'timetable people'!A{ends[0] + 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert (
        not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    )


def test_a_page_is_no_higher_than_the_paper(workbook: openpyxl.Workbook):
    letter = 612 - (0.4 + 0.5) * 72
    for name in SHEETS[1:4]:
        sheet = workbook[name]
        ends = [0, *(each.id for each in sheet.row_breaks.brk), sheet.max_row]
        for start, end in zip(ends, ends[1:], strict=False):
            points = sum(
                sheet.row_dimensions[row].height or 15 for row in range(start + 1, end + 1)
            )
            assert points * sheet.page_setup.scale / 100 <= letter


def test_a_school_shows_a_column_for_each_adult_and_the_rooms(workbook: openpyxl.Workbook):
    said = every_text(workbook["timetable schools"])
    assert "Para 1\n8:00–11:00" in said
    assert any(text.startswith("Rooms") for text in said)
    assert (
        "week of October 5 · 1 pull-out room · a column for each adult, with all they do that day"
        in said
    )


def test_two_at_once_stand_side_by_side(tmp_path: Path):
    clash = (
        session("elm-2-read", "Mon", "9:00", "9:30", "P1"),
        session("elm-1-math", "Mon", "9:15", "9:45", "P1"),
    )
    sheet = written(tmp_path, problem(), replace(RESULT, plan=Plan(PLAN.placements, clash)))[
        "timetable people"
    ]
    (reading,), (math,) = blocks(sheet, "2-read"), blocks(sheet, "Gr K–1 · math")
    assert reading[3] < math[2]


def test_merged_cells_never_overlap(tmp_path: Path):
    many = [session("elm-2-read", "Mon", "9:00", "9:30", "P1")] * 9 + list(PLAN.sessions)
    book = written(tmp_path, problem(), replace(RESULT, plan=Plan(PLAN.placements, tuple(many))))
    for name in SHEETS[1:4]:
        cells = [cell for area in book[name].merged_cells.ranges for cell in area.cells]
        assert len(cells) == len(set(cells))


def test_each_served_group_has_a_grid(workbook: openpyxl.Workbook):
    sheet = workbook["timetable groups"]
    said = every_text(sheet)
    assert "3 · Gr 2 · reading · elm-2-read" in said
    assert "3 of 4 sessions · 4 students · in class · Para 1 and Para 2" in said
    assert any("not served: oak-K-read" in text for text in said)
    assert [last - first + 1 for first, last, _, _ in blocks(sheet, "9:30–10:00")] == [6, 6, 6]


def test_minutes_stand_worst_first_with_a_filter_and_a_sum(workbook: openpyxl.Workbook):
    sheet = workbook["minutes"]
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [
        "oak-K-read",
        "elm-1-math",
        "elm-2-read",
        "All groups",
    ]
    assert [sheet.cell(row, 11).value for row in range(2, 6)] == [60, 30, 0, 90]
    assert sheet.auto_filter.ref == "A1:M4"
    assert sheet.freeze_panes == "A2"
    assert sheet["A3"].hyperlink.location.startswith("'timetable groups'!A")


def test_what_is_left_out_is_named_with_its_reason(workbook: openpyxl.Workbook):
    sheet = workbook["left out"]
    assert [cell.value for cell in sheet[2]] == [
        "Gr K · reading · oak-K-read", "Oak", 3, 0, "Nobody qualified is at Oak when kindergarten "
                                                    "has flex time.",
    ]  # fmt: skip


def test_what_nobody_explained_is_left_out_all_the_same(tmp_path: Path):
    sheet = written(tmp_path, problem(), replace(RESULT, unserved=()))["left out"]
    names = [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)]
    assert names == ["Gr K · reading · oak-K-read", "Gr K–1 · math · elm-1-math"]


def test_the_flat_sheets_have_the_contracts_columns(workbook: openpyxl.Workbook):
    assert tuple(cell.value for cell in workbook["sessions"][1]) == SESSIONS
    assert tuple(cell.value for cell in workbook["placements"][1]) == PLACEMENTS
    lists = {rule.formula1 for rule in workbook["sessions"].data_validations.dataValidation}
    assert '"Mon,Tue,Wed,Thu,Fri"' in lists


def test_findings_are_listed_with_the_rules_title(workbook: openpyxl.Workbook):
    sheet = workbook["findings"]
    assert [cell.value for cell in sheet[2]] == [
        "Dosage",
        "broken",
        "meet",
        1,
        "sessions",
        "meet is not what it was.",
    ]
    assert sheet["B2"].font.color.rgb == "FF" + palette.RED.lstrip("#")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path):
    assert "=Everybody" in RESULT.unserved[1].reason
    named = problem(staff=STAFF.replace("Para 1", "=1+1"), schools=SCHOOLS.replace("Oak", "@home"))
    book = written(tmp_path, named)
    formulas = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert formulas == []
    assert "=1+1" in every_text(book["timetable people"])
    assert book["minutes"]["B2"].value == "@home"


def test_a_plan_without_work_and_a_long_cycle_can_be_written(tmp_path: Path):
    days = ";".join(f"{day}{week}" for week in "AB" for day in ("Mon", "Tue", "Wed", "Thu", "Fri"))
    district = f"name,year_start,year_end,cycle\nSmall,2026-09-01,2027-06-18,{days}\n"
    long = problem(district=district, duties=None)
    book = written(tmp_path, long, Result(RESULT.status, Plan()))
    assert book.sheetnames == SHEETS
    assert "FriB" in every_text(book["timetable people"])


def test_a_short_day_starts_where_the_shift_does(tmp_path: Path):
    plan = Plan((Placement("P1", "Mon", at("7:00"), at("14:30"), "elm"),))
    sheet = written(tmp_path, problem(), replace(RESULT, plan=plan))["timetable people"]
    assert row_of(sheet, "7:00", column=1)


def test_without_a_plan_there_is_nothing_to_write(tmp_path: Path):
    with pytest.raises(ValueError, match="no plan"):
        write_plan_workbook(
            tmp_path / "plan.xlsx", problem(), replace(RESULT, plan=None), {"scenario": ""}
        )


@pytest.mark.parametrize("collects", [True, False])
def test_python_collects_after_writing_as_it_did_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, collects: bool
):
    """And not meanwhile: the collector would look through all cells again and again."""
    meanwhile: list[bool] = []
    monkeypatch.setattr(
        plan_workbook,
        "rescue",
        lambda *_: meanwhile.append(gc.isenabled()) or {}["a fault of ours"],
    )
    was = gc.isenabled()
    try:
        gc.enable() if collects else gc.disable()
        with pytest.raises(KeyError):
            written(tmp_path, problem())
        assert (meanwhile, gc.isenabled()) == ([False], collects)
    finally:
        gc.enable() if was else gc.disable()
