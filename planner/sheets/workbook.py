"""Write a dataset as a workbook that explains itself.

Notes on every heading, lists to choose from, real dates and numbers.

Reading one is the work of `planner.sheets.workbook_reading`; how it looks is said in
`planner.sheets.workbook_style`.
"""

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from planner.facts.cell_formats import Reading
from planner.facts.cell_names import one_line
from planner.facts.row import ColumnSpec, SheetRow, columns_of
from planner.facts.sheets import SHEETS, Dataset, heading
from planner.private_files import replacing
from planner.sheets.schema import blank_of, form_of
from planner.sheets.sheet_reading import columns_by_heading, folded
from planner.sheets.workbook_saving import save
from planner.sheets.workbook_style import (
    DARK,
    FONT,
    FORMATS,
    FORMULA_STARTS,
    INK,
    LINE,
    PALE,
    READ_ME,
    SHEET_PURPOSE,
    WHITE,
    format_of,
    width_of,
)
from planner.sheets.workbook_values import text_of_cell
from planner.words.errors import DatasetError, Fault

ROOM_TO_GROW = 1000
"""Rows below the filled ones that have lists to choose from and a format."""

_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
Value = str | int | Decimal | date
NumberedCells = tuple[int | None, Mapping[str, str]]
_OTHER_SCHOOL: dict[str, Value] = {
    "school": "oak",
    "name": "Oak Elementary",
    "open": "08:15",
    "close": "14:45",
}


def write_workbook(dataset: Dataset, path: Path) -> None:
    """Write a dataset as a workbook; the file is replaced only when the new one is complete. Raises
    OSError.
    """
    rows = {
        sheet: [_values(row, sheet, dataset.reading) for row in dataset.rows(sheet)]
        for sheet in SHEETS
    }
    _save(_workbook(rows, FORMATS["money"].replace("¤", dataset.district.currency)), path)


def put_rows(path: Path, sheets: Mapping[str, Sequence[NumberedCells]], reading: Reading) -> None:
    """Put the rows of some sheets into a workbook, and leave all else in it as it is; a new one
    gets every sheet.

    Each row has its number in the sheet, or None for a new one, and its texts by heading; rows that
    are not among them are deleted. Raises OSError, and DatasetError where a sheet holds formulas:
    only a spreadsheet can keep their values.
    """
    if path.exists():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a spreadsheet's extras that openpyxl does not know
            book = load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
        _refuse_formulas(book, path.name)
    else:
        book = _workbook({sheet: [] for sheet in SHEETS}, FORMATS["money"].replace("¤", "USD"))
    for name, rows in sheets.items():
        page = book[name] if name in book.sheetnames else book.create_sheet(name)
        assert isinstance(page, Worksheet)
        if not _filled_rows(page):
            _write_sheet(page, folded(name), [], FORMATS["money"].replace("¤", "USD"))
        _put_rows(page, folded(name), rows, reading)
    _save(book, path)


def _refuse_formulas(book: Workbook, file: str) -> None:
    faults = [
        Fault(
            folded(page.title),
            number,
            "",
            str(cell.value),
            "is a formula, whose value would be lost.",
            _AS_VALUE,
            file,
        )
        for page in book.worksheets
        if folded(page.title) in SHEETS
        for number, row in enumerate(page.iter_rows(), start=1)
        for cell in row
        if cell.data_type == "f"
    ]
    if faults:
        raise DatasetError(faults)


_AS_VALUE = "Paste it as a value, or import into a folder of CSV files."


def _filled_rows(page: Worksheet) -> list[int]:
    """The numbers of the rows that are not blank; the first holds the headings."""
    rows = enumerate(page.iter_rows(values_only=True), start=1)
    return [
        number
        for number, row in rows
        if any(str(value).strip() for value in row if value is not None)
    ]


def _put_rows(page: Worksheet, sheet: str, rows: Sequence[NumberedCells], reading: Reading) -> None:
    head, *existing = _filled_rows(page)
    places: dict[str, int] = {}
    for place in range(1, page.max_column + 1):
        places.setdefault(one_line(text_of_cell(page.cell(head, place).value or "")), place)
    for name in (name for _, cells in rows for name in cells):
        if name not in places:
            places[name] = max(places.values()) + 1
            _style_heading(page.cell(head, places[name], name), required=False)
    for number, cells in rows:
        if number is not None:
            _put_row(page, sheet, number, cells, places, reading)
    kept = {number for number, _ in rows}
    for number in reversed([number for number in existing if number not in kept]):
        page.delete_rows(number)
    last = _filled_rows(page)[-1]
    for number, cells in enumerate(
        (cells for number, cells in rows if number is None), start=last + 1
    ):
        _put_row(page, sheet, number, cells, places, reading)


