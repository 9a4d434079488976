"""Open a workbook's archive, and refuse files that are none or cannot be read safely.

A workbook is a zip archive of XML. Its directory tells how large it becomes, so an archive that
would fill the memory is refused before it is unpacked; no part unpacks to more than it says there.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from planner.sheets.workbook_xml import BrokenXml
from planner.words.errors import DatasetError, Fault

LARGEST_FILE = 50_000_000
LARGEST_UNPACKED = 200_000_000
DAMAGED_PART = (
    BrokenXml,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    zlib.error,
)
"""What goes wrong where a part of an archive is damaged, or locked."""
BROKEN = ("is damaged.", "Copy it again, or open it in a spreadsheet and save it again as .xlsx.")
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


class Parts:
    """The parts of an archive by their names, which may be written in any case and with either
    slash; a part that is named twice is none.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Raises BadZipFile where two parts have one name."""
        self._archive = archive
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in archive.infolist():
            if self._entries.setdefault(_plain(entry.filename), entry) is not entry:
                raise zipfile.BadZipFile("two parts of one name")

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def open(self, name: str) -> IO[bytes]:
        """A part, to be read as a stream. Raises KeyError where there is none."""
        return self._archive.open(self._entries[_plain(name)])

    def unpacked(self) -> int:
        """The bytes of all parts together."""
        return sum(entry.file_size for entry in self._entries.values())


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


@contextmanager
def opened_workbook(path: Path) -> Iterator[Parts]:
    """The parts of a workbook, for a while. Raises DatasetError where the file is none, or cannot
    be read: also while its parts are.
    """
    try:
        _refuse_other_files(path)
        with zipfile.ZipFile(path) as archive:
            parts = Parts(archive)
            _refuse_other_archives(path, parts)
            yield parts
    except (*DAMAGED_PART, KeyError, ValueError):
        # ValueError: a name or an offset in the directory that no archive can have
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
            "Open it in a spreadsheet and save it as .xlsx; or give it the ending .csv and name "
            "the folder in which it is."
            if is_text
            else _SAVE_AGAIN,
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


def _refuse_other_archives(path: Path, parts: Parts) -> None:
    """Raises DatasetError where an archive holds no workbook, or would fill the memory."""
    unpacked = parts.unpacked()
    if unpacked > LARGEST_UNPACKED:
        rule = (
            f"unpacks to {unpacked // 1_000_000} MB; a dataset may have "
            f"{LARGEST_UNPACKED // 1_000_000}."
        )
        raise unreadable(
            path, rule, "Delete pictures, other sheets, and formatted empty rows below the tables."
        )
    for name, rule, fix in _OTHER_ARCHIVES:
        if name in parts:
            raise unreadable(path, rule, fix)
