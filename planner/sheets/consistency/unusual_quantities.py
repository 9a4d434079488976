"""Quantities that are hardly in the unit of their column: hours among minutes, a share among
percentages, an afternoon written as a morning.

They are warnings, not faults. What a column plausibly holds is said where it is declared.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from planner.facts.cell_formats import clock
from planner.facts.decisions import RuleRow
from planner.facts.group_rows import Group
from planner.facts.overrides import value_of
from planner.facts.person import opening
from planner.facts.plausible import AFTERNOON, CLOCKS, HALF_DAY, Plausible, PlausibleBy, quantities
from planner.facts.roles import Role
from planner.facts.row import ColumnSpec, SheetRow, columns_of
from planner.facts.schools import Block, School, Teacher
from planner.facts.sheets import SHEETS
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

LOOK = "Look at it again."
_DAY = 24 * 60


def find_unusual_quantities(sheets: Sheets) -> Iterator[Fault]:
    """A number outside of what its column plausibly holds, with the unit that it is likely in."""
    for model in SHEETS.values():
        columns = _with_range(model)
        for row in sheets.of(model) if columns else ():
            for column in columns:
                yield from _unusual(sheets, row, column, column.name, getattr(row, column.name))


def find_unusual_settings(sheets: Sheets) -> Iterator[Fault]:
    """The same of a row of `rules` that replaces a column of job classes or groups."""
    columns = {column.name: (model, column) for model in (Role, Group) for column in _all(model)}
    for row in sheets.of(RuleRow):
        if row.value and row.parameter in columns:
            model, column = columns[row.parameter]
            try:
                value = value_of(model, row.parameter, row.value, sheets.reading)
            except ValueError:
                continue  # a fault, which is told already
            yield from _unusual(sheets, row, column, "value", value)


@cache
def _all(model: type[SheetRow]) -> tuple[ColumnSpec, ...]:
    return columns_of(model)


@cache
def _with_range(model: type[SheetRow]) -> tuple[ColumnSpec, ...]:
    """The columns of a sheet that say what they plausibly hold."""
    return tuple(
        column for column in _all(model) if isinstance(column.usual, Plausible | PlausibleBy)
    )


def _unusual(
    sheets: Sheets, row: SheetRow, column: ColumnSpec, field: str, value: object
) -> Iterator[Fault]:
    """The first quantity of a cell that is outside of its range; the default never is."""
    usual = column.usual
    if isinstance(usual, PlausibleBy):
        usual = usual.ranges.get(getattr(row, usual.column, ""))
    if not isinstance(usual, Plausible) or value == column.default:
        return
    odd = next((number for number in quantities(value) if not usual.holds(number)), None)
    if odd is None:
        return
    slip = usual.likely(odd)
    fix = LOOK
    if slip:
        fix = slip.question
        if slip.is_exact:
            fix += f" Then write {_shown(slip.meant(odd), column)}."
    rule = f"is hardly meant{_in_unit(column)}: {usual.why}."
    yield sheets.fault(row, field, rule, fix)


def _in_unit(column: ColumnSpec) -> str:
    return f" in {column.unit}" if column.unit else ""


def _shown(number: Decimal, column: ColumnSpec) -> str:
    """A number as it is written in its column."""
    if column.cell.kind in CLOCKS:
        return clock(int(number))
    rounded = round(number, 4).normalize()
    return f"{rounded:f}"


def find_times_outside_of_the_school_day(sheets: Sheets) -> Iterator[Fault]:
    """A block, a group's windows or a teacher's planning time at which the school is closed on each
    of its days. On a day that ends early it is not: such blocks are cut short, as they are meant.
    """
    schools = sheets.by_id(School)
    for block in sheets.of(Block):
        days = block.days or sheets.reading.cycle
        for field in ("start", "end"):
            times = {getattr(block, field): days}
            yield from _outside(sheets, block, field, schools.get(block.school), times)
    rows: list[tuple[Group | Teacher, str]] = [(row, "windows") for row in sheets.of(Group)]
    rows += [(row, "planning") for row in sheets.of(Teacher)]
    for row, field in rows:
        days_of: dict[int, list[str]] = {}
        for window in getattr(row, field):
            days_of.setdefault(window.start, []).append(window.day)
            days_of.setdefault(window.end, []).append(window.day)
        yield from _outside(sheets, row, field, schools.get(row.school), days_of)


def _outside(
    sheets: Sheets,
    row: SheetRow,
    field: str,
    school: School | None,
    times: Mapping[int, Sequence[str]],
) -> Iterator[Fault]:
    """The first of some times at which the school is closed on each of the days given with it."""
    for time, days in times.items() if school else ():
        assert school is not None
        hours = [known for day in days if (known := _hours(school, day)) is not None]
        if not hours or any(opens <= time <= closes for opens, closes in hours):
            continue
        opens, closes = hours[0]
        rule = f"is outside of the hours of {school.name} ({clock(opens)}-{clock(closes)})."
        later = time + HALF_DAY
        fix = LOOK
        if opens <= later <= closes:
            fix = f"{AFTERNOON.question} Then write {clock(later)} for {clock(time)}."
        yield sheets.fault(row, field, rule, fix)
        return


def _hours(school: School, day: str) -> tuple[int, int] | None:
    """When a school opens and closes on a day of the cycle, also where one of the two is not said;
    None where neither is.
    """
    known = opening(school, day)
    if known or school.hours or (school.open is None and school.close is None):
        return known
    return school.open or 0, _DAY if school.close is None else school.close
