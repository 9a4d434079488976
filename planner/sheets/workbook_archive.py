"""Refuse workbooks that cannot be read safely, and read what the cells do not tell.

What the XML says is looked at before the file is opened as a workbook.

A workbook is a zip archive of XML. Its directory tells how large it becomes, so an archive that
would fill the memory is refused before it is unpacked. Each sheet's XML is looked through for what
calamine would pass over in silence or choke on: errors (`#N/A`), formulas that were never computed,
percentages, hidden rows, and a cell so far out that the sheet between would fill the memory.
"""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from planner.sheets.number_format import is_percentage, pads_with_zeros
from planner.sheets.raw_table import MOST_COLUMNS, MOST_ROWS, TOO_FAR, column_number
from planner.words.errors import DatasetError, Fault

LARGEST_FILE = 50_000_000
LARGEST_UNPACKED = 200_000_000
MOST_CELLS = 5_000_000
MOST_TEXT = 200_000_000
"""Bytes of text in all cells together; one long text can stand in thousands of cells and costs the
file nothing.
"""

BROKEN = ("is damaged.", "Copy it again, or open it in a spreadsheet and save it again as .xlsx.")
AN_ERROR = ("holds an error of the spreadsheet.", "Mend its formula, or type the value.")
UNCOMPUTED = (
    "holds a formula without a value.",
    "Open and save it in a spreadsheet, or type the value.",
)

_SAVE_AGAIN = "Open it in a spreadsheet and save it as .xlsx."
_A_SIGNATURE = (
    (b"%PDF", "is a PDF, not a workbook.", "Give the workbook that it was printed from."),
    (b"{\\rtf", "is a text document, not a workbook.", "Copy its tables into a workbook."),
    (b"\x89PNG", "is a picture, not a workbook.", "Type its content into a workbook."),
    (b"\xff\xd8\xff", "is a picture, not a workbook.", "Type its content into a workbook."),
    (b"<", "is a web page or XML, not a workbook.", _SAVE_AGAIN),
)
_OTHER_ARCHIVES = (
    ("xl/workbook.bin", "is a binary workbook (.xlsb).", _SAVE_AGAIN),
    ("content.xml", "is an OpenDocument file (.ods), renamed.", _SAVE_AGAIN),
    (
        "word/document.xml",
        "is a text document (.docx), not a workbook.",
        "Copy its tables into a workbook.",
    ),
    (
        "ppt/presentation.xml",
        "is a presentation, not a workbook.",
        "Copy its tables into a workbook.",
    ),
    ("Index/Document.iwa", "is a Numbers document, renamed.", "Export it from Numbers as Excel."),
)
_NUMBER_OF_PERCENT = {"9", "10"}
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_FILLED_CELL_AS_USUAL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/]>')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>')
_UNCOMPUTED_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_STYLED_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bs="(\d+)"[^>]*(?<!/)>'
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_SHARED_TEXT = re.compile(rb't="s"[^>]*>\s*<(?:\w+:)?v>(\d+)<')
CellAddress = tuple[int, int]


