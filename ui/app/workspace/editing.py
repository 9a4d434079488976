"""Sheets that were edited by somebody who does not see every column: what they did not see goes
back as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.access import Denied, User, dataset_for, seen
from planner.facts.sheets import Dataset
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import columns_by_heading

Rows = Sequence[tuple[int | None, Mapping[str, str]]]
"""Rows of a sheet after editing: the number of the row that each was (None: a new one), and its
cells.
"""


@dataclass(frozen=True, eq=False)
class EditedDataset:
    """A dataset whose sheets were edited, as `viewer` sees it. The whole stays inside, to be
    saved.
    """

    viewer: User
    _whole: Dataset = field(repr=False)

    @cached_property
    def visible(self) -> Dataset:
        """What the viewer sees of it."""
        return dataset_for(self.viewer, self._whole)


def whole_of(edited: EditedDataset) -> Dataset:
    """All of an edited dataset: for the store, never for a page."""
    return edited._whole


def find_hidden(viewer: User, sheet: str, rows: Rows) -> None:
    """Raises Denied where rows write into a column that somebody does not see."""
    for name in sorted({name for _, cells in rows for name in cells}):
        if name in columns_by_heading(sheet) and not seen(viewer, f"{sheet}.{name}"):
            raise Denied(f"The column {name} of {sheet} is not yours to change. Ask HR.")


def rejoined(whole: RawSheet, shown: RawSheet, rows: Rows) -> RawSheet:
    """The edited sheet with the columns that were not shown. Raises Denied where somebody does not
    see all of its rows.
    """
    if len(shown.rows) != len(whole.rows):
        raise Denied("You do not see all rows of this sheet, so that you cannot change it. Ask HR.")
    before = dict(whole.rows)
    headings = {name for _, cells in shown.rows for name in cells} or set(shown.headings)
    hidden = [name for name in whole.headings if name not in headings]
    last = max(before, default=1)
    found: list[tuple[int, Mapping[str, str]]] = []
    for number, cells in rows:
        last += number is None
        kept = {name: before[number].get(name, "") for name in hidden} if number is not None else {}
        found.append((last if number is None else number, kept | dict(cells)))
    names = dict.fromkeys((*whole.headings, *(name for _, cells in found for name in cells)))
    return RawSheet(tuple(names), found, file=whole.file)
