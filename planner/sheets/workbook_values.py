"""What a workbook's cell says, as the contract's text."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from planner.sheets.number_formats import NumberFormat, Shown
from planner.sheets.workbook_xml import whole_number
from planner.sheets.zero_padding import as_shown

FIRST_INEXACT = 2**53
"""The first whole number of which a cell may hold another one: its numbers are 64-bit floats."""
AN_ERROR = ("holds an error of the spreadsheet.", "Mend its formula, or type the value.")
UNCOMPUTED = (
    "holds a formula without a value.",
    "Open and save it in a spreadsheet, or type the value.",
)
_TYPE_AGAIN = "Type it again."
_NO_NUMBER = ("is marked as a number and holds none.", _TYPE_AGAIN)
_NO_TEXT = ("refers to a text that the workbook does not hold.", _TYPE_AGAIN)
_NO_DATE = ("is marked as a date and holds none.", _TYPE_AGAIN)
_NO_TRUTH = ("is marked as TRUE or FALSE and is neither.", _TYPE_AGAIN)
_NO_KIND = ("is of a kind that no spreadsheet has.", _TYPE_AGAIN)
_NO_FORMAT = ("has a number format that the workbook does not hold.", "Format it again.")

_AS_IT_IS = NumberFormat()
_USUAL = re.compile(r"0|[1-9][0-9]{0,14}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_ESCAPES = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
LONGEST_CELL = 32_767
"""Letters that a spreadsheet's cell holds."""
_TOO_LONG = (
    f"is longer than {LONGEST_CELL:,} letters, which no cell of a spreadsheet is.",
    "Shorten it.",
)
MOST_TEXT = 200_000_000
"""Letters in all cells together; one long text can stand in thousands of cells and costs the file
nothing.
"""
_LAST_DAY = 2_958_466
"""Days from day nought to the first that no spreadsheet has: 10000-01-01."""
_DAY_NOUGHT, _DAY_NOUGHT_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


class TooMuchText(Exception):
    """The texts of all cells together would fill the memory."""


class Unreadable(Exception):
    """A cell without a value to read: what is wrong with it, and how to mend it."""

    def __init__(self, words: tuple[str, str]) -> None:
        super().__init__(words[0])
        self.words = words


