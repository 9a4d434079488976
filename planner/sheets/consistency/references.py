"""Names in one sheet that must be ids in another."""

from collections.abc import Iterator, Mapping

from planner.facts.cell_formats import Share
from planner.facts.funds import Fund, Program
from planner.facts.roles import Role
from planner.facts.row import ColumnSpec, SheetRow, columns_of
from planner.facts.sheets import SHEETS
from planner.sheets.consistency.sheets import Sheets
from planner.sheets.missing_sheets import missing_sheet
from planner.words.errors import Fault
from planner.words.wording import plural, spans

Wanted = tuple[tuple[str, ...], str]
"""An id that some cell names, and the sheets in which it may stand."""


def find_unknown_references(sheets: Sheets) -> Iterator[Fault]:
    """A cell that names an id which none of the sheets that its column refers to holds.

    Told once: for a sheet that is not there or empty, however many cells refer to it; for an id
    that several cells name and that is like no other, because then it is the id that is missing and
    not the cells that are misspelt.
    """
    missing: dict[tuple[str, ...], dict[str, Fault]] = {}
    unknown: dict[Wanted, list[Fault]] = {}
    for model in SHEETS.values():
        columns = [column for column in columns_of(model) if column.refers_to]
        for row in sheets.of(model) if columns else ():
            for column in columns:
                for names, word in _named(row, column):
                    if not any(sheets.is_filled(sheet) for sheet in names):
                        missing.setdefault(names, {}).setdefault(
                            word, sheets.fault(row, column.name, "")
                        )
                    elif _is_unknown(sheets, names, word):
                        unknown.setdefault((names, word), []).append(
                            _unknown(sheets, row, column.name, word, names)
                        )
    for names, cells in missing.items():
        yield _missing_sheet(sheets, names, cells)
    for (names, word), faults in unknown.items():
        if len(faults) > 1 and faults[0].fix.startswith("Add it"):
            yield _missing_id(sheets, names, word, faults)
        else:
            yield from faults


def _named(row: SheetRow, column: ColumnSpec) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each name in a cell, with the sheets in which it may stand."""
    value = getattr(row, column.name)
    for name in (value,) if isinstance(value, str) else value or ():
        if isinstance(name, Share):
            yield column.refers_to, name.fund
            if name.allowance:
                yield ("allowances",), name.allowance
        elif name:
            yield column.refers_to, name


def _is_unknown(sheets: Sheets, names: tuple[str, ...], word: str) -> bool:
    """Whether a word is certainly no id of these sheets; where one of them could not be read,
    nobody knows.
    """
    if any(sheets.has(name) and not sheets.whole(name) for name in names):
        return False
    return not any(word in sheets.ids(name) for name in names)


def _unknown(sheets: Sheets, row: SheetRow, field: str, word: str, names: tuple[str, ...]) -> Fault:
    where = " or ".join(name for name in names if sheets.has(name))
    fix = sheets.nearest(word, names) or f"Add it to {where}, or write a name that is there."
    return sheets.fault(row, field, f"is not in the sheet {where}.", fix, word)


def _missing_sheet(sheets: Sheets, names: tuple[str, ...], cells: Mapping[str, Fault]) -> Fault:
    """A sheet that is not there, or is empty, and the names that others expect in it."""
    first = next(iter(cells.values()))
    why = f"row {first.row} of {first.sheet} refers to it in the column {first.column}"
    return missing_sheet(names[0], why, tuple(cells), sheets.table_of(names[0]))


def _missing_id(sheets: Sheets, names: tuple[str, ...], word: str, faults: list[Fault]) -> Fault:
    """An id that is not there, and the cells that name it."""
    sheet = next(name for name in names if sheets.has(name))
    rows: dict[tuple[str, str], list[int]] = {}
    for fault in faults:
        rows.setdefault((fault.sheet, fault.column), []).append(fault.row)
    where = " and ".join(
        f"{plural(len(on), 'row')} {spans(on)} of {of} (column {column})"
        for (of, column), on in rows.items()
    )
    rule = f"is not there, and {where} refer to it."
    fix = f"Add it to {sheet} first, or correct those cells."
    table = sheets.table_of(sheet)
    return Fault(sheet, 0, "", word, rule, fix, table.file if table else "", kind="missing")


def find_unknown_roles_of_percentages(sheets: Sheets) -> Iterator[Fault]:
    """A program's or fund's `percents` that speak of a role which is not there (`*` is every other
    role).
    """
    rows: list[Program | Fund] = [*sheets.of(Program), *sheets.of(Fund)]
    for row in rows:
        for given in row.percents or ():
            if given.role != "*" and _is_unknown(sheets, ("roles",), given.role):
                yield _unknown(sheets, row, "percents", given.role, ("roles",))


def find_unknown_pay_schedules(sheets: Sheets) -> Iterator[Fault]:
    """A role's `pay_schedule` that the sheet pay does not hold, where there is such a sheet."""
    # The first column of the key of the sheet pay is the schedule, so the sheet's ids are its
    # schedules.
    if not sheets.is_filled("pay"):
        return
    for role in sheets.of(Role):
        if role.pay_schedule and _is_unknown(sheets, ("pay",), role.pay_schedule):
            yield _unknown(sheets, role, "pay_schedule", role.pay_schedule, ("pay",))
