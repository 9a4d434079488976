"""Names and dates in what a planner wishes for. What a dataset does not hold is refused with the
nearest name: every function raises DatasetError.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NoReturn

from planner.facts.cell_formats import nearest
from planner.facts.funds import Position
from planner.facts.sheets import Dataset
from planner.words.errors import DatasetError, Fault


def day_within(data: Dataset, said: str, text: str) -> date:
    """A date of the school year, written 2026-01-31."""
    district = data.district
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        refuse(said, "names no date.", "Write it like P-014=2026-01-31.")
    if not district.year_start <= day <= district.year_end:
        year = f"{district.year_start.isoformat()} to {district.year_end.isoformat()}"
        refuse(said, "is outside the school year.", f"It is {year}.")
    return day


def position_named(data: Dataset, name: str) -> Position:
    """The position of that id."""
    known("position", name, [row.position for row in data.positions])
    return next(row for row in data.positions if row.position == name)


def known(what: str, name: str, among: Iterable[str] | Mapping[str, object]) -> str:
    """A name that is one of these."""
    names = list(among)
    if name not in names:
        shown = f"There are {', '.join(names)}." if 0 < len(names) <= 12 else ""
        of_dataset = "" if what in ("rule", "goal", "column of pins") else " of this dataset"
        refuse(name, f"is no {what}{of_dataset}.", nearest(name, names) or shown)
    return name


def refuse(value: str, rule: str, fix: str = "") -> NoReturn:
    """Say that something cannot be wished for."""
    raise DatasetError([Fault("", 0, "", value, rule, fix)])