def _put_row(
    page: Worksheet,
    sheet: str,
    number: int,
    cells: Mapping[str, str],
    places: Mapping[str, int],
    reading: Reading,
) -> None:
    """Write the cells of a row that are not so already."""
    columns = columns_by_heading(sheet)
    for name, place in places.items():
        cell = _cell(page, number, place)
        text = cells.get(name, "")
        is_error = cell.data_type == "e" and not text  # read as blank, and for its owner to mend
        if (
            name
            and not is_error
            and text != one_line(text_of_cell("" if cell.value is None else cell.value))
        ):
            _, column = columns.get(folded(name).replace(" ", "_"), ("", None))
            if text:
                _fill(cell, _typed(text, column, reading))
            else:
                cell.value = None


def _typed(text: str, column: ColumnSpec | None, reading: Reading) -> Value:
    """A text as the value that its column holds; a text that it cannot hold stays one."""
    try:
        return column.cell.write(column.cell.parse(text, reading), reading) if column else text
    except ValueError:
        return text


def template(path: Path) -> None:
    """Write a workbook to start from: every sheet with a worked row, which together are a valid
    dataset.

    The sheet schools has two, because the sheet travel leads from one to another. The id of the
    dataset is made here, once; no two workbooks begin with the same. Raises OSError.
    """
    rows = {sheet: [example_row(sheet)] for sheet in SHEETS}
    rows["schools"].append(_OTHER_SCHOOL)
    rows["district"][0]["dataset_id"] = f"district-{uuid4()}"
    _save(_workbook(rows, FORMATS["money"].replace("¤", "USD")), path)


def example_row(sheet: str) -> dict[str, Value]:
    """The worked row of a sheet, by heading: the examples of its columns, as they stand in a
    cell.
    """
    return {
        heading(column.name): _example(column)
        for column in columns_of(SHEETS[sheet])
        if column.example
    }


def _example(column: ColumnSpec) -> Value:
    value = column.cell.write(column.cell.parse(column.example, Reading()), Reading())
    return column.example if isinstance(value, str) else value


def _values(row: SheetRow, sheet: str, reading: Reading) -> dict[str, Value]:
    """The cells of a row by heading; those that hold the default stay blank."""
    found: dict[str, Value] = {}
    for name, (field, column) in columns_by_heading(sheet).items():
        value = getattr(row, field)
        if column.required or value != SHEETS[sheet].model_fields[field].default:
            found[name] = column.cell.write(value, reading)
    return found


def _workbook(rows: Mapping[str, Sequence[Mapping[str, Value]]], money: str) -> Workbook:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "READ ME"
    _write_read_me(first)
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(sheet), sheet, rows[sheet], money)
    return book


def _save(book: Workbook, path: Path) -> None:
    with replacing(path) as unfinished:
        save(book, unfinished)


def _write_read_me(page: Worksheet) -> None:
    """How to fill the workbook in, and a link to each sheet in the order in which to fill them."""
    page.column_dimensions["A"].width = 22
    page.column_dimensions["B"].width = 96
    page.sheet_view.showGridLines = False
    _print_one_page_wide(page)
    for number, (title, text) in enumerate(READ_ME, start=1):
        page.cell(number, 1, title).font = Font(name=FONT, size=11, bold=True, color=DARK)
        _write_prose(_cell(page, number, 2), text)
    _style_heading(page.cell(len(READ_ME) + 2, 1, "sheet"), required=False)
    _style_heading(page.cell(len(READ_ME) + 2, 2, "a row is"), required=False)
    for number, sheet in enumerate(SHEETS, start=len(READ_ME) + 3):
        cell = page.cell(number, 1, sheet)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!A1", display=sheet
        )
        cell.font = Font(name=FONT, size=11, color=DARK, underline="single")
        _write_prose(_cell(page, number, 2), SHEET_PURPOSE[sheet])


