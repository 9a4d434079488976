"""How numbers stand in a cell: whole ones, decimals, percentages and shares of full time."""

import re
from decimal import Decimal, InvalidOperation


def number(text: str) -> Decimal:
    """A number, which need not be finite. Raises InvalidOperation where a text is none, also for
    `3_0`, which Python takes for 30 and a planner may mean otherwise.
    """
    if "_" in text:
        raise InvalidOperation
    return Decimal(text)


def whole(text: str) -> int:
    """`3` or `3.0`. Raises ValueError."""
    minutes = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", text)
    if minutes:
        meant = int(minutes[1]) * 60 + int(minutes[2])
        raise ValueError(
            f"is a clock time, not a whole number. Write {meant} if these are minutes."
        )
    try:
        found = number(text)
    except InvalidOperation:
        raise ValueError("is not a whole number.") from None
    if not found.is_finite() or found.adjusted() > 9 or found != found.to_integral_value():
        raise ValueError("is not a whole number.")
    return int(found)


def decimal(text: str, places: int, what: str) -> Decimal:
    """A number with so many places at most; `what` it is called where it is none. Raises
    ValueError.
    """
    try:
        found = number(text)
    except InvalidOperation:
        raise ValueError(f"is not {what}.") from None
    if not found.is_finite() or found.adjusted() > 12:
        raise ValueError(f"is not {what}.")
    rounded = round(found, places)
    if rounded != found:
        raise ValueError(f"has more than {places} decimals.")
    return rounded.normalize() if rounded != rounded.to_integral_value() else Decimal(int(rounded))


def percent(text: str) -> Decimal:
    """`7.65`, or `7.65%` as a spreadsheet shows it."""
    return decimal(text.strip().removesuffix("%").rstrip(), 4, "a percentage")


def fte(text: str) -> Decimal:
    """`0.875`, or `87.5%` as a spreadsheet shows it."""
    found = decimal(text.strip().removesuffix("%").rstrip(), 6, "an FTE")
    return decimal(str(found / 100), 6, "an FTE") if text.strip().endswith("%") else found


def percent_of(text: str) -> Decimal:
    """A percentage of a whole. Raises ValueError where it is none between 0 and 100."""
    found = percent(text)
    if not 0 <= found <= 100:
        raise ValueError(f"'{text.strip()}' is not between 0 and 100.")
    return found
