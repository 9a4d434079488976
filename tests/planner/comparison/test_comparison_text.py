"""How figures and differences are said: an arrow, a sign, a word; in the district's locale; small
ones never as nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from planner.comparison.comparison_text import ComparisonText
from planner.comparison.row import ComparisonRow, Unit
from tests.planner.comparison.plans import compared, now, then

COMPARISON = compared([now(), then()])


def said(
    unit: Unit, before: Decimal | int, after: Decimal | int, **more: object
) -> tuple[str, str]:
    row = ComparisonRow(
        "x", "x", "", "", "x", "x", unit, (before, after), (0, after - before), ("", ""), ("", "")
    )
    row = replace(row, **more)  # type: ignore[arg-type]
    speech = ComparisonText(COMPARISON)
    return speech.value(row, 1), speech.difference(row, 1)


@pytest.mark.parametrize(
    ("unit", "before", "after", "value", "difference"),
    [
        ("minutes", 60, 1300, "21 h 40", "↑ +1,240 min"),
        ("minutes", 700, 60, "60 min", "↓ −640 min"),
        ("students", 1, 2, "2", "↑ +1 student"),
        ("sessions", 5, 3, "3", "↓ −2 sessions"),
        ("money", Decimal("10.00"), Decimal("187400.50"), "$187,400.50", "↑ +$187,390.50"),
        ("money", Decimal("10.00"), Decimal("9.50"), "$9.50", "↓ −$0.50"),
        ("unit_cost", Decimal("0.8147"), Decimal("0.8384"), "$0.8384", "↑ +$0.0237"),
        ("fte", Decimal("1"), Decimal("0.875"), "0.875", "↓ −0.125 FTE"),
        ("share", Decimal("0.82"), Decimal("0.8"), "80.0 %", "↓ −2.0 points"),
        ("share", Decimal("0.82"), Decimal("0.8201"), "82.0 %", "↑ +0.01 points"),
        ("share", Decimal("0.9"), Decimal("0.9996"), "99.9 %", "↑ +10.0 points"),
        ("percent", Decimal(50), Decimal("87.5"), "87.5 %", "↑ +37.5 points"),
        ("adults", Decimal("1.003"), Decimal(1), "1.00", "↓ −0.003"),
        ("minutes", 60, 60, "60 min", "="),
    ],
)
def test_a_figure_and_its_difference(
    unit: Unit, before: Decimal, after: Decimal, value: str, difference: str
):
    assert said(unit, before, after) == (value, difference)


@pytest.mark.parametrize(
    ("unit_words", "after", "value", "difference"),
    [
        ("minutes short", 15, "15 minutes short", "↑ +10 minutes short"),
        ("cents", 7205805, "$72,058.05", "↑ +$72,058.00"),
        ("hundredths of FTE", 38, "0.38 FTE", "↑ +0.33 FTE"),
        ("hundredths of a percent", 105, "1.05 %", "↑ +1 %"),
    ],
)
def test_an_amount_of_a_rule_is_said_in_planners_units(
    unit_words: str, after: int, value: str, difference: str
):
    assert said("amount", 5, after, unit_words=unit_words) == (value, difference)


def by_measure(measure: str, id: str = "") -> tuple[str, str, str]:
    speech = ComparisonText(COMPARISON)
    row = next(row for row in COMPARISON.rows if (row.measure, row.id) == (measure, id))
    return speech.value(row, 0), speech.value(row, 1), speech.difference(row, 1)


def test_what_is_counted_is_said_with_a_verb():
    assert by_measure("people_move") == ("–", "1", "1 person moves")
    assert by_measure("groups_gain") == ("–", "0", "=")
    assert by_measure("days_elsewhere", "P1") == ("Elm Tue", "Oak Tue", "1 day at other schools")


def test_what_appears_or_goes_is_said():
    assert by_measure("fte", "P-3") == ("–", "0.5", "appears: ↑ +0.5 FTE")
    back = compared([then(), now()])
    row = next(
        row for row in back.rows if (row.table, row.measure, row.id) == ("positions", "cost", "P-3")
    )
    assert ComparisonText(back).difference(row, 1) == "goes: ↓ −$20,000.00"


def test_the_base_has_no_difference_and_a_part_is_said_with_its_share():
    row = next(row for row in COMPARISON.rows if row.measure == "tier_2_minutes")
    assert ComparisonText(COMPARISON).difference(row, 0) == ""
    assert ComparisonText(COMPARISON).value(row, 0) == "90 min, 50 %"


@pytest.mark.parametrize(
    ("locale", "currency", "said"), [("en_GB", "GBP", "£70,000.00"), ("en_IE", "EUR", "€70,000.00")]
)
def test_money_is_the_districts(locale: str, currency: str, said: str):
    def there(make: Callable[[], dict[str, object]]) -> dict[str, object]:
        return make() | {"district": now()["district"] | {"locale": locale, "currency": currency}}

    comparison = compared([there(now), there(then)])
    row = next(row for row in comparison.rows if (row.table, row.measure) == ("costs", "cost"))
    assert ComparisonText(comparison).value(row, 1) == said
