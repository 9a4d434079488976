"""Ids, lists of names, grades and free text as the cells of a sheet write them.

An id may not hold a character that separates a list: shares (`grant@title-1:50`) and credentials
(`reading:2027-06-30`) are written into one cell, and such an id could not be read back.
"""

import re
from collections.abc import Iterable
from unicodedata import category, normalize

from planner.facts.cell_type import Reading, nearest

_SHORTENED = re.compile(r"-?\d(\.\d+)?E[+-]\d{2,}")
_TOO_NARROW = re.compile(r"#{3,}")
SEGMENT = re.compile(r"\{([^{}]+)\}")
"""A segment in an account format."""
AS_TEXT = "Write or export it again with the column formatted as text."
LONGEST_TEXT = 2000
LONGEST_ID = 64
SEPARATORS = ";|=@:,"


def one_line(text: str) -> str:
    """Fold white space and line breaks into single spaces, without those around the text.

    Nobody sees two spaces in a cell, and a line break there is a way to fit a column (Alt+Enter):
    kept, it made two ids of one, and calendars that cannot hold it.
    """
    return " ".join(text.split())


def pieces(text: str, separators: str = ";") -> list[str]:
    """Split a cell into its non-blank parts, without the spaces around them."""
    return [piece.strip() for piece in re.split(f"[{separators}]", text) if piece.strip()]


def read_id(text: str, reading: Reading) -> str:
    """Read one id.

    Raises:
        ValueError: The id is too long, or holds a separator or a character that nobody can see.
    """
    text = one_line(normalize("NFC", text))
    refuse_shortened(text)
    if len(text) > LONGEST_ID:
        raise ValueError(f"is longer than {LONGEST_ID} characters.")
    bad = sorted(set(text) & set(SEPARATORS))
    if bad:
        raise ValueError(f"holds {' '.join(bad)}, which separate lists; an id may not.")
    _refuse_unseen(letter for letter in text if not letter.isprintable())
    return text


def refuse_shortened(text: str) -> None:
    """Refuse an id of which a spreadsheet has kept only what it shows.

    Raises:
        ValueError: The id is a long number that was shortened, or the mark of a narrow column.
    """
    if _SHORTENED.fullmatch(text):
        raise ValueError(f"is a long number that a spreadsheet has shortened. {AS_TEXT}")
    if _TOO_NARROW.fullmatch(text):
        raise ValueError(
            "is what a spreadsheet shows where a column is too narrow. Write the id itself."
        )


def _refuse_unseen(letters: Iterable[str]) -> None:
    """Raises ValueError for the first of some characters that nobody can see."""
    for letter in letters:
        raise ValueError(
            f"holds a character that cannot be printed (U+{ord(letter):04X}). Write it again by "
            "hand."
        )


def read_named(text: str, reading: Reading) -> str:
    """An id that a list's form asks for, so that it may not be left out."""
    if not text.strip():
        raise ValueError("leaves out a name.")
    return read_id(text, reading)


def names_in_order(text: str, reading: Reading) -> tuple[str, ...]:
    """The names of the cycle's days or of the grades, each once."""
    found = tuple(read_id(piece, reading) for piece in pieces(text))
    folds = [name.casefold() for name in found]
    for name, fold in zip(found, folds, strict=True):
        if folds.count(fold) > 1 or fold == "all":
            raise ValueError(
                f"names '{name}' twice."
                if fold != "all"
                else "uses the word 'all', which means every one."
            )
    return found


def read_ids(text: str, reading: Reading) -> tuple[str, ...]:
    """Read ids that stand in a list; each counts once."""
    return tuple(dict.fromkeys(read_id(piece, reading) for piece in pieces(text)))


def read_text(text: str, reading: Reading) -> str:
    """Read free text as one line; control characters are refused.

    Raises:
        ValueError: The text is too long, or holds a character that nobody can see.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"is longer than {LONGEST_TEXT} characters.")
    text = one_line(text)
    _refuse_unseen(letter for letter in text if category(letter) in ("Cc", "Cn", "Cs"))
    return text


def read_grades(text: str, reading: Reading) -> tuple[str, ...]:
    """Read grades such as `K-2` or `1;3`, in the district's order.

    Raises:
        ValueError: A part names no grade of the district.
    """
    by_fold = {grade.casefold(): index for index, grade in enumerate(reading.grades)}
    found: set[int] = set()
    for piece in pieces(text, ";,"):
        first, dash, last = (part.strip().casefold() for part in piece.partition("-"))
        if piece.casefold() in by_fold:
            found.add(by_fold[piece.casefold()])
        elif piece.casefold() == "all":
            found |= set(by_fold.values())
        elif dash and first in by_fold and last in by_fold and by_fold[first] <= by_fold[last]:
            found |= set(range(by_fold[first], by_fold[last] + 1))
        else:
            hint = (
                nearest(piece, reading.grades)
                or f"The district's grades are {', '.join(reading.grades)}."
            )
            raise ValueError(f"'{piece}' is no grade. {hint}")
    return tuple(reading.grades[index] for index in sorted(found))


def read_account_format(text: str) -> str:
    """How an account is written: segments in braces, and what stands between them. Raises
    ValueError where no account could be written so.
    """
    text = text.strip()
    segments = account_segments(text)
    rest = SEGMENT.sub("", text)
    if text and (not segments or "{" in rest or "}" in rest):
        raise ValueError("is no account format; write it like {fund}-{resource}-{object}-{site}.")
    return text


def account_segments(text: str) -> tuple[str, ...]:
    """The segments that an account format names, each once."""
    return tuple(dict.fromkeys(SEGMENT.findall(text)))
