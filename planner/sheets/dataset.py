"""The one door to a dataset: a workbook or a folder of CSV files in, the same out.

Every fault is said at once.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner.facts.cell_formats import Reading, nearest
from planner.facts.row import SheetRow
from planner.facts.sheets import ALWAYS_NEEDED, SHEETS, Dataset
from planner.sheets.consistency import find_inconsistencies, find_mispriced, find_overdrawn
from planner.sheets.csv_folder import read_folder, write_folder
from planner.sheets.missing_sheets import WHY, missing_sheet
from planner.sheets.raw_table import RawSheet, column_letters
from planner.sheets.sheet_reading import columns_by_heading, folded, is_remark, read_sheet
from planner.words.errors import DatasetError, Fault

WORKBOOKS = (".xlsx", ".xlsm")
DEPENDENT_KINDS = ("days", "windows", "grades")
"""Kinds of cell whose meaning depends on the district's cycle or grades."""


def load(path: Path) -> Dataset:
    """The dataset in a `.xlsx` workbook or in a folder of CSV files.

    Raises DatasetError with every fault that it finds; nothing is written.
    """
    return parse(read_tables(Path(path)))


def read_tables(path: Path) -> dict[str, RawSheet]:
    """The sheets of a workbook or of a folder as text, by the names that they have there.

    Raises DatasetError where there is no such file or it cannot be read.
    """
    try:
        if path.is_dir():
            return read_folder(path)
        if not path.exists():
            if path.is_symlink():
                raise DatasetError(
                    [
                        Fault(
                            "",
                            0,
                            "",
                            str(path),
                            "is a link to a file that is not there.",
                            "Give the file itself.",
                        )
                    ]
                )
            raise DatasetError([Fault("", 0, "", str(path), "is not there.", _neighbour(path))])
        if path.suffix.lower() not in WORKBOOKS:
            raise DatasetError(
                [
                    Fault(
                        "",
                        0,
                        "",
                        str(path),
                        "is neither a workbook nor a folder.",
                        _other_kind(path),
                    )
                ]
            )
        if not path.is_file():
            raise DatasetError(
                [Fault("", 0, "", str(path), "is a device, not a file.", "Give a workbook.")]
            )
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is no name of a file"
        raise DatasetError([Fault("", 0, "", str(path), f"cannot be opened ({said}).")]) from None
    from planner.sheets.workbook_reading import read_workbook

    return read_workbook(path)


def _other_kind(path: Path) -> str:
    """What to do with a file that is no workbook."""
    if path.suffix.lower() in (".xls", ".xlsb", ".ods", ".numbers"):
        return "Open it in a spreadsheet and save it as .xlsx."
    if path.suffix.lower() == ".csv":
        return "A dataset is a folder of such files: give the folder."
    return "Give a workbook that ends in .xlsx, or a folder of CSV files."


def _neighbour(path: Path) -> str:
    """The nearest name beside a path that is not there."""
    if not path.parent.is_dir():
        return ""
    names = [
        found.name
        for found in path.parent.iterdir()
        if found.is_dir() or found.suffix.lower() in WORKBOOKS
    ]
    return nearest(path.name, names)


