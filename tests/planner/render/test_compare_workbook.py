"""The comparison's workbook holds the numbers of the comparison, no others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.comparison import Comparison, compare
from planner.comparison.comparison import SECTIONS, SUMMARY
from planner.render.workbook.compare_workbook import LISTS, write_compare_workbook
from tests.planner.comparison.plans import CUT, HIRE, changed, now, then


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare([now(), then(changes=[CUT, HIRE]), now()])


@pytest.fixture(scope="module")
def workbook(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("compared") / "compared.xlsx"
    write_compare_workbook(path, comparison, everything=False)
    return openpyxl.load_workbook(path)


def lines(sheet: Any) -> Iterator[dict[tuple[int, str], Any]]:
    """The rows below each heading; a column is known by its plan's place and what it holds."""
    heads: list[tuple[int, str]] = []
    for row in sheet.iter_rows(values_only=True):
        if "Unit" in row:
            heads, plan = [], -1
            for name in row:
                if name in ("now", "then", "now (2)"):
                    plan, name = plan + 1, "value"
                heads.append((plan, str(name or "")))
        elif heads and any(cell is not None for cell in row[1:]):
            yield dict(zip(heads, row, strict=True))


def test_it_has_a_sheet_for_each_list(workbook: Any):
    assert workbook.sheetnames == [
        "summary",
        "cost",
        "schools",
        "groups",
        "people",
        "positions",
        "findings",
    ]


@pytest.mark.parametrize("name", ["summary", *LISTS])
def test_its_numbers_are_those_of_the_comparison(workbook: Any, comparison: Comparison, name: str):
    rows = comparison.table(*(SUMMARY if name == "summary" else (name,)))
    found = list(lines(workbook[name]))
    assert len(found) == len(rows)
    for line, row in zip(found, rows, strict=True):
        for plan in range(3):
            value = None if row.relative else row.values[plan]
            assert line[plan, "value"] == (None if value is None else pytest.approx(float(value)))
            difference = row.differences[plan]
            assert plan == 0 or line[plan, "Difference"] == (
                None if difference is None else pytest.approx(float(difference))
            )
            assert (line.get((plan, "Because")) or "") == row.because[plan]
            assert not row.owed or line[plan, "of"] == row.owed[plan]


def test_the_summary_says_what_is_compared_and_what_changed(workbook: Any):
    sheet = workbook["summary"]
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == [
        "now, then and now (2)",
        "Figures a week, money in USD a year; the differences are from now.",
        "now and then may be better than shown: their time was over first.",
        f"then: {CUT['words']}",
        f"then: {HIRE['words']}",
    ]
    assert [cell.value for cell in sheet["A"] if cell.value in SECTIONS] == list(SECTIONS)


def test_figures_look_like_what_they_are(workbook: Any):
    cost = next(row for row in workbook["cost"].iter_rows(min_row=2) if row[2].value == "a year")
    assert (cost[1].value, cost[3].value, cost[4].value, cost[4].number_format) == (
        "t1-elm",
        "USD",
        40000,
        "#,##0.00",
    )
    assert cost[6].number_format == '+#,##0.00;"−"#,##0.00;#,##0.00'
    findings = {row[0].value: row[3].value for row in workbook["findings"].iter_rows(min_row=2)}
    assert findings["meet is not what it was."] == "sessions"


def test_text_of_a_plan_never_becomes_a_formula(tmp_path: Path):
    def wicked(found: dict[str, Any]) -> None:
        found["names"]["schools"]["elm"] = "=1+1"
        found["findings"][0]["message"] = "=HYPERLINK(1)"

    comparison = compare([changed(now(), wicked), changed(then(), wicked)], ["=a", "=b"])
    write_compare_workbook(tmp_path / "w.xlsx", comparison, everything=True)
    found = openpyxl.load_workbook(tmp_path / "w.xlsx")
    cells = [
        cell
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    ]
    assert len(cells) > 10
    assert {cell.data_type for cell in cells} == {"s"}


def test_where_nothing_differs_it_says_so(tmp_path: Path):
    write_compare_workbook(tmp_path / "same.xlsx", compare([now(), now()]), everything=False)
    found = openpyxl.load_workbook(tmp_path / "same.xlsx")
    assert {found[name]["A2"].value for name in LISTS} == {"Nothing differs here."}
