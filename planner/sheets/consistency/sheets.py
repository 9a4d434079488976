"""The sheets as far as they could be read.

For looking up one row from another, and for naming where a fault stands.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from planner.facts.cell_formats import Reading, nearest
from planner.facts.decisions import RuleRow
from planner.facts.district import District
from planner.facts.overrides import overridden, rules_of
from planner.facts.roles import Role
from planner.facts.row import SheetRow
from planner.facts.sheets import SHEETS, heading
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import NumberedRow, SheetRead
from planner.words.errors import Fault

MOST_HINTS = 100
AnyRow = TypeVar("AnyRow", bound=SheetRow)


class Sheets:
    """Typed rows that remember where they stand. Rows with faults of their own are left out, but
    their ids are known.

    Where the district's cycle could not be read, `cycle_known` is false and `reading` holds a
    school week instead.
    """

    def __init__(
        self, read: Mapping[str, SheetRead], reading: Reading, *, cycle_known: bool = True
    ) -> None:
        self.reading = reading
        self.cycle_known = cycle_known
        self._read = read
        self._place: dict[int, tuple[SheetRead, NumberedRow]] = {
            id(numbered.row): (found, numbered)
            for found in read.values()
            for numbered in found.rows
        }
        self._hints: dict[tuple[str, tuple[str, ...]], str] = {}

    def of(self, model: type[AnyRow]) -> list[AnyRow]:
        """The rows of one kind, in the sheet's order."""
        found = self._read.get(_SHEET_OF[model])
        return (
            [numbered.row for numbered in found.rows if isinstance(numbered.row, model)]
            if found
            else []
        )

    def by_id(self, model: type[AnyRow]) -> dict[str, AnyRow]:
        """The rows of one kind by the first column of their key."""
        return {getattr(row, model.KEY[0]): row for row in self.of(model)}

    @cached_property
    def district(self) -> District | None:
        """The district, if it could be read."""
        return next(iter(self.of(District)), None)

    @cached_property
    def roles_in_force(self) -> dict[str, Role]:
        """The job classes by id, with the limits that rules put in their place; as they are typed
        where those rules have faults of their own.
        """
        rows = self.of(RuleRow)
        try:
            rules = rules_of(self.district, rows) if self.district else ()
            return {
                name: overridden(role, rules, frozenset({f"role:{name}"}), self.reading)
                for name, role in self.by_id(Role).items()
            }
        except ValueError:
            return self.by_id(Role)

    def has(self, sheet: str) -> bool:
        """Whether the dataset has a sheet."""
        return sheet in self._read

    def is_filled(self, sheet: str) -> bool:
        """Whether a sheet is there and holds anything, even if it could not be read."""
        found = self._read.get(sheet)
        return found is not None and bool(
            not found.whole or found.rows or found.ids or found.faults
        )

    def table_of(self, sheet: str) -> RawSheet | None:
        """An empty table from the file of a sheet, to say where it is; None for a sheet that is not
        there.
        """
        return RawSheet(file=self._read[sheet].file) if sheet in self._read else None

    def whole(self, sheet: str) -> bool:
        """Whether a sheet is there and its headings could be read, so that its ids are known."""
        return sheet in self._read and self._read[sheet].whole

    def ids(self, sheet: str) -> set[str]:
        """The ids in a sheet, those of rows with faults too."""
        return self._read[sheet].ids if sheet in self._read else set()

    def number(self, row: SheetRow) -> int:
        """The row's number in its sheet."""
        return self._place[id(row)][1].number

    def fault(
        self, row: SheetRow, field: str, rule: str, fix: str = "", value: str | None = None
    ) -> Fault:
        """A fault at a row's column; it shows the cell as it stands, or the part of it that is
        wrong.
        """
        found, numbered = self._place[id(row)]
        name = heading(field)
        shown = numbered.texts.get(name, "") if value is None else value
        return Fault(found.sheet, numbered.number, name, shown, rule, fix, found.file)

    def nearest(self, word: str, sheets: Iterable[str]) -> str:
        """`Did you mean …?` among the ids of some sheets; after a hundred different words, nothing,
        for speed.
        """
        key = (word, tuple(sheets))
        if key not in self._hints and len(self._hints) < MOST_HINTS:
            self._hints[key] = nearest(
                word, sorted(set().union(*(self.ids(sheet) for sheet in key[1])))
            )
        return self._hints.get(key, "")


_SHEET_OF: dict[type[SheetRow], str] = {model: sheet for sheet, model in SHEETS.items()}
