"""Printed pages for HR, funds and schools: the figures of the sheets, in the locale, and pay left
out on request.
"""

from decimal import Decimal
from functools import cache

import pytest

from planner.facts.problem import Problem
from planner.funding import money
from planner.funding.school_plan import school_plan
from planner.hr import hr
from planner.money.number_format import NumberFormat
from planner.plan.plan import Plan
from planner.render.print.pages import (
    CONTROL,
    control_rows,
    fund_pages,
    hr_pages,
    school_plan_pages,
)
from planner.render.print.printed_table import printed_rows, written
from planner.render.workbook.canvas import Look, Value
from planner.render.workbook.hr_sheets import PEOPLE, people_rows
from planner.render.workbook.money_sheets import (
    ACCOUNTS,
    FUNDS,
    LINES,
    PAGE,
    account_rows,
    fund_rows,
    fund_sums,
    line_rows,
    page_rows,
)
from planner.render.workbook.table import ReportColumn
from tests.planner.hr.test_hr import example
from tests.planner.render.pdf_text import Box, boxes, pages_of
from tests.slow import quick_and_slow

NOTHING_PLANNED = Plan()


@pytest.fixture(
    scope="module", params=quick_and_slow(["tacoma-mtss", "new-bridge"], ["lausd-region"])
)
def facts(request: pytest.FixtureRequest) -> Problem:
    return example(request.param)


@cache
def hr_content(name: str, with_pay: bool = True) -> bytes:
    return hr_pages(hr(example(name), NOTHING_PLANNED), with_pay=with_pay)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages_of(content)).split())


def figures(
    columns: tuple[ReportColumn, ...], rows: list[tuple[Value, ...]], locale: str
) -> set[str]:
    """Every figure of a table as it is printed."""
    printed = printed_rows(columns, rows, locale)
    return {
        text
        for row in printed
        for text, column in zip(row, columns, strict=True)
        if column.look.align == "right"
    } - {""}


def missing(figures: set[str], content: bytes) -> set[str]:
    said = {box.text.strip() for page in pages_of(content) for box in boxes(page)}
    return figures - said


def test_hr_prints_every_figure_of_its_sheets(facts: Problem):
    found = hr(facts, NOTHING_PLANNED)
    content = hr_content(facts.name)
    locale = facts.data.district.locale
    assert not missing(
        figures(PEOPLE, people_rows(found, NumberFormat(facts.data.district)), locale), content
    )
    assert not missing(figures(CONTROL, control_rows(found), locale), content)
    assert not missing(figures(LINES, line_rows(found.budget), locale), content)
    for one in found.findings:
        assert " ".join(one.message.split()) in text_of(content)


def test_without_pay_no_amount_of_a_position_is_there(facts: Problem):
    found = hr(facts, NOTHING_PLANNED)
    locale = facts.data.district.locale
    amounts = {
        written(row[16], "#,##0.00", locale)
        for row in people_rows(found, NumberFormat(facts.data.district))
    } - {""}
    assert amounts
    plain = text_of(hr_content(facts.name, with_pay=False))
    assert not [amount for amount in amounts if amount in plain]
    assert not [sign for sign in ("$", "£", "Amount", "Cost lines") if sign in plain]
    assert "Contract days" in plain
    for school in [school.school for school in facts.data.schools if school.kind == "school"][:3]:
        page = school_plan(facts, NOTHING_PLANNED, school)
        closed = text_of(school_plan_pages(facts, page, with_pay=False))
        assert not [amount for amount in amounts if amount in closed]
        assert "Amount" not in closed
        assert "Allocated" not in closed


def test_funds_print_every_account_and_the_sums(facts: Problem):
    found = money(facts, NOTHING_PLANNED)
    content = fund_pages(facts, found, with_pay=True)
    locale = facts.data.district.locale
    rows = [*fund_rows(facts, found), tuple(fund_sums(found))]
    assert not missing(figures(FUNDS, rows, locale), content)
    assert "All" in text_of(content)


def test_a_schools_page_prints_need_positions_and_funds(facts: Problem):
    locale = facts.data.district.locale
    for school in [school.school for school in facts.data.schools if school.kind == "school"][:3]:
        page = school_plan(facts, NOTHING_PLANNED, school)
        content = school_plan_pages(facts, page, with_pay=True)
        assert not missing(
            figures(PAGE, page_rows(page), locale) | figures(ACCOUNTS, account_rows(page), locale),
            content,
        )
        said = text_of(content)
        assert f"{page.name}: plan of the school's budget" in said
        for need in page.needs:
            assert f"Tier {need.tier}: " in said
        for one in page.positions:
            assert one.position.position in said


def test_nothing_overlaps_on_any_page(facts: Problem):
    for content in (
        hr_content(facts.name),
        fund_pages(facts, money(facts, NOTHING_PLANNED), with_pay=True),
    ):
        for number, page in enumerate(pages_of(content), start=1):
            rows: dict[int, list[Box]] = {}
            for box in boxes(page):
                rows.setdefault(round(box.bottom), []).append(box)
                assert 25 <= box.left <= box.right <= float(page.mediabox.width) - 25, (number, box)
            for row in rows.values():
                for one, other in zip(
                    sorted(row, key=lambda b: b.left),
                    sorted(row, key=lambda b: b.left)[1:],
                    strict=False,
                ):
                    assert one.right <= other.left + 0.1, (number, one, other)


def test_pages_are_numbered_and_equal(facts: Problem):
    content = hr_content(facts.name)
    assert content == hr_pages(hr(facts, NOTHING_PLANNED), with_pay=True)
    for number, page in enumerate(pages_of(content), start=1):
        assert str(number) in {box.text.strip() for box in boxes(page) if box.bottom < 40}


def test_a_district_without_positions_says_so():
    facts = example("first-steps")
    assert "The dataset has no positions (sheet positions)" in text_of(
        hr_pages(hr(facts, NOTHING_PLANNED), with_pay=True)
    )


def test_a_column_of_money_has_the_same_decimals():
    columns = (
        ReportColumn("Per student-minute", 9, Look(align="right", number="#,##0.00##")),
        ReportColumn("FTE", 9, Look(number="0.######")),
    )
    rows = [(Decimal("0.846"), 0.5), (Decimal("1.0302"), 1), (None, 0.889640)]
    assert printed_rows(columns, rows, "en_US") == [
        ["0.8460", "0.5"],
        ["1.0302", "1"],
        ["", "0.88964"],
    ]


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (-1234.5, "#,##0.00", "−1,234.50"),
        (0.875, "0.######", "0.875"),
        (None, "", ""),
        ("=1+1", "", "=1+1"),
        (12, "", "12"),
    ],
)
def test_a_cell_is_printed_as_it_is_read(value: Value, form: str, said: str):
    assert written(value, form, "en_GB") == said
