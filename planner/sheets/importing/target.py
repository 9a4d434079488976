"""The dataset that an import goes into: a folder, a workbook, or one still to be made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planner.facts.cell_formats import Reading
from planner.sheets.csv_folder import write_folder
from planner.sheets.dataset import (
    WORKBOOKS,
    contract_sheets,
    parse,
    read_tables,
    reading_of,
    text_columns,
)
from planner.sheets.importing.merge import Merged
from planner.sheets.missing_sheets import further_needs
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import columns_by_heading, folded, read_sheet
from planner.words.errors import DatasetError, Fault


@dataclass(frozen=True)
class Target:
    """A dataset as it stands: its sheets as text, under the names that they have there; none where
    it is still to be made.
    """

    path: Path
    tables: Mapping[str, RawSheet] = field(default_factory=dict)

    @property
    def is_workbook(self) -> bool:
        """Whether it is, or is to be, a workbook."""
        return self.path.suffix.lower() in WORKBOOKS and not self.path.is_dir()

    @property
    def reading(self) -> Reading:
        """What the meaning of its cells depends on."""
        return reading_of(self.tables)

    def sheet(self, name: str) -> RawSheet:
        """A sheet as it stands. Raises DatasetError where it could not be kept as it is."""
        table = contract_sheets(self.tables)[0].get(name, RawSheet())
        if table.broken:
            raise DatasetError([Fault(name, 0, "", "", *table.broken, table.file)])
        if not self.is_workbook and table.file not in ("", f"{self.written(name)}.csv"):
            raise DatasetError(
                [Fault(name, 0, "", "", "its name must end in .csv.", "Rename it.", table.file)]
            )
        stray = [number for number, cells in table.rows if "" in cells]
        if stray:
            rule = "a cell stands under no heading, and would be lost."
            raise DatasetError(
                [
                    Fault(name, number, "", "", rule, "Give its column a name.", table.file)
                    for number in stray
                ]
            )
        return table

    def written(self, name: str) -> str:
        """What a sheet is called there; the contract's name where it is new."""
        return next((written for written in self.tables if folded(written) == name), name)

    def ids(self) -> dict[str, list[str]]:
        """The ids of every sheet that has any, for proposing translations."""
        named = contract_sheets(self.tables)[0]
        return {
            sheet: sorted(read_sheet(sheet, table, self.reading).ids)
            for sheet, table in named.items()
        }


def target_at(path: Path) -> Target:
    """The dataset at a path. Raises DatasetError where something else is there, or it cannot be
    read.
    """
    if not path.exists() or (
        path.is_dir() and not any(file.suffix.lower() == ".csv" for file in path.iterdir())
    ):
        return Target(path)
    return Target(path, read_tables(path))


def write(target: Target, merged: Iterable[Merged]) -> None:
    """Write the sheets that were merged; all others stay as they are.

    Raises OSError, and DatasetError where a workbook cannot be changed without losing what is in
    it.
    """
    sheets = list(merged)
    if target.is_workbook:
        from planner.sheets.workbook import put_rows

        put_rows(
            target.path, {target.written(one.sheet): one.rows for one in sheets}, target.reading
        )
        return
    tables = {
        target.written(one.sheet): RawSheet(one.headings, [(0, cells) for _, cells in one.rows])
        for one in sheets
        if one.headings
    }
    protected = {
        target.written(one.sheet): frozenset(one.headings)
        - (columns_by_heading(one.sheet).keys() - text_columns(one.sheet))
        for one in sheets
    }
    write_folder(tables, target.path, protected)


def find_what_is_missing(path: Path) -> tuple[Fault, ...]:
    """What still keeps a dataset from being planned, as `planner validate` says it; nothing where
    it is in order.
    """
    tables = read_tables(path)
    faults: tuple[Fault, ...] = ()
    try:
        parse(tables)
    except DatasetError as error:
        faults = error.faults
    return (*faults, *further_needs(contract_sheets(tables)[0], faults))
