"""Know from a workbook's number formats what a number is shown as: a percentage, a date, a time."""

import re
from enum import Enum, auto
from typing import NamedTuple

from planner.sheets.zero_padding import pads_with_zeros


class Shown(Enum):
    """What a number is shown as."""

    NUMBER = auto()
    PERCENT = auto()
    MOMENT = auto()
    """A date, a clock time, or both."""
    ELAPSED = auto()
    """Hours that go on after 24."""


class NumberFormat(NamedTuple):
    """What a number is shown as; the format's code where it puts zeros before a number."""

    shown: Shown = Shown.NUMBER
    padding: str = ""


# The numbers that need no code in the file: ECMA-376, 18.8.30. 27 to 36 and 50 to 58 are dates in
# the East Asian languages that have them.
_BUILT_IN = (
    {"9": Shown.PERCENT, "10": Shown.PERCENT, "46": Shown.ELAPSED}
    | {str(number): Shown.MOMENT for number in (*range(14, 23), 45, 47)}
    | {str(number): Shown.MOMENT for number in (*range(27, 37), *range(50, 59))}
)
BUILT_IN = {number: NumberFormat(shown) for number, shown in _BUILT_IN.items()}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED_UNIT = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]")
_OF_A_MOMENT = re.compile(r"[dmyhs]", re.IGNORECASE)


def format_of_code(code: str) -> NumberFormat:
    """What a format's code shows: `0.0%`, `dd/mm/yyyy`, `[h]:mm`, `#,##0.00 "m"`, `00000`."""
    shown = _shown(code)
    is_padded = shown is Shown.NUMBER and pads_with_zeros(code)
    return NumberFormat(shown, code if is_padded else "")


def _shown(code: str) -> Shown:
    shown = _LITERAL.sub("", code)
    if "%" in shown:
        return Shown.PERCENT
    first = shown.split(";")[0]
    if _ELAPSED_UNIT.search(first):
        return Shown.ELAPSED
    plain = _BRACKETED.sub("", first)
    if plain.strip().casefold() != "general" and _OF_A_MOMENT.search(plain):
        return Shown.MOMENT
    return Shown.NUMBER
