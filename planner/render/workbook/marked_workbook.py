"""A planner's own workbook with the cells marked that must be mended.

A red ground, a note, and a sheet that lists them all.
"""

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from planner.sheets.workbook_saving import save
from planner.words import palette
from planner.words.errors import Fault

SHEET = "to mend"
_GROUND = PatternFill("solid", fgColor=palette.tint(palette.RED, 0.25).lstrip("#"))
_WIDTHS = (18, 10, 18, 30, 60, 50)


def marked_workbook(path: Path, faults: Sequence[Fault]) -> bytes:
    """The workbook at a path with its faults marked. Raises OSError, ValueError or KeyError where
    openpyxl cannot open it.
    """
    book = load_workbook(path)
    names = {name.strip().casefold(): name for name in book.sheetnames}
    notes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        sheet = names.get(fault.sheet.casefold())
        if sheet is not None:
            notes[sheet, fault.cell or f"A{max(1, fault.row)}"].append(fault.what)
    for (sheet, place), told in notes.items():
        cell = book[sheet][place]
        if type(cell).__name__ == "MergedCell":
            continue
        cell.fill = _GROUND
        cell.comment = Comment("\n".join(told), "planner", width=360, height=60 + 30 * len(told))
    _list(book, faults, names)
    file = BytesIO()
    save(book, file)
    return file.getvalue()


def _list(book: Workbook, faults: Sequence[Fault], names: dict[str, str]) -> None:
    if SHEET in book.sheetnames:
        del book[SHEET]
    sheet = book.create_sheet(SHEET, 0)
    sheet.append(["Sheet", "Cell", "Column", "Stands there", "What is wrong", "What to do"])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row, fault in enumerate(faults, start=2):
        cells = (
            fault.sheet,
            fault.cell or (str(fault.row) if fault.row else ""),
            fault.column,
            fault.value,
            fault.rule,
            fault.fix,
        )
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(row, column, text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if fault.cell and fault.sheet.casefold() in names:
            sheet.cell(row, 2).hyperlink = f"#'{names[fault.sheet.casefold()]}'!{fault.cell}"
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    book.active = 0
