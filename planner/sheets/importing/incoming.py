"""Hold rows on their way into a sheet.

They are in the contract's words already, and each cell still knows where it came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planner.facts.cell_formats import Reading
from planner.facts.sheets import SHEETS, heading
from planner.sheets.dataset import cells_of
from planner.sheets.importing.cell_forms import LISTS
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import columns_by_heading, read_sheet
from planner.words.errors import DatasetError, Fault

_A_LIST = "State what stands between the parts of a list of theirs: list_separator in the mapping."


@dataclass(frozen=True)
class ImportOrigin:
    """Where a cell came from: their heading and what stood there; no heading where it is a constant
    of the mapping.
    """

    heading: str
    text: str


@dataclass
class Incoming:
    """The rows for one sheet, as text under our headings, numbered as the export numbers them.

    `columns` are the columns that the export fills, also where a cell of it is blank; `hidden`
    those whose texts no message may show; `faults` what could not be translated, `told` the cells
    and `unmapped` the columns that they are about; `skipped` counts the rows left out, `repeated`
    those that say nothing new.
    """

    sheet: str
    file: str = ""
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    origins: dict[tuple[int, str], ImportOrigin] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    mapping: str = ""
    faults: list[Fault] = field(default_factory=list)
    told: set[tuple[int, str]] = field(default_factory=set)
    unmapped: set[str] = field(default_factory=set)
    skipped: int = 0
    repeated: int = 0

    def blame(self, row: int, column: str, rule: str, fix: str = "") -> None:
        """Note that a cell cannot be translated; its place is the export's."""
        self.told.add((row, column))
        self.faults.append(self._placed(Fault(self.sheet, row, column, "", rule, fix, self.file)))

    def _placed(self, fault: Fault) -> Fault:
        """A fault of ours at the place in the export from which its cell came."""
        origin = self.origins.get((fault.row, fault.column))
        if origin is None:
            return fault
        if not origin.heading:
            return replace(fault, fix=f"{fault.fix} It is a constant of {self.mapping}.".strip())
        ours, theirs = fault.value, "" if fault.column in self.hidden else origin.text
        translated = f"stands for '{ours}': " if ours and theirs and ours != theirs else ""
        shown = "" if fault.column in self.hidden else theirs
        kind = columns_by_heading(self.sheet)[fault.column][1].cell.kind
        fix = fault.fix or (
            _A_LIST if kind in LISTS and "which separate lists" in fault.rule else ""
        )
        return replace(
            fault, column=origin.heading, value=shown, rule=f"{translated}{fault.rule}", fix=fix
        )

    def read(self, reading: Reading) -> "Ready":
        """The typed rows. Raises DatasetError with everything that is wrong, in the order of
        rows.
        """
        self._drop_repeated()
        found = read_sheet(
            self.sheet,
            RawSheet(tuple({*self.columns, *self.unmapped}), self.rows, file=self.file),
            reading,
        )
        told = self.told | {(row, column) for row, _ in self.rows for column in self.unmapped}
        self.faults += [
            self._placed(fault) for fault in found.faults if (fault.row, fault.column) not in told
        ]
        if self.faults:
            raise DatasetError(sorted(self.faults, key=lambda fault: fault.row))
        cells = [(row.number, cells_of(row.row, self.sheet, reading)) for row in found.rows]
        return Ready(self.sheet, self.columns, cells, self.skipped, self.repeated)

    def _drop_repeated(self) -> None:
        """Leave out rows that say the same as one before; exports often list a person once a
        term.
        """
        seen: set[tuple[tuple[str, str], ...]] = set()
        wrong = {row for row, _ in self.told}
        kept = []
        for number, cells in self.rows:
            said = tuple(sorted(cells.items()))
            if said in seen and number not in wrong:
                self.repeated += 1
            else:
                seen.add(said)
                kept.append((number, cells))
        self.rows = kept


@dataclass(frozen=True)
class Ready:
    """Rows that are in order by themselves: cells in the contract's own writing, without those that
    hold the default.
    """

    sheet: str
    columns: tuple[str, ...]
    cells: list[tuple[int, dict[str, str]]]
    skipped: int = 0
    repeated: int = 0


def key_of(sheet: str, cells: Mapping[str, str], columns: tuple[str, ...]) -> tuple[str, ...]:
    """What tells a row of a sheet from the others: its key; where rows have none, all that the
    export says of it.

    There is one district, so all its rows are the same one.
    """
    if sheet == "district":
        return ()
    names: tuple[Any, ...] = tuple(heading(name) for name in SHEETS[sheet].KEY) or columns
    return tuple(cells.get(name, "") for name in names)
