"""Scenarios that would tell what stands in rows and cells that somebody does not see: whether a
condition matches, or a value changes anything, is an answer, too.
"""

from collections.abc import Callable

from planner.access import Denied, Level, User, seen
from planner.access.dataset_view import Seen
from planner.facts.row import SheetRow
from planner.facts.sheets import SHEETS, Dataset, heading
from planner.scenario.bases import Chain
from planner.scenario.draft import SheetDraft
from planner.scenario.scenario import Change
from planner.sheets.dataset import tables_of
from planner.sheets.sheet_reading import columns_by_heading

_FIRST_ROW = 2
"""The number of the first row in the sheets that `tables_of` makes."""


def find_guessed(viewer: User, chain: Chain, whole: Callable[[], Dataset]) -> None:
    """Raises Denied where a change matches a row that somebody does not see, might match one by a
    cell that they do not see, or writes such a cell.

    A row that is hidden is known by its own id, and by not naming the viewer's schools, people,
    groups and money. Rows that the scenarios add are the viewer's.
    """
    changes = [each for scenario in chain.scenarios for each in scenario.changes]
    partly = [each for each in changes if each.kind != "add" and _is_seen_in_part(viewer, each)]
    if not partly:
        return
    rows = _Rows(viewer, whole())
    for each in partly:
        if rows.are_guessed_by(each):
            raise Denied(
                f"The change of {each.sheet} is one at the schools of others, or asks what you do "
                "not see there. Let `where` name your own."
            )


def _is_seen_in_part(viewer: User, change: Change) -> bool:
    known = columns_by_heading(change.sheet) if change.sheet in SHEETS else {}
    asked = {*known} & {*change.where, *change.values, change.column, *_ids(change.sheet)}
    return any(seen(viewer, f"{change.sheet}.{name}") is not Level.ALL for name in asked)


def _ids(sheet: str) -> list[str]:
    """The columns that tell a sheet's rows apart; none of a sheet that there is not."""
    return [heading(name) for name in SHEETS[sheet].KEY] if sheet in SHEETS else []


class _Rows:
    """The rows of a dataset, and what somebody sees of each."""

    def __init__(self, viewer: User, data: Dataset) -> None:
        self._data = data
        self._draft = SheetDraft(tables_of(data))
        self._view = Seen(viewer, data)
        shown = self._view.dataset()
        self._shown: dict[int, SheetRow] = {
            id(row): filtered
            for sheet in SHEETS
            for row, filtered in zip(self._view.originals[sheet], shown.rows(sheet), strict=True)
        }
        own = self._view.own
        self._own = own.schools | own.people | own.positions | own.groups | own.duties | own.funds

    def are_guessed_by(self, change: Change) -> bool:
        """Whether a change touches a row or a cell that is not seen, or might."""
        sheet, columns = change.sheet, columns_by_heading(change.sheet)
        where = {name: texts for name, texts in change.where.items() if name in columns}
        matching = {name: set(self._draft.find(sheet, {name: where[name]})) for name in where}
        written = [name for name in (*change.values, change.column) if name in columns]
        for number, row in enumerate(self._data.rows(sheet), start=_FIRST_ROW):
            told = {name for name in where if self._tells(sheet, row, name, where[name])}
            if any(number not in matching[name] for name in told):
                continue
            if id(row) not in self._shown or told != where.keys():
                return True
            if not all(self._view.shows(sheet, columns[name][0], row) for name in written):
                return True
        return False

    def _tells(self, sheet: str, row: SheetRow, name: str, texts: tuple[str, ...]) -> bool:
        """Whether somebody may know if a cell says one of some texts."""
        field, column = columns_by_heading(sheet)[name]
        shown = self._shown.get(id(row))
        if shown is None:
            return [name] == _ids(sheet) or (bool(column.refers_to) and {*texts} <= self._own)
        seen_whole = getattr(shown, field) == getattr(row, field)
        return seen_whole and self._view.shows(sheet, field, row)
