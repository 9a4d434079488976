"""Cells of a CSV dataset folder, by the data contract's conventions: clock times, lists, ranges of
names, windows.

Standard library only, and nothing of the program under test: when both misread a sheet in the same
way, no test can see it, so this file is written from the contract's words and not from the
program's code.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

Row = dict[str, str]
Span = tuple[int, int]
Windows = dict[str, list[Span]]


def clock(text: str) -> int:
    """Minutes after midnight of `HH:MM`."""
    hour, minute = text.strip().split(":")[:2]
    return int(hour) * 60 + int(minute)


def shown(minute: int) -> str:
    """`HH:MM` of minutes after midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def listed(text: str) -> tuple[str, ...]:
    """The entries of a `;` list."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def chosen(text: str) -> frozenset[str]:
    """A list in which blank and `all` mean no restriction."""
    return frozenset(part for part in listed(text) if part != "all")


def named(text: str, order: tuple[str, ...]) -> tuple[str, ...]:
    """Names of `order` picked by a list, by ranges such as `Mon-Fri` or `K-2`, or by `all` (blank
    picks all).
    """
    if text.strip() in ("", "all"):
        return order
    chosen: set[str] = set()
    for part in listed(text):
        if part in order:
            chosen.add(part)
        elif part == "all":
            chosen.update(order)
        else:
            first, last = (end.strip() for end in part.split("-"))
            chosen.update(order[order.index(first) : order.index(last) + 1])
    return tuple(name for name in order if name in chosen)


def windows(text: str, cycle: tuple[str, ...]) -> Windows:
    """Windows such as `Mon 08:30-09:45; Tue-Thu 10:00-10:35`; `Mon;Wed 08:30-09:00` names two days
    at once.
    """
    found: Windows = defaultdict(list)
    waiting: list[str] = []
    for part in listed(text):
        days, _, span = part.rpartition(" ")
        if ":" not in span:
            waiting.append(part)
            continue
        start, end = (clock(end) for end in span.split("-"))
        for day in named(";".join([*waiting, days]), cycle):
            found[day].append((start, end))
        waiting = []
    return dict(found)


def rows_of(folder: Path, sheet: str) -> list[Row]:
    """The rows of one sheet, cells stripped; none where the file is missing."""
    path = folder / f"{sheet}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {key: (cell or "").strip() for key, cell in row.items() if key}
            for row in csv.DictReader(file)
        ]


def cell(row: Row, column: str, default: str = "") -> str:
    """A cell's text, or the default where it is blank or the column is missing."""
    return row.get(column, "") or default


def yes(row: Row, column: str, default: bool) -> bool:
    """A yes/no cell."""
    text = cell(row, column)
    return default if not text else text.lower() in ("yes", "true", "1")


def number(row: Row, column: str) -> int | None:
    """A whole number, None where blank."""
    text = cell(row, column)
    return int(float(text)) if text else None


def amount(row: Row, column: str, default: int) -> int:
    """A whole number with a default."""
    value = number(row, column)
    return default if value is None else value


def day_of(row: Row, column: str) -> date | None:
    """An ISO date, None where blank."""
    text = cell(row, column)
    return date.fromisoformat(text) if text else None


def minute_of(row: Row, column: str) -> int | None:
    """A clock time, None where blank."""
    text = cell(row, column)
    return clock(text) if text else None
