"""List what is wrong with an input.

For people, first what is missing, then sheet by sheet; for machines, a list.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import typer

from planner.sheets.missing_sheets import place_in_order
from planner.words.errors import DatasetError, Fault, WrongInput, shortened, visible
from planner.words.wording import plural, spans
from ui.cli.streams import print_json


def say(error: DatasetError | WrongInput, *, as_json: bool) -> None:
    """Say every fault: on stdout as JSON, or on stderr in words."""
    faults = (
        error.faults if isinstance(error, DatasetError) else (Fault("", 0, "", "", str(error)),)
    )
    if as_json:
        print_json([as_data(fault) for fault in faults])
    else:
        typer.echo(as_text(faults), err=True)


def as_data(fault: Fault) -> dict[str, Any]:
    """A fault as data; `row` is null where no row is meant, `cell` is like `blocks!D14` or
    blank.
    """
    return {
        "kind": fault.kind,
        "file": fault.file,
        "sheet": fault.sheet,
        "row": fault.row or None,
        "column": fault.column,
        "cell": fault.address,
        "value": fault.value,
        "rule": fault.rule,
        "fix": fault.fix,
    }


def as_text(faults: Iterable[Fault]) -> str:
    """What is missing, in the order of filling in; all faults, sheet by sheet, and how many there
    are; the warnings.
    """
    found = list(faults)
    wrong = [fault for fault in found if fault.kind == "fault"]
    missing = [fault for fault in found if fault.kind == "missing"]
    parts = []
    if missing:
        parts.append("\n".join(missing_lines(missing)))
    if wrong:
        parts.append("\n".join(_lines(wrong)))
    if len(wrong) > 1:
        parts.append(
            f"{len(wrong)} faults in all."
            + (f" Begin with the sheet {_first(missing).sheet}." if missing else "")
        )
    parts += ["\n".join(warning_lines([fault for fault in found if fault.kind == "warning"]))]
    return "\n\n".join(filter(None, parts))


def missing_lines(missing: Iterable[Fault]) -> Iterator[str]:
    """What is still to be filled in: the next step first."""
    yield "Still missing, in the order in which to fill it in:"
    for number, fault in enumerate(sorted(missing, key=place_in_order), start=1):
        shown = f" '{shortened(fault.value)}'" if fault.value else ""
        yield f"  {number}. {fault.sheet}:{shown} {visible(fault.rule)}"
        yield f"     {visible(fault.fix)}"


def warning_lines(warnings: Iterable[Fault]) -> Iterator[str]:
    """What is allowed, and yet hardly meant."""
    groups = _alike(warnings)
    if groups:
        yield "Allowed, but look at it:"
    for group in groups:
        yield f"  Sheet {group[0].sheet}, {_place(group) or 'all rows: '}{group[0].what}"


def _first(missing: list[Fault]) -> Fault:
    return min(missing, key=place_in_order)


def _lines(faults: list[Fault]) -> Iterator[str]:
    for (sheet, file), of_sheet in groupby(faults, key=lambda fault: (fault.sheet, fault.file)):
        each = list(of_sheet)
        if sheet:
            shown = shortened(sheet)
            yield (
                f"Sheet {shown}"
                + (f" ({file})" if file else "")
                + f": {len(each)} {plural(len(each), 'fault')}"
            )
        for group in _alike(each):
            what = group[0].what
            yield (
                f"  {_place(group)}{what}"
                if sheet
                else f"{group[0].line}: {what}"
                if file
                else what
            )


def _alike(faults: Iterable[Fault]) -> list[list[Fault]]:
    """Faults of one column that say the same of several rows, together; in the order of the first
    of each.
    """
    found: dict[object, list[Fault]] = {}
    for fault in faults:
        key = (fault.sheet, fault.column, fault.value, fault.rule, fault.fix)
        found.setdefault(key if fault.row and fault.sheet else id(fault), []).append(fault)
    return list(found.values())


def _place(group: list[Fault]) -> str:
    """`row 14, column start (blocks!D14): `; of several rows, the cells from the first to the
    last.
    """
    first, last = group[0], group[-1]
    rows = (
        f"{plural(len(group), 'row')} {spans([fault.row for fault in group])}" if first.row else ""
    )
    column = f"column {shortened(first.column)}" if first.column else ""
    cells = "" if len(group) == 1 or not first.cell else f" to {last.cell}"
    place = ", ".join(part for part in (rows, column) if part) + (
        f" ({first.address}{cells})" if first.cell else ""
    )
    return f"{place}: " if place else ""