class CellTexts:
    """Turns what stands in cells into text; knows a workbook's shared texts, its styles' number
    formats, and from when it counts its days.
    """

    def __init__(
        self, texts: Sequence[str], formats: Sequence[NumberFormat], *, from_1904: bool
    ) -> None:
        self._texts = texts
        self._formats = formats
        self._letters = 0
        self._day_nought = _DAY_NOUGHT_OF_1904 if from_1904 else _DAY_NOUGHT

    def of(self, raw: str, kind: str, style: str, *, computed: bool) -> tuple[str, bool]:
        """The text of a cell, blank where it is; and whether that is what was typed as an id: text,
        or a whole number that is exact. Of a date, a yes or no, and a number with decimals nobody
        knows how it was typed.

        Args:
            raw: What stands in its element.
            kind: The type it says it has (`t`): `n`, `s`, `str`, `inlineStr`, `b`, `d`, `e`.
            style: The number of its style (`s`); blank where it has none.
            computed: Whether a formula computes it.

        Raises:
            Unreadable: It has no value.
        """
        text, is_id = self._text(raw, kind, style, computed=computed)
        if len(text) > LONGEST_CELL:
            raise Unreadable(_TOO_LONG)
        self._letters += len(text)
        return text, is_id

    def refuse_too_much(self) -> None:
        """Raises TooMuchText where the texts so far are too long."""
        if self._letters > MOST_TEXT:
            raise TooMuchText

    def _text(self, raw: str, kind: str, style: str, *, computed: bool) -> tuple[str, bool]:
        if kind == "e":
            raise Unreadable(AN_ERROR)
        if kind in ("str", "inlineStr"):
            return unescaped(raw), True
        raw = raw.strip()
        if not raw:
            if computed:
                raise Unreadable(UNCOMPUTED)
            return "", True
        if kind == "n":
            return self._number(raw, self._format(style))
        if kind == "s":
            raw = whole_number(raw)
            if not _USUAL.fullmatch(raw) or int(raw) >= len(self._texts):
                raise Unreadable(_NO_TEXT)
            return self._texts[int(raw)], True
        if kind == "b":
            if raw not in ("0", "1", "true", "false"):
                raise Unreadable(_NO_TRUTH)
            return text_of_cell(raw in ("1", "true")), False
        if kind == "d":
            return _moment(raw), False
        raise Unreadable(_NO_KIND)

    def _format(self, style: str) -> NumberFormat:
        """The number format of a style. A workbook without styles shows every number as it is."""
        if not style or not self._formats:
            return _AS_IT_IS
        style = whole_number(style)
        if not _USUAL.fullmatch(style) or int(style) >= len(self._formats):
            raise Unreadable(_NO_FORMAT)
        return self._formats[int(style)]

    def _number(self, raw: str, format_: NumberFormat) -> tuple[str, bool]:
        if format_ == _AS_IT_IS and _USUAL.fullmatch(raw):
            return raw, True
        if not _NUMBER.fullmatch(raw):
            raise Unreadable(_NO_NUMBER)
        value = float(raw)
        shown, padding = format_
        if shown is Shown.PERCENT:
            return f"{text_of_cell(value * 100)}%", False
        if shown is not Shown.NUMBER and 0 <= value < _LAST_DAY:
            return self._time(value, shown), False
        text = text_of_cell(value)
        is_id = shown is Shown.NUMBER and value.is_integer() and abs(value) < FIRST_INEXACT
        return as_shown(text, padding) if padding else text, is_id

    def _time(self, days: float, shown: Shown) -> str:
        # To the second: 1/3 of a day is 07:59:59.9999… in a spreadsheet's number.
        since = timedelta(seconds=round(days * 86400))
        if shown is Shown.ELAPSED or days < 1:
            return text_of_cell(since)
        try:
            return text_of_cell(self._day_nought + since)
        except OverflowError:  # the last days of 9999, counted from 1904
            return text_of_cell(days)


def _moment(raw: str) -> str:
    """A moment that is written out, as strict workbooks may: `2026-09-01`, `2026-09-01T08:30:00`,
    `08:30:00`.
    """
    try:
        return text_of_cell(datetime.fromisoformat(raw))
    except ValueError:
        pass
    try:
        return text_of_cell(time.fromisoformat(raw))
    except ValueError:
        raise Unreadable(_NO_DATE) from None


def unescaped(text: str) -> str:
    """Text without a spreadsheet's escapes, `_x000D_` for characters that XML cannot hold."""
    return _ESCAPES.sub(_characters, text) if "_x" in text else text


def _characters(escapes: re.Match[str]) -> str:
    units = bytes.fromhex("".join(escapes[0].replace("_x", " ").replace("_", " ").split()))
    return units.decode("utf-16-be", "replace")


def text_of_cell(value: Any) -> str:
    """A cell's value as the contract's text: `1` for 1.0, `0.3` for 0.30000000000000004, `08:30`,
    `2026-09-01`, `yes`.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        is_exact = value.is_integer() and abs(value) < FIRST_INEXACT
        return str(int(value)) if is_exact else f"{value:.15g}"
    if isinstance(value, datetime):
        return _text_of_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _text_of_minutes(
            timedelta(hours=value.hour, minutes=value.minute, seconds=value.second).total_seconds()
        )
    if isinstance(value, timedelta):
        return _text_of_minutes(value.total_seconds())
    return str(value)


def _text_of_moment(value: datetime) -> str:
    """A date; a clock time where the day is a spreadsheet's day nought; both where both are
    meant.
    """
    clock = _text_of_minutes(value.hour * 3600 + value.minute * 60 + value.second)
    if value.year < 1901:
        return clock
    return value.date().isoformat() if clock == "00:00" else f"{value.date().isoformat()} {clock}"


def _text_of_minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
