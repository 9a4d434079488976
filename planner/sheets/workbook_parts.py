"""What a workbook says of itself: its sheets, shared texts, number formats, and first day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from planner.sheets.number_formats import BUILT_IN, NumberFormat, format_of_code
from planner.sheets.workbook_archive import Parts
from planner.sheets.workbook_values import LONGEST_CELL, CellTexts, TooMuchText, unescaped
from planner.sheets.workbook_xml import (
    DEEPEST,
    BrokenXml,
    is_true,
    listen,
    own_names,
    short,
    whole_number,
)

MOST_ENTRIES = 5_000_000
"""Sheets, styles, texts: more of a kind than any workbook has, and fewer than fill the memory."""
_USUAL_PLACE = "xl/workbook.xml"
_WORKBOOK = own_names("workbook", "workbookPr", "sheets", "sheet")
_STYLES = own_names("styleSheet", "numFmts", "numFmt", "cellXfs", "xf")
_TEXTS = own_names("sst", "si", "t", "r", "rPh")
Around = tuple[str, ...]


@dataclass(frozen=True)
class SheetPart:
    """A sheet of cells: what it is called, the part that holds it, whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


def workbook_part(parts: Parts) -> str:
    """The name of the part that is the workbook; blank where there is none."""
    relations = _relations(parts, "") if "_rels/.rels" in parts else {}
    named = [part for kind, part in relations.values() if kind == "officeDocument"]
    return next((part for part in (*named, _USUAL_PLACE) if part in parts), "")


def sheets_and_texts(parts: Parts, workbook: str) -> tuple[list[SheetPart], CellTexts]:
    """The sheets of cells in the workbook's order, and what turns their cells into text.

    Raises:
        BrokenXml, KeyError: A part is damaged, or missing.
        TooMuchText: The shared texts would fill the memory.
    """
    relations = _relations(parts, workbook)
    sheets: list[SheetPart] = []
    from_1904 = False

    def start(element: str, around: Around, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if element == "workbookPr":
            from_1904 = is_true(attributes.get("date1904"))
        elif element == "sheet" and around[-1:] == ("sheets",):
            named = {short(name): text for name, text in attributes.items() if " " in name}
            if named.get("id") not in relations:
                raise BrokenXml("a sheet without a part")
            kind, part = relations[named["id"]]
            if kind == "worksheet":
                state = attributes.get("state", "visible")
                sheets.append(SheetPart(attributes.get("name", ""), part, state != "visible"))
            _refuse_many(sheets)

    with parts.open(workbook) as part:
        _listen_by_name(part, _WORKBOOK, start)
    shared = {kind: part for kind, part in relations.values() if part in parts}
    texts = CellTexts(
        _shared_texts(parts, shared["sharedStrings"]) if "sharedStrings" in shared else (),
        _formats(parts, shared["styles"]) if "styles" in shared else (),
        from_1904=from_1904,
    )
    return sheets, texts


def _listen_by_name(
    part: IO[bytes],
    names: dict[str, str],
    start: Callable[[str, Around, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part; elements are told by their short names, with those around them, and with
    nothing where they are none of `names`. The outermost must be the first of them.
    """
    around: list[str] = []
    outermost = next(iter(names.values()))

    def start_any(name: str, attributes: dict[str, str]) -> None:
        element = names.get(name, "")
        if not around and element != outermost:
            raise BrokenXml(f"is no {outermost}")
        if element:
            start(element, tuple(around[-2:]), attributes)
        around.append(element)
        if len(around) > DEEPEST:
            raise BrokenXml("too deep")

    def end_any(_: str) -> None:
        element = around.pop()
        if end is not None and element:
            end(element)

    listen(part, start_any, end_any, text)


def _refuse_many(entries: list[SheetPart] | list[NumberFormat] | list[str]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise TooMuchText


def _relations(parts: Parts, owner: str) -> dict[str, tuple[str, str]]:
    """The relations of a part, or of the archive itself: by id, of which kind and with which
    part.
    """
    folder, _, name = owner.rpartition("/")
    place = f"{folder}/_rels/{name}.rels" if owner else "_rels/.rels"
    relations: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if short(name) == "Relationship" and len(relations) < MOST_ENTRIES:
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            relations[attributes.get("Id", "")] = (kind, _within(folder, target))

    with parts.open(place) as part:
        listen(part, start)
    return relations


def _within(folder: str, target: str) -> str:
    """The part at a place that is told from a folder: `../a.xml`, `a.xml`, `/xl/a.xml`."""
    steps: list[str] = [] if target.startswith("/") else [*filter(None, folder.split("/"))]
    for step in target.replace("\\", "/").split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _formats(parts: Parts, name: str) -> list[NumberFormat]:
    """What each style shows a number as, by the style's number."""
    own: dict[str, NumberFormat] = {}
    numbers: list[str] = []

    def start(element: str, around: Around, attributes: dict[str, str]) -> None:
        if element == "numFmt" and around[-1:] == ("numFmts",):
            own[whole_number(attributes.get("numFmtId", ""))] = format_of_code(
                attributes.get("formatCode", "")
            )
        elif element == "xf" and around[-1:] == ("cellXfs",):
            numbers.append(whole_number(attributes.get("numFmtId", "0")))
            _refuse_many(numbers)

    with parts.open(name) as part:
        _listen_by_name(part, _STYLES, start)
    known = BUILT_IN | own
    return [known.get(number, NumberFormat()) for number in numbers]


def _shared_texts(parts: Parts, name: str) -> list[str]:
    """The texts that cells refer to by number. How a text is pronounced is no part of it."""
    texts: list[str] = []
    pieces: list[str] = []
    letters = 0
    is_text = False

    def start(element: str, around: Around, _: dict[str, str]) -> None:
        nonlocal is_text, letters
        if element == "si":
            pieces.clear()
            letters = 0
        elif element == "t":
            is_text = around in (("sst", "si"), ("si", "r"))

    def end(element: str) -> None:
        nonlocal is_text
        is_text = False
        if element == "si":
            texts.append(unescaped("".join(pieces)))
            _refuse_many(texts)

    def text(piece: str) -> None:
        nonlocal letters
        if is_text and letters <= LONGEST_CELL:  # beyond, where it is shown is told of
            pieces.append(piece)
            letters += len(piece)

    with parts.open(name) as part:
        _listen_by_name(part, _TEXTS, start, end, text)
    return texts