def parse(tables: Mapping[str, RawSheet], overdrawn: list[Fault] | None = None) -> Dataset:
    """The dataset in sheets of text. Raises DatasetError with every fault, in the order of sheets
    and rows.

    Funds that cannot pay for their filled positions are no fault: a rule is broken, and it is the
    budget that has to decide who stays. They are put into `overdrawn`, where that is given, as
    warnings.
    """
    named, faults = contract_sheets(tables)
    reading, unsure = _reading(named.get("district", RawSheet()))
    read = {sheet: read_sheet(sheet, table, reading) for sheet, table in named.items()}
    if "district" in read and len(named["district"].rows) > 1:
        second, file = named["district"].rows[1][0], named["district"].file
        faults.append(
            Fault(
                "district",
                second,
                "",
                "",
                "there is one district; this is a second row.",
                "Delete it.",
                file,
            )
        )
    faults += [
        fault for found in read.values() for fault in found.faults if _kind(fault) not in unsure
    ]
    faults += find_inconsistencies(read, reading, cycle_known="days" not in unsure)
    told = {fault.sheet for fault in faults if fault.kind == "missing"}
    for sheet in ALWAYS_NEEDED:
        if sheet not in told and (
            sheet not in read
            or (read[sheet].whole and not named[sheet].rows and not read[sheet].faults)
        ):
            faults.append(
                missing_sheet(sheet, f"it is always needed: {WHY[sheet]}", table=named.get(sheet))
            )
    if faults:
        raise _told(faults, named)
    rows: dict[str, Any] = {
        sheet: tuple(numbered.row for numbered in found.rows) for sheet, found in read.items()
    }
    rows["district"] = rows["district"][0]
    data = Dataset(**rows)
    faults += find_mispriced(read, data)
    if faults:
        raise _told(faults, named)
    if overdrawn is not None:
        overdrawn += [_with_cell(fault, named) for fault in find_overdrawn(read, data)]
    return data


def _told(faults: Iterable[Fault], named: Mapping[str, RawSheet]) -> DatasetError:
    """The faults with their cells, in the order of sheets and rows."""
    return DatasetError(sorted((_with_cell(fault, named) for fault in faults), key=_place))


def _with_cell(fault: Fault, tables: Mapping[str, RawSheet]) -> Fault:
    """The fault with the name of its cell, where it stands in one."""
    table = tables.get(fault.sheet)
    if table is None or not fault.row:
        return fault
    columns = {
        folded(written).replace(" ", "_"): number
        for written, number in reversed([*table.columns.items()])
    }
    named = columns.get(folded(fault.column).replace(" ", "_"))
    number = named if fault.column else table.strays.get(fault.row)
    return replace(fault, cell=f"{column_letters(number)}{fault.row}") if number else fault


def contract_sheets(tables: Mapping[str, RawSheet]) -> tuple[dict[str, RawSheet], list[Fault]]:
    """The tables by the contract's names and in its order, and a fault for each name that it does
    not know.
    """
    by_fold = {folded(sheet): sheet for sheet in SHEETS}
    named: dict[str, RawSheet] = {}
    faults = []
    for written, table in tables.items():
        sheet = by_fold.get(folded(written))
        if is_remark(written.strip()):
            continue
        if sheet is None:
            fix = nearest(written, SHEETS) or "Begin its name with _ to keep it as a remark."
            faults.append(Fault(written, 0, "", "", "is no sheet of a dataset.", fix, table.file))
        elif sheet in named:
            faults.append(
                Fault(sheet, 0, "", "", "is there twice.", "Keep one of them.", table.file)
            )
        else:
            named[sheet] = table
    return {sheet: named[sheet] for sheet in SHEETS if sheet in named}, faults


def reading_of(tables: Mapping[str, RawSheet]) -> Reading:
    """The cycle and grades of sheets of text, as far as they can be read; where they cannot, the
    usual ones.
    """
    return _reading(contract_sheets(tables)[0].get("district", RawSheet()))[0]


def _reading(district: RawSheet) -> tuple[Reading, frozenset[str]]:
    """The cycle and grades as far as they can be read, whatever else is wrong with the district;
    and the kinds of cell of which nothing can be said, because the names on which they depend could
    not be read.
    """
    texts = {
        folded(name): text for name, text in (district.rows[0][1] if district.rows else {}).items()
    }
    found = {}
    unsure: set[str] = set()
    for name, kinds in (("cycle", ("days", "windows")), ("grades", ("grades",))):
        column = columns_by_heading("district")[name][1]
        try:
            found[name] = column.cell.parse(texts.get(name, ""), Reading()) or column.default
        except ValueError:
            unsure.update(kinds)
    return Reading(**found), frozenset(unsure if district.rows else DEPENDENT_KINDS)


