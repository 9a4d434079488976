"""What may stand in a column, for hypothesis: values by the kind of cell, inside the column's
range.
"""

import re
from datetime import date
from decimal import Decimal
from unicodedata import normalize

from hypothesis import strategies as st

from planner.facts.cell_formats import (
    Credential,
    Due,
    Frequency,
    Percents,
    Reading,
    Share,
    Window,
)
from planner.facts.cell_names import SEPARATORS, one_line
from planner.facts.preferences import WHOM
from planner.facts.roles import CALENDAR_KINDS
from planner.facts.row import ColumnSpec

_PRINTABLE = st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"))
_BEGINNINGS = st.sampled_from(["", "", "=", "+", "-", "@", "'", "'=", "_x0041_"])


def _ids(extra: str = "") -> st.SearchStrategy[str]:
    letters = _PRINTABLE.filter(lambda letter: letter not in SEPARATORS + extra)
    return st.tuples(_BEGINNINGS, st.text(letters, min_size=1, max_size=8)).map(
        lambda parts: normalize("NFC", re.sub(f"[{re.escape(SEPARATORS)}]", "", "".join(parts)))
    )


def _texts() -> st.SearchStrategy[str]:
    body = st.text(st.one_of(_PRINTABLE, st.sampled_from(" \n\t")), min_size=1, max_size=20)
    return st.tuples(_BEGINNINGS, body).map(lambda parts: one_line("".join(parts))).filter(bool)


def _decimals(places: int, low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False).map(
        lambda number: Decimal(f"{number:f}") + 0
    )


def _unique(values: st.SearchStrategy, longest: int = 3) -> st.SearchStrategy[tuple]:
    return st.lists(values, min_size=1, max_size=longest, unique=True).map(tuple)


def _windows(reading: Reading) -> st.SearchStrategy[tuple[Window, ...]]:
    times = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(
        lambda pair: pair[0] < pair[1]
    )
    one = st.builds(lambda day, pair: Window(day, *pair), st.sampled_from(reading.cycle), times)
    return _unique(one, 5).map(
        lambda found: tuple(sorted(found, key=lambda w: (reading.cycle.index(w.day), *w[1:])))
    )


def _in_order(names: tuple) -> st.SearchStrategy[tuple]:
    return st.sets(st.sampled_from(names), min_size=1).map(
        lambda chosen: tuple(name for name in names if name in chosen)
    )


def _limits(column: ColumnSpec, low: int, high: int) -> tuple[int, int]:
    """The whole numbers between which a column's values certainly are allowed."""
    for sign, number in re.findall(r"([≥>≤]) (-?\d+)", column.bounds):
        if sign == "≤":
            high = min(high, int(number))
        else:
            low = max(low, int(number) + (sign == ">"))
    return low, high


def values(column: ColumnSpec, reading: Reading) -> st.SearchStrategy:
    """Values of a column, each in the form that reading gives it."""
    kind = column.cell.kind
    dates = st.dates(date(1950, 1, 1), date(2200, 12, 31))
    percents = _decimals(4, 0, 100)
    if column.cell.choices:
        words = [True, False] if kind == "yes/no" else column.cell.choices
        return st.sampled_from(words)
    if kind == "whole number":
        return st.integers(*_limits(column, -1000, 1_000_000_000))
    if kind in ("money", "percentage", "FTE", "number"):
        places = {"money": 2, "percentage": 4}.get(kind, 6)
        return _decimals(places, *_limits(column, -1000, 9_000_000_000))
    return {
        "id": _ids(),
        "ids": _unique(_ids()),
        "who": st.builds(lambda kind, name: f"{kind}:{name}", st.sampled_from([*WHOM]), _ids()),
        "text": _texts(),
        "scope": st.sampled_from(["tier:3", "role:para", "school:elm"]),
        "clock time": st.integers(0, 1440),
        "date": dates,
        "time zone": st.sampled_from(["America/Los_Angeles", "Europe/London", "UTC"]),
        "days": _in_order(reading.cycle),
        "grades": _in_order(reading.grades),
        "windows": _windows(reading),
        "tiers": _in_order((1, 2, 3)),
        "lengths": _in_order((20, 30, 45, 480)),
        "kinds of day": _unique(st.sampled_from(CALENDAR_KINDS)),
        "credentials": _unique(_unique(_ids())),
        "credentials held": _unique(st.builds(Credential, _ids(), st.none() | dates)),
        "sessions": st.builds(
            Frequency, st.integers(1, 9999), st.sampled_from(["cycle", "quarter", "month", "year"])
        ),
        "shares": _unique(st.builds(Share, _ids(), percents, st.just("") | _ids())),
        "percentages": _unique(st.builds(Percents, _ids("*") | st.just("*"), _unique(percents))),
        "deadlines": _unique(
            st.builds(lambda months: Due(months=months), st.integers(0, 99))
            | st.builds(
                lambda on, years: Due(0, on.month, on.day, years), dates, st.sampled_from([0, 1])
            ).filter(lambda due: (due.month, due.day) != (2, 29))
        ),
        "names in order": st.just(reading.cycle),
        "account format": st.lists(st.sampled_from(["fund", "object"]), min_size=1).map(
            lambda names: "-".join(f"{{{name}}}" for name in names)
        ),
    }[kind]
