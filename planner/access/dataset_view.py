"""A dataset as somebody may see it: rows, columns and every reference to what they may not see left
out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from planner.access.school_scope import Own, own_of
from planner.access.table import seen
from planner.access.viewer import User
from planner.facts.cell_formats import Share
from planner.facts.expenditures import Expenditure
from planner.facts.funds import Fund
from planner.facts.group_rows import Group
from planner.facts.person import WORKING_WEEK
from planner.facts.problem import Problem
from planner.facts.row import ColumnSpec, SheetRow, columns_of
from planner.facts.sheets import SHEETS, Dataset, heading
from planner.facts.staff_rows import Staff
from planner.facts.who import Level
from planner.plan.plan import Plan
from planner.sheets.dataset import tables_of
from planner.sheets.raw_table import RawSheet

HIDDEN: Mapping[tuple[str, str], Decimal] = {
    ("allowances", "amount"): Decimal(0),
    ("funds", "amount"): Decimal(0),
}
"""What a required cell holds in whose place nothing may be shown. `tables_for` leaves such cells
out.
"""
SUMS = ("amount", "total", "spent_before")
"""The columns of a fund that say how much money it is."""
STRICT = ("pins",)
"""Sheets in which a blank reference means anything at all: a row that names what is hidden is left
out whole.
"""
Ids = Mapping[str, frozenset[str]]


def dataset_for(viewer: User, data: Dataset, plan: Plan | None = None) -> Dataset:
    """The rows and columns that somebody may see; what they may not see is blank, and required
    amounts are 0.

    Somebody who sees groups but not who is in them is told how many they are. `plan` says who works
    where, where that is known.
    """
    return Seen(viewer, data, plan).dataset()


def tables_for(viewer: User, data: Dataset, plan: Plan | None = None) -> dict[str, RawSheet]:
    """The same as the sheets of a CSV folder: without what stands there only because a dataset
    cannot do without it.
    """
    view = Seen(viewer, data, plan)
    tables = tables_of(view.dataset())
    for sheet, table in tables.items():
        for row, (_, cells) in zip(view.originals[sheet], table.rows, strict=True):
            for name in [name for name in cells if not view.shows(sheet, _field(sheet, name), row)]:
                if isinstance(cells, dict):
                    del cells[name]
    return tables


def _field(sheet: str, name: str) -> str:
    return next(field for field in SHEETS[sheet].model_fields if heading(field) == name)


class Seen:
    """A dataset while it is filtered. `originals` are the rows that are shown, as they were."""

    def __init__(self, viewer: User, data: Dataset, plan: Plan | None = None) -> None:
        self.viewer, self.data = viewer, data
        self.own: Own = own_of(viewer.schools, data, plan)
        self.columns: Mapping[str, tuple[ColumnSpec, ...]] = {
            sheet: columns_of(model) for sheet, model in SHEETS.items()
        }
        self.originals: dict[str, list[SheetRow]] = {sheet: self._shown(sheet) for sheet in SHEETS}
        self.ids: Ids = {sheet: self._ids_of(sheet, rows) for sheet, rows in self.originals.items()}
        self._sizes = Counter(member.group for member in data.members)

    def dataset(self) -> Dataset:
        """What is shown, typed."""
        rows: dict[str, Any] = {}
        for sheet in SHEETS:
            each = [(row, self._filtered(sheet, row)) for row in self.originals[sheet]]
            self.originals[sheet] = [row for row, filtered in each if filtered]
            rows[sheet] = tuple(filtered for _, filtered in each if filtered)
        rows["district"] = rows["district"][0]
        return Dataset(**rows)

    def shows(self, sheet: str, field: str, row: SheetRow) -> bool:
        """Whether a cell is shown. What the whole district has in a pooled fund is no school's
        own.
        """
        if isinstance(row, Expenditure) and row.is_pay:
            return bool(seen(self.viewer, "expenditures.rate"))  # every cell of it is about pay
        level = seen(self.viewer, f"{sheet}.{heading(field)}")
        pooled = isinstance(row, Fund) and field in SUMS and row.fund not in self.own.funds
        return level is Level.ALL or (level is Level.OWN and self.own.has(row) and not pooled)

    def has_whole(self, sheet: str) -> bool:
        """Whether somebody sees all rows of a sheet."""
        return (
            seen(self.viewer, f"{sheet}.{heading(next(iter(SHEETS[sheet].model_fields)))}")
            is Level.ALL
        )

    def _shown(self, sheet: str) -> list[SheetRow]:
        """The rows of which every cell that a row must have is shown, or may hold something
        else.
        """
        needed = [
            column.name
            for column in self.columns[sheet]
            if column.required and (sheet, column.name) not in HIDDEN
        ]
        return [
            row
            for row in self.data.rows(sheet)
            if all(self.shows(sheet, name, row) for name in needed)
        ]

    def _ids_of(self, sheet: str, rows: Iterable[SheetRow]) -> frozenset[str]:
        key = SHEETS[sheet].KEY
        return frozenset(getattr(row, key[0]) for row in rows) if key else frozenset()

    def _filtered(self, sheet: str, row: SheetRow) -> SheetRow | None:
        """A row without what is hidden; None where nothing is left of it that could be shown."""
        changes: dict[str, Any] = {}
        for column in self.columns[sheet]:
            value = getattr(row, column.name)
            if not self.shows(sheet, column.name, row):
                changes[column.name] = HIDDEN.get(
                    (sheet, column.name), SHEETS[sheet].model_fields[column.name].default
                )
            elif column.refers_to and value:
                known = frozenset().union(*(self.ids[name] for name in column.refers_to))
                kept = _known(value, known)
                if kept != value:
                    if (column.required and not kept) or sheet in STRICT:
                        return None
                    changes[column.name] = kept
        if isinstance(row, Group) and row.students is None and not self.originals["members"]:
            changes["students"] = self._sizes[row.group]
        if isinstance(row, Staff) and row.staff in self.own.shared and not self.has_whole(sheet):
            changes |= self._here(row)
        return row.model_copy(update=changes) if changes else row

    def _here(self, row: Staff) -> dict[str, Any]:
        """Somebody who works elsewhere, too, without the hours that they are there: their contract
        as minutes of a week.
        """
        role = Problem(self.data).roles[row.role]
        changes: dict[str, Any] = {"busy": ()}
        if row.shifts:
            minutes = sum(role.duty_of_shift(window.end - window.start) for window in row.shifts)
            weeks = max(1, round(len(self.data.district.cycle) / WORKING_WEEK))
            changes |= {"shifts": (), "week_minutes": max(1, round(minutes / weeks))}
        return changes


def _known(value: Any, known: frozenset[str]) -> Any:
    """A reference, or several, without the ids that are not known."""
    if isinstance(value, str):
        return value if value in known else ""
    return tuple(one for one in value if (one.fund if isinstance(one, Share) else one) in known)
