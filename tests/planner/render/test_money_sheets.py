"""The sheets of a plan's money: their columns, that columns add up, and that text stays text."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.plan.result import Result, Status
from planner.render.workbook.plan_workbook import write_plan_workbook
from planner.render.workbook.summary_sheet import MONEY
from tests.planner.hr.test_hr import example


def written(folder: Path, facts: Problem) -> openpyxl.Workbook:
    group = next(service for service in facts.groups if service.school == "cal")
    result = Result(
        Status.FEASIBLE, Plan((), (Session(group.id, "MonA", 540, 580, ("IW-02",), "cal"),))
    )
    write_plan_workbook(
        folder / "plan.xlsx",
        facts,
        result,
        plan_document(facts, result, scenario="x", dataset_hash="y"),
    )
    return openpyxl.load_workbook(folder / "plan.xlsx")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    facts = example("new-bridge")
    rows = [
        row.model_copy(update={"name": "=1+1"}) if row.staff == "IW-02" else row
        for row in facts.data.staff
    ]
    return written(
        tmp_path_factory.mktemp("money"),
        Problem(facts.data.model_copy(update={"staff": tuple(rows)}), "new-bridge"),
    )


def column(workbook: openpyxl.Workbook, sheet: str, heading: str) -> list[object]:
    first, *rows = workbook[sheet].iter_rows(values_only=True)
    place = first.index(heading)
    return [row[place] for row in rows]


def amounts(values: list[object]) -> Decimal:
    return sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))


def test_the_sheets_stand_before_the_findings(workbook: openpyxl.Workbook):
    assert tuple(workbook.sheetnames[-8:]) == (*MONEY, "findings")


def test_the_columns_of_positions_are_those_of_a_plan(workbook: openpyxl.Workbook):
    heads = next(workbook["positions"].iter_rows(values_only=True))
    assert heads == (
        "position", "role", "school", "staff", "fte", "lane", "step", "funding", "allowances", "allowance_funding",
        "pay", "allowances amount", "employer costs", "total",
    )  # fmt: skip
    assert column(workbook, "positions", "funding")[0] == "hn-cal:60;sb-cal:40"


@pytest.mark.slow
def test_printed_columns_add_up(workbook: openpyxl.Workbook):
    total = amounts(column(workbook, "positions", "total"))
    parts = [
        amounts(column(workbook, "positions", each))
        for each in ("pay", "allowances amount", "employer costs")
    ]
    assert sum(parts) == total == Decimal("432508.01"), "the vacant position is budgeted, too"
    assert (
        amounts(column(workbook, "cost lines", "Amount"))
        == amounts(column(workbook, "cost lines", "The fund's part"))
        == total
    )
    planned = column(workbook, "money by fund", "Planned")
    assert amounts(planned[:-1]) == amounts(planned[-1:]) == total
    hired = total - Decimal("25379.34")
    assert amounts(column(workbook, "hr", "Amount")) == hired, "HR lists people"


def test_formulas_of_cost_lines_are_shown(workbook: openpyxl.Workbook):
    assert "£24,982.00 × 32 h 55 ÷ 37 h × 190 days ÷ (365/7 × 5 − 32)" in column(
        workbook, "cost lines", "Formula"
    )


def test_a_name_that_looks_like_a_formula_stays_text(workbook: openpyxl.Workbook):
    cells = [
        cell
        for sheet in MONEY
        for row in workbook[sheet].iter_rows()
        for cell in row
        if cell.value == "=1+1"
    ]
    assert {cell.parent.title for cell in cells} == {"hr", "time and effort", "school budget"}
    assert {(cell.data_type, bool(cell.quotePrefix)) for cell in cells} == {("s", True)}


def test_every_school_has_its_page(workbook: openpyxl.Workbook):
    said = {row[0] for row in workbook["school budget"].iter_rows(values_only=True)}
    assert {"Calderside School", "Mossbank Academy", "Heyfold School"} <= said


def test_a_district_without_positions_has_none_of_them(tmp_path: Path):
    facts = example("first-steps")
    result = Result(Status.FEASIBLE, Plan())
    write_plan_workbook(
        tmp_path / "plan.xlsx",
        facts,
        result,
        plan_document(facts, result, scenario="x", dataset_hash="y"),
    )
    assert not set(MONEY) & set(openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames)
