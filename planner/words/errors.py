"""Everything that goes wrong and can be mended, under one base.

* PlannerError
  * DatasetError: a dataset, scenario or plan is wrong; `faults` names every cell
    * StoreError: the store cannot be opened, read or changed so
      * PlaceError: the file or the database of a store
        * Unreachable: the database does not answer; it may be back in a while
      * NotThere: no such dataset, scenario, plan or run in it
      * SavedMeanwhile: somebody else saved first
      * NotOurs: a run that another worker took up
  * WrongInput: what was asked for cannot be done: seconds below 0, no plan to write
  * PayMissing: positions that no row of the sheet `pay` prices
  * Denied: somebody may not do that
  * CannotChange: a change of a scenario that fits no row; a DatasetError names them all
  * Unknown: on a shared screen, somebody whom nobody gave a role

The readers of workbooks keep these to themselves:

* BrokenXml: a part of a workbook is no XML
* TooMuchText: the texts of all cells would fill the memory
* Unreadable: a cell has no value

A dataset whose rules contradict each other is no error: the result says it (`INFEASIBLE`). A file
that cannot be opened for writing is Python's own OSError, as in every library.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where it stands, what stands there, which rule it breaks and how to
    mend it.

    `row` is the line as a spreadsheet numbers it (1 is the heading), without a sheet the line of a
    text file; 0 where none is meant. `cell` is the place as a spreadsheet calls it (`D14`), where
    it is one cell. `kind` is "fault" for what is wrong, "missing" for a sheet that is still to be
    filled in, "warning" for what is allowed and yet hardly meant.
    """

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    fix: str = ""
    file: str = ""
    cell: str = ""
    kind: str = "fault"

    def __str__(self) -> str:
        if self.row and not self.sheet:
            return f"{self.line}: {self.what}"
        place = f"{self.file}: " if self.file else ""
        place += f"sheet {self.sheet}" if self.sheet else "dataset"
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {shortened(self.column)}"
        if self.cell:
            place += f" ({self.address})"
        return f"{visible(place)}: {self.what}"

    @property
    def address(self) -> str:
        """The cell as a spreadsheet names it: `blocks!D14`; nothing where no cell is meant."""
        return f"{self.sheet}!{self.cell}" if self.cell else ""

    @property
    def line(self) -> str:
        """Where a fault stands that is in no sheet: `cut.yaml, line 7`."""
        return visible(self.file) + (f", line {self.row}" if self.row else "")

    @property
    def what(self) -> str:
        """The fault without its place."""
        shown = f"'{shortened(self.value)}': " if self.value else ""
        return visible(f"{shown}{self.rule}" + (f" {self.fix}" if self.fix else ""))


class PlannerError(Exception):
    """The base of every error that this package raises on purpose; its text is a sentence."""


class WrongInput(PlannerError):
    """Something that was asked for cannot be done; the message is a sentence that says what to do
    instead.
    """


class DatasetError(PlannerError):
    """The input is wrong; `faults` names everything that is, in the order of sheets and rows."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shortened(value: str, limit: int = 60) -> str:
    """A value as a message shows it: on one line, not too long."""
    value = " ".join(value[: 20 * limit].split())
    return visible(value if len(value) <= limit else value[: limit - 1] + "…")


def visible(text: str) -> str:
    """Text with names for the characters that cannot be seen, or that would turn a terminal's lines
    round.
    """
    return (
        text
        if text.isprintable()
        else "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
    )


def sentence_of(error: OSError) -> str:
    """Why the system refused, as the end of a sentence: `Permission denied`."""
    return error.strerror or type(error).__name__
