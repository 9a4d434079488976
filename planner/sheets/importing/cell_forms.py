"""Dates, numbers and clock times as other systems write them, in the forms of the data contract."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

MEASURED = {
    "date": ("date",),
    "clock": ("clock time",),
    "number": ("whole number", "money", "percentage", "FTE", "number"),
    "text": ("text",),
}
"""Kinds of cell whose values are no codes: one that is not in a table of codes is read as it
stands.
"""

LISTS = ("ids", "grades", "days", "tiers", "kinds of day", "credentials", "credentials held")
"""Kinds of cell that hold several values, each of which may be a code."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MMM": r"(?P<name>[A-Za-z]{3})[a-z]*\.?",
    "MM": r"(?P<month>\d{1,2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
    "D": r"(?P<day>\d{1,2})",
}
_MIDNIGHT = r"(?:[ T](?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?[Aa][Mm]))?"
_CENTURY_TURNS = 69
"""Years of two digits from here on are of the last century."""

_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::00)? ?([AaPp])\.?[Mm]\.?")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_WITH_COMMA = re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?")
_PLAIN = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")


@cache
def date_pattern(form: str) -> re.Pattern[str] | None:
    """What matches dates of a form such as `MM/DD/YYYY`; None where it lacks a year, month or day
    or has one twice.
    """
    pieces = re.split(r"(YYYY|YY|MMM|MM|M|DD|D)", form)
    words = pieces[1::2]
    if len(words) != 3 or {word[0] for word in words} != set("YMD"):
        return None
    return re.compile(
        "".join(_PARTS.get(piece) or re.escape(piece) for piece in pieces) + _MIDNIGHT
    )


def iso_date(text: str, form: str) -> str:
    """A date in a stated form, as ISO; a text that is in ISO already stays. Raises ValueError where
    it is neither.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}" + _MIDNIGHT, text):
        return text[:10]
    if not form:
        raise ValueError(
            "is not a date like 2026-09-01. State their form in the mapping, like `dates: "
            "MM/DD/YYYY`."
        )
    pattern = date_pattern(form)
    match = pattern.fullmatch(text) if pattern else None
    parts = match.groupdict() if match else {}
    month = parts.get("month") or _month_named(parts.get("name"))
    if not parts or not month:
        raise ValueError(f"is not a date of the form {form}, which the mapping states.")
    year = int(parts["year"]) if parts.get("year") else _year_of(int(parts["short"]))
    try:
        return date(year, int(month), int(parts["day"])).isoformat()
    except ValueError:
        raise ValueError(
            f"is no day of the calendar in the form {form}, which the mapping states."
        ) from None


def _month_named(name: str | None) -> int | None:
    return _MONTHS.index(name.casefold()) + 1 if name and name.casefold() in _MONTHS else None


def _year_of(two_digits: int) -> int:
    return two_digits + (1900 if two_digits >= _CENTURY_TURNS else 2000)


def plain_clock(text: str) -> str:
    """`7:45 AM` and `0745` as `07:45`; another text stays."""
    if re.fullmatch(r"[012]?\d[0-5]\d", text):
        return f"{text[:-2].zfill(2)}:{text[-2:]}"
    match = _CLOCK.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= 12:
        return text
    return f"{int(match[1]) % 12 + (12 if match[3] in 'Pp' else 0):02d}:{match[2] or '00'}"


def plain_number(
    text: str, kind: str, *, decimal_comma: bool = False, factor: Decimal = Decimal(1)
) -> str:
    """`1,234.50`, `$26.81`, `87.5 %` and, where the mapping says so, `0,875` as plain numbers,
    times a factor.

    An FTE given in percent becomes a share. A text that is no number stays, to be named as it is.
    Raises ValueError where it is no number with a decimal comma although the mapping states that.
    """
    bare = re.sub(r"[\s\xa0\u202f]", "", text)
    if kind == "money":
        bare = re.sub(r"^(-?)[$£€]|[$£€]$", r"\1", bare)
    share = Decimal(1)
    if kind in ("percentage", "FTE") and bare.endswith("%"):
        bare = bare[:-1]
        share = Decimal("0.01") if kind == "FTE" else share
    if decimal_comma:
        if not _WITH_COMMA.fullmatch(bare):
            raise ValueError("is no number with a decimal comma, which the mapping states.")
        bare = bare.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _PLAIN.fullmatch(bare):
        return text
    times = share * factor
    return bare if times == 1 else _trimmed(Decimal(bare) * times)


def _trimmed(number: Decimal) -> str:
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
