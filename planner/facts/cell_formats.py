"""How a value stands in a cell of a sheet: read from text, written back, described to a planner.

Every kind of cell is a `CellType`; the sheets in this package use the annotated types at the end
(`Clock`, `Days`, …). Reading is given the district's cycle and grades (`Reading`), because the
meaning of `Mon-Fri` and `K-2` depends on them. Times stand in `cell_times`, names in `cell_names`,
numbers in `cell_numbers`; what others need of them is named again here, so that a cell's formats
have one door.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from planner.facts.cell_names import names_in_order as names_in_order
from planner.facts.cell_names import (
    pieces,
    read_account_format,
    read_grades,
    read_id,
    read_ids,
    read_named,
    read_text,
)
from planner.facts.cell_numbers import decimal, fte, percent, percent_of, whole
from planner.facts.cell_times import clock as clock
from planner.facts.cell_times import days as days
from planner.facts.cell_times import parse_clock as parse_clock
from planner.facts.cell_times import (
    read_date,
    read_due,
    read_frequency,
    read_time_zone,
    read_windows,
    write_due,
    write_frequency,
)
from planner.facts.cell_times import write_days as write_days
from planner.facts.cell_times import write_windows as write_windows
from planner.facts.cell_type import WEEKDAYS as WEEKDAYS
from planner.facts.cell_type import CellType as CellType
from planner.facts.cell_type import Credential as Credential
from planner.facts.cell_type import Due as Due
from planner.facts.cell_type import Frequency as Frequency
from planner.facts.cell_type import Percents as Percents
from planner.facts.cell_type import Reading as Reading
from planner.facts.cell_type import Share as Share
from planner.facts.cell_type import Window as Window
from planner.facts.cell_type import nearest as nearest


def _money(text: str, reading: Reading) -> Decimal:
    return decimal(text, 2, "an amount of money; write it like 1324.50")


def _requires(text: str, reading: Reading) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(read_id(name, reading) for name in pieces(piece, "|"))
        for piece in pieces(text)
        if piece.strip("| ")
    )


def _credentials(text: str, reading: Reading) -> tuple[Credential, ...]:
    found = []
    for piece in pieces(text):
        name, colon, expires = piece.partition(":")
        found.append(
            Credential(read_named(name, reading), read_date(expires, reading) if colon else None)
        )
    return tuple(found)


def _write_credentials(value: Sequence[Credential], reading: Reading) -> str:
    return ";".join(f"{c.name}:{c.expires.isoformat()}" if c.expires else c.name for c in value)


def _shares(text: str, reading: Reading) -> tuple[Share, ...]:
    found = []
    for piece in pieces(text):
        name, colon, share = piece.rpartition(":")
        if not colon:
            raise ValueError(f"'{piece}' has no percentage. Write it like title-1:50.")
        allowance, at, fund = name.rpartition("@")
        found.append(
            Share(
                read_named(fund, reading),
                percent_of(share),
                read_named(allowance, reading) if at else "",
            )
        )
    return tuple(found)


def _write_shares(value: Sequence[Share], reading: Reading) -> str:
    return ";".join(
        f"{s.allowance + '@' if s.allowance else ''}{s.fund}:{s.percent}" for s in value
    )


def _percents(text: str, reading: Reading) -> tuple[Percents, ...]:
    found = []
    for piece in pieces(text, "|"):
        role, equals, allowed = piece.partition("=")
        if not equals or not pieces(allowed):
            raise ValueError(
                f"'{piece}' gives no percentages of a role. Write it like coach=50;100 | *=50;100."
            )
        found.append(
            Percents(
                read_named(role, reading), tuple(percent_of(piece) for piece in pieces(allowed))
            )
        )
    return tuple(found)


def _write_percents(value: Sequence[Percents], reading: Reading) -> str:
    return " | ".join(f"{p.role}={';'.join(str(percent) for percent in p.allowed)}" for p in value)


def _yes_no(text: str, reading: Reading) -> bool:
    word = text.strip().casefold()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    raise ValueError("is neither yes nor no.")


def _tiers(text: str, reading: Reading) -> tuple[int, ...]:
    found = {whole(piece) for piece in pieces(text, ";,")}
    if not found <= {1, 2, 3}:
        raise ValueError("names a tier that is none of 1, 2, 3.")
    return tuple(sorted(found))


def _lengths(text: str, reading: Reading) -> tuple[int, ...]:
    found = {whole(piece) for piece in pieces(text, ";,")}
    if any(minutes < 1 or minutes > 480 for minutes in found):
        raise ValueError("names a length that is not from 1 to 480 minutes.")
    return tuple(sorted(found))


def write_lengths(lengths: Sequence[int]) -> str:
    """`20;30;45`."""
    return ";".join(map(str, lengths))


def choice(*words: str) -> CellType:
    """A cell that holds one of a few words."""

    def parse(text: str, reading: Reading) -> str:
        word = re.sub(r"[\s-]+", "_", text.strip().casefold())
        for known in words:
            if known.casefold().replace("-", "_") == word:
                return known
        raise ValueError(f"is none of {', '.join(words)}. {nearest(text, words)}".strip())

    return CellType("word", " | ".join(words), parse, choices=words)


def _join(value: Sequence[str], reading: Reading) -> str:
    return ";".join(value)


Key = Annotated[str, CellType("id", "elm", read_id)]
Keys = Annotated[tuple[str, ...], CellType("ids", "elm;oak", read_ids, _join)]
Text = Annotated[str, CellType("text", "any text", read_text)]
Clock = Annotated[
    int,
    CellType(
        "clock time", "08:30", lambda text, _: parse_clock(text), lambda value, _: clock(value)
    ),
]
Day = Annotated[date, CellType("date", "2026-09-01", read_date, lambda value, _: value)]
Days = Annotated[tuple[str, ...], CellType("days", "Mon-Fri, Mon;Wed, all", days, write_days)]
Grades = Annotated[tuple[str, ...], CellType("grades", "K-2, 1;3", read_grades, _join)]
Windows = Annotated[
    tuple[Window, ...],
    CellType("windows", "Mon 08:30-09:45; Tue-Thu 10:00-10:35", read_windows, write_windows),
]
Whole = Annotated[
    int, CellType("whole number", "3", lambda text, _: whole(text), lambda value, _: value)
]
Tiers = Annotated[
    tuple[int, ...],
    CellType("tiers", "2;3", _tiers, lambda value, _: ";".join(str(tier) for tier in value)),
]
Lengths = Annotated[
    tuple[int, ...],
    CellType("lengths", "20;30;45", _lengths, lambda value, _: write_lengths(value)),
]
Money = Annotated[Decimal, CellType("money", "1324.50", _money, lambda value, _: value)]
Percent = Annotated[
    Decimal, CellType("percentage", "7.65", lambda text, _: percent(text), lambda value, _: value)
]
Fte = Annotated[
    Decimal, CellType("FTE", "0.875", lambda text, _: fte(text), lambda value, _: value)
]
Number = Annotated[
    Decimal,
    CellType(
        "number", "26.5", lambda text, _: decimal(text, 6, "a number"), lambda value, _: value
    ),
]
YesNo = Annotated[
    bool,
    CellType(
        "yes/no", "yes", _yes_no, lambda value, _: "yes" if value else "no", choices=("yes", "no")
    ),
]
Requirements = Annotated[
    tuple[tuple[str, ...], ...],
    CellType(
        "credentials",
        "a;b|c",
        _requires,
        lambda value, _: ";".join("|".join(names) for names in value),
    ),
]
Credentials = Annotated[
    tuple[Credential, ...],
    CellType("credentials held", "a;b:2027-06-30", _credentials, _write_credentials),
]
Sessions = Annotated[
    Frequency,
    CellType("sessions", "4, 8/quarter, 1/month, 20/year", read_frequency, write_frequency),
]
Shares = Annotated[
    tuple[Share, ...], CellType("shares", "title-1:50;general:50", _shares, _write_shares)
]
AllowedPercents = Annotated[
    tuple[Percents, ...],
    CellType("percentages", "coach=50;100 | *=100", _percents, _write_percents),
]
TimeZone = Annotated[
    str, CellType("time zone", "America/Los_Angeles", lambda text, _: read_time_zone(text))
]
AccountFormat = Annotated[
    str,
    CellType("account format", "{fund}-{object}", lambda text, _: read_account_format(text)),
]
Dues = Annotated[
    tuple[Due, ...], CellType("deadlines", "hire+4 months; 09-01 next year", read_due, write_due)
]
