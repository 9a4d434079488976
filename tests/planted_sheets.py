"""What the planters write with: rows, clock times, cycles, CSV folders."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Sheets = dict[str, list[Row]]
WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri"]


def told(minute: int) -> str:
    """`HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def between(start: int, end: int) -> str:
    """`HH:MM-HH:MM`."""
    return f"{told(start)}-{told(end)}"


def cycle_of(cycle_days: int) -> list[str]:
    """Names of the days of a one-week or a two-week cycle."""
    if cycle_days not in (5, 10):
        raise ValueError("planted cycles have 5 or 10 days")
    return WEEK if cycle_days == 5 else [f"{day}{letter}" for letter in "AB" for day in WEEK]


def write(folder: str | Path, sheets: Sheets) -> None:
    """One CSV file a sheet; of an empty sheet no file, not even an older one."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        path = folder / f"{name}.csv"
        if not rows:
            path.unlink(missing_ok=True)
            continue
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