def _kind(fault: Fault) -> str:
    """The kind of the cell in which a fault stands, where it stands in one."""
    named = columns_by_heading(fault.sheet).get(fault.column) if fault.row else None
    return named[1].cell.kind if named else ""


def _place(fault: Fault) -> tuple[int, int, int]:
    """Where a fault stands among the others: by sheet, row and column, as the contract orders
    them.
    """
    if fault.sheet not in SHEETS:
        return -1, fault.row, 0
    columns = list(columns_by_heading(fault.sheet))
    column = columns.index(fault.column) if fault.column in columns else -1
    return list(SHEETS).index(fault.sheet), fault.row, column


def save(dataset: Dataset, path: Path) -> None:
    """Write a dataset: a workbook where the path ends in .xlsx, else a folder of CSV files.

    A sheet without rows has no CSV file. Raises OSError, and DatasetError where a file is in the
    folder's place.
    """
    path = Path(path)
    if path.suffix.lower() in WORKBOOKS:
        from planner.sheets.workbook import write_workbook

        write_workbook(dataset, path)
        return
    if path.exists() and not path.is_dir():
        raise DatasetError(
            [
                Fault(
                    "", 0, "", str(path), "is a file; a dataset is saved as .xlsx or into a folder."
                )
            ]
        )
    tables = tables_of(dataset)
    write_folder(tables, path, {sheet: text_columns(sheet) for sheet in tables})
    for file in list(path.iterdir()):
        if file.suffix.lower() == ".csv" and folded(file.stem) in SHEETS.keys() - tables.keys():
            file.unlink()


def text_columns(sheet: str) -> frozenset[str]:
    """The columns whose text a spreadsheet might take for a formula: all but numbers."""
    numbers = ("whole number", "money", "percentage", "FTE", "number")
    return frozenset(
        name
        for name, (_, column) in columns_by_heading(sheet).items()
        if column.cell.kind not in numbers
    )


def tables_of(dataset: Dataset) -> dict[str, RawSheet]:
    """The sheets of a dataset as text, as a CSV folder holds them: without the sheets that have no
    rows, and without the columns that are default throughout; a value that is the default is blank.
    """
    found = {}
    for sheet in SHEETS:
        rows = [
            (number, cells_of(row, sheet, dataset.reading))
            for number, row in enumerate(dataset.rows(sheet), start=2)
        ]
        used = {name for _, cells in rows for name in cells}
        names = columns_by_heading(sheet)
        kept = [
            n
            for n, (name, column) in names.items()
            if n in used or column.required or name in SHEETS[sheet].KEY
        ]
        if rows:
            found[sheet] = RawSheet(tuple(kept), rows, file=f"{sheet}.csv")
    return found


def cells_of(row: SheetRow, sheet: str, reading: Reading) -> dict[str, str]:
    """The cells of a row that are not default, as text by heading."""
    found = {}
    for name, (key, column) in columns_by_heading(sheet).items():
        value = getattr(row, key)
        if column.required or value != SHEETS[sheet].model_fields[key].default:
            found[name] = text_of(column.cell.write(value, reading))
    return found


def text_of(value: str | int | Decimal | date) -> str:
    """A written value as the contract's text."""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return value.isoformat() if isinstance(value, date) else str(value)


def dataset_hash(dataset: Dataset) -> str:
    """The SHA-256 of what a dataset says, in hexadecimal: equal for a workbook and a folder that
    hold the same rows, in whatever order, and however they are formatted.
    """
    return tables_hash(tables_of(dataset))


def tables_hash(tables: Mapping[str, RawSheet]) -> str:
    """The same of the sheets of a dataset, as `tables_of` gives them."""
    said = {
        sheet: sorted(
            json.dumps(cells, sort_keys=True, ensure_ascii=False) for _, cells in table.rows
        )
        for sheet, table in tables.items()
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
