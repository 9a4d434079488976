"""Names in one sheet that must be ids in another."""

from collections.abc import Iterator

from planner.consistency.sheets import Sheets
from planner.errors import Fault
from planner.problem.cells import Share
from planner.problem.funds import Fund, Program
from planner.problem.roles import Role
from planner.problem.row import Column, Row, columns_of
from planner.problem.sheets import ALWAYS_NEEDED, SHEETS


def find_unknown_references(sheets: Sheets) -> Iterator[Fault]:
    """A cell that names an id which none of the sheets that its column refers to holds."""
    missing: set[tuple[str, ...]] = set()
    for model in SHEETS.values():
        columns = [column for column in columns_of(model) if column.refers_to]
        for row in sheets.of(model) if columns else ():
            for column in columns:
                for sheet_names, name in _named(row, column):
                    if not any(sheets.has(sheet) for sheet in sheet_names):
                        yield from _missing_sheet(sheets, missing, sheet_names, row, column)
                    elif _is_unknown(sheets, sheet_names, name):
                        yield _unknown(sheets, row, column.name, name, sheet_names)


def _named(row: Row, column: Column) -> Iterator[tuple[tuple[str, ...], str]]:
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
    """Whether a word is certainly no id of these sheets; where one of them could not be read, nobody knows."""
    if any(sheets.has(name) and not sheets.whole(name) for name in names):
        return False
    return not any(word in sheets.ids(name) for name in names)


def _unknown(sheets: Sheets, row: Row, field: str, word: str, names: tuple[str, ...]) -> Fault:
    where = " or ".join(name for name in names if sheets.has(name))
    fix = sheets.nearest(word, names) or f"Add it to {where}, or write a name that is there."
    return sheets.fault(row, field, f"is not in the sheet {where}.", fix, word)


def _missing_sheet(
    sheets: Sheets, missing: set[tuple[str, ...]], names: tuple[str, ...], row: Row, column: Column
) -> Iterator[Fault]:
    """One fault for a sheet that is not there, however many cells refer to it."""
    if names not in missing and names[0] not in ALWAYS_NEEDED:
        missing.add(names)
        first = sheets.fault(row, column.name, "")
        rule = f"is missing; row {first.row} of {first.sheet} refers to it in the column {first.column}."
        yield Fault(names[0], 0, "", "", rule, "Add the sheet.")


def find_unknown_roles_of_percentages(sheets: Sheets) -> Iterator[Fault]:
    """A program's or fund's `percents` that speak of a role which is not there (`*` is every other role)."""
    rows: list[Program | Fund] = [*sheets.of(Program), *sheets.of(Fund)]
    for row in rows:
        for given in row.percents or ():
            if given.role != "*" and _is_unknown(sheets, ("roles",), given.role):
                yield _unknown(sheets, row, "percents", given.role, ("roles",))


def find_unknown_pay_schedules(sheets: Sheets) -> Iterator[Fault]:
    """A role's `pay_schedule` that the sheet pay does not hold, where there is such a sheet."""
    # The first column of the key of the sheet pay is the schedule, so the sheet's ids are its schedules.
    if not sheets.has("pay"):
        return
    for role in sheets.of(Role):
        if role.pay_schedule and _is_unknown(sheets, ("pay",), role.pay_schedule):
            yield _unknown(sheets, role, "pay_schedule", role.pay_schedule, ("pay",))
