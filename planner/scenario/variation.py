"""Vary a program, a fund or a position's FTE in steps, for a sweep."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import product
from math import prod
from pathlib import Path

from planner.facts.cell_formats import nearest
from planner.facts.sheets import Dataset
from planner.scenario.reading import scenario_of
from planner.scenario.scenario import Scenario
from planner.scenario.wishes import closed, less, more
from planner.scenario.writing import ChangeMap, scenario_text
from planner.words.errors import DatasetError, Fault

MOST_CASES = 200
_SPAN = re.compile(r"(?P<first>.+?)\.\.(?P<last>.+?)/(?P<step>.+)")
LIKE = "Write it like title-1=-20%..20%/5%, t1-elm=-5000..5000/2500 or P-014=0.4..1/0.2."


@dataclass(frozen=True)
class Value:
    """One value of what is varied: a percentage or an amount more (below 0: less) money, or the FTE
    of a position.
    """

    figure: Decimal
    percent: bool

    def __str__(self) -> str:
        return f"{self.figure.normalize():f}" + ("%" if self.percent else "")


@dataclass(frozen=True)
class Variation:
    """Something with the values that it takes; `money` where more of it can only be better."""

    name: str
    values: tuple[Value, ...]
    money: bool


@dataclass(frozen=True)
class Case:
    """One value of each variation, and the scenario that makes it."""

    values: tuple[Value, ...]
    scenario: Scenario


def variation(data: Dataset, said: str) -> Variation:
    """`title-1=-20%..20%/5%`, or single values: `title-1=-20%,0%,10%`. Raises DatasetError for what
    makes no sense here.
    """
    name, equals, text = (part.strip() for part in said.partition("="))
    programs, funds = {row.program for row in data.programs}, {row.fund for row in data.funds}
    positions = {row.position for row in data.positions}
    known = [*programs, *funds, *positions]
    if name not in known:
        raise _fault(name, "is no program, fund or position of this dataset.", nearest(name, known))
    values = _values(said, text)
    money = name not in positions
    for value in values:
        if not money and (value.percent or not 0 <= value.figure <= 1):
            raise _fault(said, f"gives the position {value}; an FTE is from 0 to 1.", LIKE)
    return Variation(name, values, money)


def cases(data: Dataset, variations: Sequence[Variation]) -> list[Case]:
    """Every combination of values, the last variation's fastest. Raises DatasetError where there
    are too many.
    """
    count = prod(len(one.values) for one in variations)
    if count > MOST_CASES:
        raise _fault(
            "",
            f"that makes {count:,} cases; a sweep may have {MOST_CASES}.",
            "Take larger steps, or vary fewer things.",
        )
    names = [one.name for one in variations]
    if len(set(names)) < len(names):
        raise _fault(
            next(name for name in names if names.count(name) > 1),
            "is varied twice.",
            "Keep one of them.",
        )
    found = []
    for values in product(*(one.values for one in variations)):
        changes = [
            change
            for name, value in zip(names, values, strict=True)
            for change in changes_to(data, name, value)
        ]
        called = ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
        found.append(
            Case(
                values,
                scenario_of(
                    scenario_text(called, "", changes), Path(f"{called}.yaml".replace("/", "_"))
                ),
            )
        )
    return found


def changes_to(data: Dataset, name: str, value: Value) -> list[ChangeMap]:
    """The changes that give something a value; none where that is how it is."""
    row = next((row for row in data.positions if row.position == name), None)
    if row is None:
        by = str(Value(abs(value.figure), value.percent))
        return (
            []
            if not value.figure
            else more(data, name, by)
            if value.figure > 0
            else less(data, name, by)
        )
    if not value.figure:
        return closed(data, name)
    cells = {"fte": str(value), "week_minutes": "", "min_fte": "", "max_fte": ""}
    found: list[ChangeMap] = [
        {"set": {"sheet": "positions", "where": {"position": name}, "values": cells}}
    ]
    if row.status != "filled":
        return [
            *found,
            {
                "add": {
                    "sheet": "pins",
                    "row": {"kind": "position", "subject": name, "value": str(value)},
                }
            },
        ]
    if not any(other.staff == row.staff and other.position != name for other in data.positions):
        cells = {"fte": str(value), "week_minutes": ""}
        found.append({"set": {"sheet": "staff", "where": {"staff": row.staff}, "values": cells}})
    return found


def _values(said: str, text: str) -> tuple[Value, ...]:
    span = _SPAN.fullmatch(text)
    if span is None:
        found = tuple(_value(said, part) for part in text.split(",") if part.strip())
        if not found or len({one.percent for one in found if one.figure}) > 1:
            raise _fault(
                said, "does not say which values it takes, all percentages or all amounts.", LIKE
            )
        return tuple(sorted(dict.fromkeys(found), key=lambda one: one.figure))
    first, last, step = (_value(said, span[part]) for part in ("first", "last", "step"))
    if len({one.percent for one in (first, last, step) if one.figure}) > 1:
        raise _fault(said, "mixes percentages with amounts.", LIKE)
    if step.figure <= 0 or last.figure < first.figure:
        raise _fault(said, "does not go up in steps above 0.", LIKE)
    count = int((last.figure - first.figure) / step.figure) + 1
    if count > MOST_CASES:
        raise _fault(
            said, f"makes {count:,} cases; a sweep may have {MOST_CASES}.", "Take larger steps."
        )
    return tuple(
        Value(first.figure + number * step.figure, step.percent) for number in range(count)
    )


def _value(said: str, text: str) -> Value:
    word = text.strip().replace("−", "-")
    try:
        figure = Decimal(word.removesuffix("%").strip())
    except InvalidOperation:
        figure = Decimal("NaN")
    if not figure.is_finite() or figure.adjusted() > 12:
        raise _fault(said, f"'{text.strip()}' is no number.", LIKE)
    return Value(figure, word.endswith("%"))


def _fault(value: str, rule: str, fix: str = "") -> DatasetError:
    return DatasetError([Fault("", 0, "", value, rule, fix)])