@dataclass
class SheetInside:
    """What a sheet's XML says: cells that cannot be read, by row and column number; cells shown as
    a percentage, and with zeros before them, each with its format; hidden rows; what is wrong with
    the sheet as a whole.
    """

    flaws: dict[CellAddress, tuple[str, str]] = field(default_factory=dict)
    percents: set[CellAddress] = field(default_factory=set)
    padded: dict[CellAddress, str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    broken: tuple[str, str] | None = None


def look_inside(path: Path) -> dict[str, SheetInside]:
    """What there is to know of each sheet before its cells are read. Raises DatasetError where the
    file cannot be read.
    """
    try:
        _refuse_other_files(path)
        with zipfile.ZipFile(path) as archive:
            _refuse_other_archives(path, archive)
            percents, padded = _styles(archive)
            parts = _parts(archive)
            found = {
                sheet: _look_at_sheet(archive.read(part), percents, padded)
                for sheet, part in parts.items()
            }
            _refuse_repeated_text(path, archive, list(parts.values()))
            return found
    except (
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        raise unreadable(path, *BROKEN) from None
    except ValueError:  # a name or an offset in the directory that no archive can have
        raise unreadable(path, *BROKEN) from None
    except OSError as error:
        fix = (
            "Close it where it is open, or ask who may read it."
            if isinstance(error, PermissionError)
            else ""
        )
        raise unreadable(path, f"cannot be opened ({error.strerror}).", fix) from None


def unreadable(path: Path, rule: str, fix: str) -> DatasetError:
    """A file of which nothing can be read."""
    return DatasetError([Fault("", 0, "", "", f"the file {rule}", fix, path.name)])


def _refuse_other_files(path: Path) -> None:
    """Say of a file that is no zip archive what it is, going by how it begins. Raises DatasetError,
    OSError.
    """
    if path.name.startswith("~$"):
        fix = f"Give {path.name[2:]} instead."
        raise unreadable(
            path, "is the mark that a spreadsheet leaves while a workbook is open.", fix
        )
    size = path.stat().st_size
    with path.open("rb") as file:
        begin = file.read(65_536)
        end = file.seek(max(0, size - 65_536)) and file.read()
    if not begin:
        raise unreadable(path, "is empty.", "Copy it again, or save it again in the spreadsheet.")
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(path, *_old_or_locked(begin + (end or b"")))
    for signature, rule, fix in _A_SIGNATURE:
        if begin.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(signature):
            raise unreadable(path, rule, fix)
    if size > LARGEST_FILE:
        rule = f"has {size // 1_000_000} MB; a dataset may have {LARGEST_FILE // 1_000_000}."
        raise unreadable(path, rule, "Delete sheets and pictures that do not belong to it.")
    if not begin.startswith(b"PK"):
        is_text = b"\0" not in begin
        rule = "is text, not a workbook." if is_text else "is no workbook, or is damaged."
        raise unreadable(
            path,
            rule,
            "Give it the ending .csv and put it in a folder." if is_text else _SAVE_AGAIN,
        )


def _old_or_locked(content: bytes) -> tuple[str, str]:
    """An old Microsoft container: a workbook of before 2007, or a new one under a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return (
            "is protected with a password.",
            "Open it in a spreadsheet and save it without a password.",
        )
    if "Workbook".encode("utf-16-le") in content:
        return "is an old workbook (.xls).", _SAVE_AGAIN
    return (
        "is protected with a password, or is an old .xls workbook.",
        "Save it as .xlsx without a password.",
    )


def _refuse_other_archives(path: Path, archive: zipfile.ZipFile) -> None:
    """Raises DatasetError where an archive holds no workbook, or would fill the memory."""
    names = {part.filename for part in archive.infolist()}
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > LARGEST_UNPACKED:
        rule = (
            f"unpacks to {unpacked // 1_000_000} MB; a dataset may have "
            f"{LARGEST_UNPACKED // 1_000_000}."
        )
        raise unreadable(
            path, rule, "Delete pictures, other sheets, and formatted empty rows below the tables."
        )
    for name, rule, fix in _OTHER_ARCHIVES:
        if name in names:
            raise unreadable(path, rule, fix)
    if "xl/workbook.xml" not in names:
        raise unreadable(
            path, "is a zip archive that holds no workbook.", "Unpack it and give the .xlsx inside."
        )
    # calamine may open a part that is not looked at here; a directory that lies about one is found
    # by reading it.
    for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if part in names:
            archive.read(part)


def _refuse_repeated_text(path: Path, archive: zipfile.ZipFile, sheets: list[str]) -> None:
    """Raises DatasetError where long texts are shown in so many cells that together they would fill
    the memory.
    """
    if "xl/sharedStrings.xml" not in archive.namelist():
        return
    texts = [len(text) for text in archive.read("xl/sharedStrings.xml").split(b"</si>")[:-1]]
    shown: Counter[int] = Counter()
    if max(texts, default=0) * MOST_CELLS > MOST_TEXT:
        for part in sheets:
            shown.update(int(index) for index in _SHARED_TEXT.findall(archive.read(part)))
    if (
        sum(texts[index] * count for index, count in shown.items() if index < len(texts))
        > MOST_TEXT
    ):
        raise unreadable(
            path,
            "shows long texts in too many cells.",
            "Delete the texts that do not belong to the dataset.",
        )


def _styles(archive: zipfile.ZipFile) -> tuple[set[int], dict[int, str]]:
    """The numbers of the styles that show a number as a percentage, and of those that show it with
    zeros before it, each with its format.
    """
    if "xl/styles.xml" not in archive.namelist():
        return set(), {}
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {
        own.get("numFmtId", ""): own.get("formatCode", "")
        for own in root.iterfind("{*}numFmts/{*}numFmt")
    }
    numbers = [style.get("numFmtId", "") for style in root.iterfind("{*}cellXfs/{*}xf")]
    percents = _NUMBER_OF_PERCENT | {id_ for id_, code in codes.items() if is_percentage(code)}
    padded = {id_: code for id_, code in codes.items() if pads_with_zeros(code)}
    return (
        {style for style, id_ in enumerate(numbers) if id_ in percents},
        {style: padded[id_] for style, id_ in enumerate(numbers) if id_ in padded},
    )


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            relation = next(
                (value for key, value in sheet.attrib.items() if key.endswith("}id")), ""
            )
            part = target[relation]
            found[sheet.get("name", "")] = (
                part.lstrip("/") if part.startswith("/") else f"xl/{part}"
            )
    return found


def _look_at_sheet(
    xml: bytes, percent_styles: set[int], padded_styles: dict[int, str]
) -> SheetInside:
    found = SheetInside()
    # Three times as quick where every cell is written as all common programs write it: a million
    # empty ones are seen.
    usual = xml.count(b'<c r="') == xml.count(b"<c ") and b":c " not in xml
    places = set(_places(xml, _FILLED_CELL_AS_USUAL if usual else _FILLED_CELL))
    last_row = max((row for row, _ in places), default=0)
    last_column = max((column for _, column in places), default=0)
    if last_row > MOST_ROWS or last_column > MOST_COLUMNS or last_row * last_column > MOST_CELLS:
        found.broken = TOO_FAR
        return found
    if b't="e"' in xml:
        found.flaws |= dict.fromkeys(_places(xml, _ERROR_CELL), AN_ERROR)
    if any(mark in xml for mark in (b"<f>", b"<f ", b":f>", b":f ")):
        found.flaws |= dict.fromkeys(_places(xml, _UNCOMPUTED_CELL), UNCOMPUTED)
    if percent_styles or padded_styles:
        for letters, row, style in _STYLED_CELL.findall(xml):
            place = int(row), column_number(letters.decode())
            if int(style) in percent_styles:
                found.percents.add(place)
            elif int(style) in padded_styles:
                found.padded[place] = padded_styles[int(style)]
    if b'hidden="' in xml:
        found.hidden_rows = tuple(int(row) for row in _HIDDEN_ROW.findall(xml))
    return found


def _places(xml: bytes, pattern: re.Pattern[bytes]) -> Iterator[CellAddress]:
    return ((int(row), column_number(letters.decode())) for letters, row in pattern.findall(xml))
