"""Read the XML of a workbook's parts as a stream, whatever way it is written.

Expat tells elements by their namespace, so prefixes, quotation marks, the order of attributes,
line breaks and encodings mean nothing to who listens. Nothing is kept as a tree: a part of 200 MB
of empty elements would need gigabytes.
"""

from collections.abc import Callable, Collection
from typing import IO
from xml.parsers import expat

NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Of the elements of a workbook: as spreadsheets save it, and as "strict" workbooks have it."""
DEEPEST = 200
"""Elements within each other: a workbook's are a dozen."""
_BLANKS = " \t\r\n"
_PIECE = 65_536
_LONGEST_TAG = 4_000_000
"""Bytes of a tag or a comment: those of millions of attributes take expat minutes."""

StartOf = Callable[[str, dict[str, str]], None]


class BrokenXml(Exception):
    """A part of a workbook that is no XML, or none that a workbook holds."""


def own_names(*names: str) -> dict[str, str]:
    """The short names of a workbook's elements by the names that expat has for them.

    A few programs write no namespace at all; spreadsheets may refuse that, yet what is meant is
    plain.
    """
    return {f"{space} {name}": name for space in NAMESPACES for name in names} | {
        name: name for name in names
    }


def whole_number(text: str) -> str:
    """An attribute's whole number as it is usually written. XML Schema lets blanks stand around it
    and zeros before it; what is none stays as it is.
    """
    number = text.strip(_BLANKS).removeprefix("+")
    return number.lstrip("0") or "0" if number.isascii() and number.isdigit() else text


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text is not None and text.strip(_BLANKS) in ("1", "true")


def short(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def listen(
    part: IO[bytes],
    start: StartOf,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part to its end, and call back for every element, and for its text.

    Raises:
        BrokenXml: It is not well formed, or declares a type of document, as no workbook does:
            entities of its own could grow to any size.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        read = 0
        while piece := part.read(_PIECE):
            parser.Parse(piece, False)
            read += len(piece)
            if read - parser.CurrentByteIndex > _LONGEST_TAG:
                raise BrokenXml("a tag too long")
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError) as error:  # also unknown encodings
        raise BrokenXml(str(error)) from None


def _refuse_doctype(*_: object) -> None:
    raise BrokenXml("declares a type of document")


def is_own(name: str, but: Collection[str] = ()) -> bool:
    """Whether an element belongs to workbooks, and is none of those named."""
    space, _, own = name.rpartition(" ")
    return (not space or space in NAMESPACES) and own not in but
