"""What a measured column plausibly holds: a bound of its unit, not of a district's facts.

A number outside of it is read as it stands, and warned of, because it was likely written in another
unit. The bounds are generous: whoever has found no fault with a year of warnings reads the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

CLOCKS = ("clock time", "windows")
"""Kinds of cell whose numbers are minutes after midnight."""
HALF_DAY = 12 * 60


@dataclass(frozen=True)
class Slip:
    """A unit in which a value may have been written by mistake: what to ask, and how to turn the
    value into the unit of its column (`times`, `plus`).
    """

    question: str
    times: Decimal = Decimal(1)
    plus: int = 0
    is_exact: bool = True
    """Whether the value that comes out can be written as it is."""

    def meant(self, value: Decimal) -> Decimal:
        """The value in the column's unit."""
        return value * self.times + self.plus


@dataclass(frozen=True)
class Plausible:
    """A range with its reason. `zero` is the value that means none, and is always plausible."""

    low: Decimal
    high: Decimal
    why: str
    slips: tuple[Slip, ...] = ()
    has_zero: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether a value is in the range."""
        return self.low <= value <= self.high or (self.has_zero and not value)

    def likely(self, value: Decimal) -> Slip | None:
        """The first unit in which a value outside of the range would be in it."""
        return next(
            (slip for slip in self.slips if self.low <= slip.meant(value) <= self.high), None
        )


@dataclass(frozen=True)
class PlausibleBy:
    """Ranges that depend on the word in another column of the row."""

    column: str
    ranges: Mapping[str, Plausible] = field(default_factory=dict)


@dataclass(frozen=True)
class Unbounded:
    """Why a measured column has no range."""

    why: str


AnyRange = Plausible | PlausibleBy | Unbounded


def between(
    low: float | str, high: float | str, why: str, *slips: Slip, has_zero: bool = False
) -> Plausible:
    """A range of numbers, written as they are read."""
    return Plausible(Decimal(str(low)), Decimal(str(high)), why, slips, has_zero)


HOURS = Slip("Are these hours?", Decimal(60))
IN_HOURS = Slip("Is it in hours?", is_exact=False)
MINUTES_OF_HOURS = Slip("Are these minutes?", Decimal(1) / 60)
MINUTES_A_WEEK = Slip("Are these minutes a week?", Decimal("0.2"))
WEEKS = Slip("Are these weeks?", Decimal(5))
SECONDS = Slip("Are these seconds?", Decimal(1) / 60)
METRES = Slip("Are these metres?", Decimal("0.001"))
THOUSANDS = Slip("Are these thousands?", Decimal(1000))
CENTS = Slip("Are these cents?", Decimal("0.01"))
A_MONTH_S = Slip("Is it a month's?", Decimal(12))
SHARE_OF_ONE = Slip("Is it a share of 1?", Decimal(100))
TWICE_DIVIDED = Slip("Was it divided by 100 twice?", Decimal(100))
AFTERNOON = Slip("Is it in the afternoon?", plus=HALF_DAY)


def hours_between(low: str, high: str, why: str) -> Plausible:
    """A range of clock times; a time twelve hours too early is one of the afternoon."""
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (low, high))
    return between(first, last, why, AFTERNOON)


def quantities(value: Any) -> Iterable[Decimal]:
    """The numbers in the value of a measured cell; clock times are minutes after midnight."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Decimal(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from quantities(part) if isinstance(part, int) else _of_part(part)


def _of_part(part: Any) -> Iterable[Decimal]:
    """The numbers in a window, or in the percentages of a role."""
    for name in ("start", "end"):
        if hasattr(part, name):
            yield Decimal(getattr(part, name))
    yield from getattr(part, "allowed", ())
