"""Say what a kind of cell is, and what reading one depends on.

Also the values that no plain number or text can hold.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Reading:
    """What a cell's meaning depends on: the names of the cycle's days and of the grades, in
    order.
    """

    cycle: tuple[str, ...] = WEEKDAYS[:5]
    grades: tuple[str, ...] = ("K", "1", "2", "3", "4", "5", "6")


class Window(NamedTuple):
    """A stretch of one day of the cycle; minutes after midnight."""

    day: str
    start: int
    end: int


class Credential(NamedTuple):
    """A credential that somebody holds, with the last date on which it is valid (None: without
    end).
    """

    name: str
    expires: date | None = None


class Frequency(NamedTuple):
    """So many sessions a cycle, quarter, month or year."""

    times: int
    per: str = "cycle"


class Share(NamedTuple):
    """A percentage of something that one fund pays (of one allowance, where `allowance` is
    given).
    """

    fund: str
    percent: Decimal
    allowance: str = ""


class Due(NamedTuple):
    """A deadline: months after the hire date, or a date of the same or a later year."""

    months: int = 0
    month: int = 0
    day: int = 0
    years: int = 0


class Percents(NamedTuple):
    """The percentages of a position that a program allows for a role (`*`: every other role)."""

    role: str
    allowed: tuple[Decimal, ...]


@dataclass(frozen=True)
class CellType:
    """A kind of cell: what it is called, how it is written, and the two ways between text and
    value.
    """

    kind: str
    form: str
    parse: Callable[[str, Reading], Any]
    write: Callable[[Any, Reading], str | int | Decimal | date] = lambda value, reading: str(value)
    choices: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Text is parsed first; a value that is already typed passes through to its own check."""
        return core_schema.with_info_before_validator_function(self._read, handler(source))

    def _read(self, value: Any, info: core_schema.ValidationInfo) -> Any:
        return self.parse(value, info.context or Reading()) if isinstance(value, str) else value


def nearest(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'x'?`, or nothing where no known name is near."""
    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f"Did you mean '{by_fold[close[0]]}'?" if close else ""
