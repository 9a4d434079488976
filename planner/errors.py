"""What is wrong with an input, said all at once and so that a planner can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where it stands, what stands there, which rule it breaks and how to mend it.

    `row` is the line as a spreadsheet numbers it (1 is the heading); 0 where no row is meant. `cell` is the cell as a
    spreadsheet calls it (`D14`), where that is known.
    """

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    fix: str = ""
    file: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = f"{self.file}: " if self.file else ""
        place += f"{self.sheet}!{self.cell}" if self.cell else f"sheet {self.sheet}" if self.sheet else "dataset"
        if self.row and not self.cell:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        shown = f" '{_short(self.value)}':" if self.value else ""
        return f"{place}:{shown} {self.rule}" + (f" {self.fix}" if self.fix else "")


class DatasetError(Exception):
    """The input is wrong; `faults` names everything that is, in the order of sheets and rows."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def _short(value: str, limit: int = 60) -> str:
    value = " ".join(value.split())
    return value if len(value) <= limit else value[: limit - 1] + "…"
