"""Say what is still missing, in the order in which sheets are filled in.

First what others refer to, one step a sheet.
"""

from collections.abc import Collection, Iterator, Mapping

from planner.facts.row import columns_of
from planner.facts.sheets import SHEETS, heading
from planner.sheets.raw_table import RawSheet
from planner.words.errors import Fault

FILLING_ORDER = (
    "district",
    "roles",
    "pay",
    "allowances",
    "oncosts",
    "schools",
    "calendar",
    "blocks",
    "travel",
    "teachers",
    "staff",
    "groups",
    "members",
    "duties",
    "programs",
    "funds",
    "positions",
    "assignments",
    "expenditures",
    "accounts",
    "training",
    "offerings",
    "preferences",
    "pins",
    "rules",
)
"""No sheet refers to one after it (but for rows that refer to others of their own sheet)."""
BUDGET = ("programs", "funds", "positions")
WHY = {
    "district": "everything else depends on its school year, its days and its grades",
    "roles": "everybody who is planned works under one of these job classes",
    "schools": "people work at them, and groups are served there",
    "blocks": "a group is served in the parts of the school day that allow it",
    "staff": "somebody has to serve the groups",
    "groups": "they are what a timetable serves",
}
assert sorted(FILLING_ORDER) == sorted(SHEETS), "every sheet has its place in the order"


def missing_sheet(
    sheet: str, why: str, names: tuple[str, ...] = (), table: RawSheet | None = None
) -> Fault:
    """A sheet that is still to be filled in: `why`, with which columns, and which names others
    expect in it.
    """
    rule = f"{'is missing' if table is None else 'has no rows'}; {why}."
    wanted = (
        f"Add {_shorten_list(names)} there first"
        if names
        else "Add the sheet"
        if table is None
        else "Fill it in"
    )
    return Fault(
        sheet,
        0,
        "",
        "",
        rule,
        f"{wanted}: {needed_columns(sheet)}.",
        table.file if table else "",
        kind="missing",
    )


def needed_columns(sheet: str) -> str:
    """What a row of a sheet needs, in words."""
    needed = [heading(column.name) for column in columns_of(SHEETS[sheet]) if column.required]
    columns = " and ".join((", ".join(needed[:-1]), needed[-1])) if len(needed) > 1 else needed[0]
    return f"the one row needs {columns}" if sheet == "district" else f"each row needs {columns}"


def timetable_needs(tables: Mapping[str, RawSheet]) -> Iterator[Fault]:
    """The sheets without which there is no timetable, in the order in which to fill them; none
    where only money is planned.

    `tables` go by the contract's names.
    """
    filled = {sheet for sheet, table in tables.items() if table.rows or table.broken}
    if filled & set(BUDGET) and not filled & {"blocks", "staff", "groups", "duties"}:
        return
    groups = tables["groups"].rows if "groups" in filled else ()
    unneeded = {
        "blocks": groups
        and all(cells.get("windows") for _, cells in groups)
        or (not groups and "duties" in filled),
        "groups": "duties" in filled,
    }
    for sheet in ("blocks", "staff", "groups"):
        if sheet not in filled and not unneeded.get(sheet):
            yield missing_sheet(
                sheet, f"a timetable needs it: {WHY[sheet]}", table=tables.get(sheet)
            )


def further_needs(tables: Mapping[str, RawSheet], faults: Collection[Fault]) -> Iterator[Fault]:
    """What a timetable needs beside the sheets of which the faults of a dataset tell already."""
    told = {fault.sheet for fault in faults if fault.kind == "missing" or not fault.row}
    yield from (step for step in timetable_needs(tables) if step.sheet not in told)


def place_in_order(fault: Fault) -> int:
    """Where the sheet of a fault stands in the order of filling in."""
    return FILLING_ORDER.index(fault.sheet) if fault.sheet in FILLING_ORDER else -1


def _shorten_list(names: tuple[str, ...], most: int = 4) -> str:
    shown = [*names[:most], *([f"{len(names) - most} more"] if len(names) > most else [])]
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
