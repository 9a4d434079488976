"""What is wrong with an input: for people, grouped by sheet; for machines, a list."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

import typer

from planner.errors import DatasetError, Fault
from planner.words import plural
from ui.exits import WrongInput
from ui.streams import print_json


def say(error: DatasetError | WrongInput, *, as_json: bool) -> None:
    """Say every fault: on stdout as JSON, or on stderr in words."""
    faults = error.faults if isinstance(error, DatasetError) else (Fault("", 0, "", "", str(error)),)
    if as_json:
        print_json([as_data(fault) for fault in faults])
    else:
        typer.echo(as_text(faults), err=True)


def as_data(fault: Fault) -> dict[str, Any]:
    """A fault as data; `row` is null where no row is meant, `cell` where it is not known."""
    return {
        "file": fault.file,
        "sheet": fault.sheet,
        "row": fault.row or None,
        "cell": f"{fault.sheet}!{fault.cell}" if fault.cell else None,
        "column": fault.column,
        "value": fault.value,
        "rule": fault.rule,
        "fix": fault.fix,
    }


def as_text(faults: Iterable[Fault]) -> str:
    """All faults, sheet by sheet, and how many there are."""
    found = list(faults)
    lines = list(_lines(found))
    if len(found) > 1:
        lines += ["", f"{len(found)} faults in all."]
    return "\n".join(lines)


def _lines(faults: list[Fault]) -> Iterator[str]:
    for (sheet, file), of_sheet in groupby(faults, key=lambda fault: (fault.sheet, fault.file)):
        each = list(of_sheet)
        if sheet:
            yield f"Sheet {sheet}" + (f" ({file})" if file else "") + f": {len(each)} {plural(len(each), 'fault')}"
        for fault in each:
            yield f"  {_place(fault)}{_what(fault)}" if sheet else f"{file}: {_what(fault)}" if file else _what(fault)


def _place(fault: Fault) -> str:
    row = f"{fault.sheet}!{fault.cell}" if fault.cell else f"row {fault.row}" if fault.row else ""
    parts = (row, f"column {fault.column}" if fault.column else "")
    place = ", ".join(part for part in parts if part)
    return f"{place}: " if place else ""


def _what(fault: Fault) -> str:
    """The fault without its place."""
    return str(replace(fault, file="", sheet="", row=0, column="", cell="")).removeprefix("dataset:").strip()