def _print_one_page_wide(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _cell(page: Worksheet, row: int, column: int) -> SheetCell:
    """A cell that is its own, not a part of a merged one; these sheets merge none."""
    cell = page.cell(row, column)
    assert isinstance(cell, SheetCell)
    return cell


def _write_prose(cell: SheetCell, text: str) -> None:
    cell.value = text
    cell.font = Font(name=FONT, size=11, color=INK)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _style_heading(cell: SheetCell, *, required: bool) -> None:
    """White on dark where a column must be filled in, dark on pale where it may stay blank."""
    cell.font = Font(name=FONT, size=11, bold=True, color=WHITE if required else INK)
    cell.fill = PatternFill("solid", fgColor=DARK if required else PALE)
    cell.alignment = Alignment(vertical="center")
    cell.border = Border(bottom=Side("thin", color=LINE))


def _write_sheet(
    page: Worksheet, sheet: str, rows: Sequence[Mapping[str, Value]], money: str
) -> None:
    page.freeze_panes = "B2"
    page.row_dimensions[1].height = 22
    page.print_title_rows = "1:1"
    _print_one_page_wide(page)
    last_row = len(rows) + 1 + (0 if sheet == "district" else ROOM_TO_GROW)
    for index, column in enumerate(columns_of(SHEETS[sheet]), start=1):
        name = heading(column.name)
        head = page.cell(1, index, name)
        _style_heading(head, required=column.required)
        head.comment = _note(column)
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = width_of(
            column, (str(row.get(name, "")) for row in rows)
        )
        # A format on the whole column holds in rows that are added later, too.
        page.column_dimensions[letter].number_format = format_of(column, money)
        _offer_choices(page, column, f"{letter}2:{letter}{max(last_row, 2)}")
        for number, row in enumerate(rows, start=2):
            if name in row:
                _fill(_cell(page, number, index), row[name]).number_format = format_of(
                    column, money
                )
    if rows:
        page.auto_filter.ref = (
            f"A1:{get_column_letter(len(columns_of(SHEETS[sheet])))}{len(rows) + 1}"
        )


def _fill(cell: SheetCell, value: Value) -> SheetCell:
    """A value in its cell. Text stays text even where it begins with = + - @ or looks like a
    spreadsheet's escape.

    The quote prefix, a spreadsheet's apostrophe, keeps it so when the cell is edited or gets
    another format.
    """
    if isinstance(value, str):
        cell.value = _ESCAPE_LOOKALIKE.sub("_x005F_", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    elif isinstance(value, Decimal) and Decimal(f"{float(value):.15g}") != value:
        cell.value = f"{value:f}"  # a spreadsheet's number holds 15 digits
    else:
        cell.value = value
    return cell


def _note(column: ColumnSpec) -> Comment:
    """What a heading's note says: meaning, unit, form, default, range, what it refers to."""
    lines = [
        f"{column.meaning}.",
        "Required." if column.required else f"Blank: {blank_of(column)}.",
    ]
    lines.append(f"Write: {form_of(column)}")
    if column.unit:
        lines.append(f"Unit: {column.unit}")
    if column.bounds:
        lines.append(f"Range: {column.bounds}")
    if column.refers_to:
        lines.append(f"An id of: {', '.join(column.refers_to)}")
    note = Comment("\n".join(lines), "planner")
    note.width, note.height = 280, 24 + 20 * len(lines) + 14 * (len(column.meaning) // 40)
    return note


def _offer_choices(page: Worksheet, column: ColumnSpec, cells: str) -> None:
    """A list to choose from: the few words of a choice, or the ids of the sheet that a column
    refers to.
    """
    if column.cell.choices:
        source = f'"{",".join(column.cell.choices)}"'
    elif len(column.refers_to) == 1 and column.cell.kind == "id":
        source = _ids_of(column.refers_to[0])
    else:
        return
    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = heading(column.name), _error_of(column)
    choice.add(cells)
    page.add_data_validation(choice)


def _ids_of(sheet: str) -> str:
    """The filled part of another sheet's first column, however long it grows."""
    name = quote_sheetname(sheet)
    letter = get_column_letter(1 + _index(columns_of(SHEETS[sheet]), SHEETS[sheet].KEY[0]))
    return f"OFFSET({name}!${letter}$2,0,0,MAX(1,COUNTA({name}!${letter}$2:${letter}$100000)),1)"


def _index(columns: Iterable[ColumnSpec], name: str) -> int:
    return next(index for index, column in enumerate(columns) if column.name == name)


def _error_of(column: ColumnSpec) -> str:
    if column.cell.choices:
        return f"Choose {' or '.join(column.cell.choices)}."[:250]
    return f"Choose an id of the sheet {column.refers_to[0]}, or add it there first."
