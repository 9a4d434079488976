"""Clock times, dates, days of the cycle, windows and deadlines as the cells of a sheet write them.

Days are read with the district's cycle (`Reading`): what `Mon-Fri` or `all` means depends on it.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from planner.facts.cell_names import pieces
from planner.facts.cell_type import WEEKDAYS, Due, Frequency, Reading, Window, nearest


def read_time_zone(text: str) -> str:
    """Read the name of a time zone, such as `America/Los_Angeles`; blank stays blank.

    Raises:
        ValueError: There is no such time zone.
    """
    name = text.strip()
    try:
        if name:
            ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a plain name, or the name of a folder
        raise ValueError(
            "is no time zone. Write it like America/Los_Angeles or Europe/London."
        ) from None
    return name


def clock(minutes: int) -> str:
    """Minutes after midnight as `08:30`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_clock(text: str) -> int:
    """`8:30`, `08:30`, `08:30:00` or a spreadsheet's fraction of a day, as minutes after
    midnight.
    """
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text.strip())
    if (
        match
        and int(match[1]) <= 24
        and int(match[2]) < 60
        and int(match[1]) * 60 + int(match[2]) <= 1440
    ):
        return int(match[1]) * 60 + int(match[2])
    if re.fullmatch(r"0?\.\d+", text.strip()):
        return round(float(text) * 1440)
    raise ValueError("is not a clock time. Write it like 08:30.")


def read_date(text: str, reading: Reading) -> date:
    """Read an ISO date; a midnight after it, as spreadsheets write one, is passed over.

    Raises:
        ValueError: The text is no date, or its year is not between 1950 and 2200.
    """
    words = text.strip()
    try:
        found = date.fromisoformat(
            words[:10] if re.fullmatch(r".{10}[ T]00:00(:00)?", words) else words
        )
    except ValueError:
        raise ValueError(
            f"is not a date. {_as_counted(words) or 'Write it like 2026-09-01.'}"
        ) from None
    if not 1950 <= found.year <= 2200:
        raise ValueError(f"is in the year {found.year}. Write it like 2026-09-01.")
    return found


def _as_counted(text: str) -> str:
    """What to write for a number of days as a spreadsheet counts them; nothing where it is none."""
    if not re.fullmatch(r"[2-7]\d{4}", text, re.ASCII):
        return ""
    meant = date(1899, 12, 30) + timedelta(days=int(text))
    return f"Write {meant.isoformat()} if that is the day, or format the column as dates."


def _day(text: str, reading: Reading) -> list[str]:
    """The cycle's days that one word names: itself, or each week's in an A/B cycle."""
    fold = text.casefold()
    exact = [day for day in reading.cycle if day.casefold() == fold]
    return exact or [day for day in reading.cycle if day[:-1].casefold() == fold]


def days(text: str, reading: Reading) -> tuple[str, ...]:
    """`Mon-Fri`, `Mon;Wed`, `all`: names of the cycle's days, in the cycle's order."""
    found: set[str] = set()
    for piece in pieces(text, ";,"):
        if piece.casefold() == "all":
            found |= set(reading.cycle)
            continue
        named = _day(piece, reading) or _day_range(piece, reading)
        if not named:
            hint = (
                nearest(piece, reading.cycle) or f"The cycle's days are {', '.join(reading.cycle)}."
            )
            raise ValueError(f"'{piece}' is no day of the cycle. {hint}")
        found |= set(named)
    return tuple(day for day in reading.cycle if day in found)


def _day_range(text: str, reading: Reading) -> list[str]:
    first, dash, last = (part.strip() for part in text.partition("-"))
    start, end = _day(first, reading), _day(last, reading)
    if not (dash and start and end):
        return []
    if len(start) == 1 and len(end) == 1:
        return list(reading.cycle[reading.cycle.index(start[0]) : reading.cycle.index(end[0]) + 1])
    names = [day.casefold() for day in WEEKDAYS]
    if first.casefold() in names and last.casefold() in names:
        span = names[names.index(first.casefold()) : names.index(last.casefold()) + 1]
        return [day for name in span for day in _day(name, reading)]
    return []


def write_days(value: Sequence[str], reading: Reading) -> str:
    """Days as a planner writes them: runs of three or more as a range."""
    if not value:
        return ""
    if tuple(value) == reading.cycle:
        return "all"
    runs: list[list[int]] = []
    for index in sorted(reading.cycle.index(day) for day in value):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    name = reading.cycle.__getitem__
    return ";".join(
        f"{name(run[0])}-{name(run[-1])}"
        if len(run) > 2 and "-" not in name(run[0]) + name(run[-1])
        else ";".join(name(index) for index in run)
        for run in runs
    )


def read_windows(text: str, reading: Reading) -> tuple[Window, ...]:
    """Read stretches of time such as `Mon-Fri 08:30-09:45; Tue 10:00-10:35`, each once, in order.

    Days before a semicolon wait for the time that follows (`Mon; Wed 08:30-09:45`), because
    `write_days` writes them so. A time without days holds on all days of the cycle.

    Raises:
        ValueError: A part is no stretch, ends before it starts, or days have no time.
    """
    found: set[Window] = set()
    waiting: list[str] = []
    for piece in pieces(text):
        match = re.fullmatch(r"(.*?)\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})", piece)
        if match is None and ":" in piece:
            raise ValueError(f"'{piece}' is no stretch of time. Write it like Mon-Wed 08:30-09:45.")
        if match is None:
            waiting += days(piece, reading)
            continue
        named = [
            *waiting,
            *(days(match[1], reading) if match[1] else () if waiting else reading.cycle),
        ]
        start, end = parse_clock(match[2]), parse_clock(match[3])
        if start >= end or not named:
            raise ValueError(
                f"'{piece}' " + ("ends before it starts." if named else "names no day.")
            )
        found |= {Window(day, start, end) for day in named}
        waiting = []
    if waiting:
        raise ValueError("names days without a time. Write it like Mon-Wed 08:30-09:45.")
    return tuple(sorted(found, key=lambda w: (reading.cycle.index(w.day), w.start, w.end)))


def write_windows(value: Sequence[Window], reading: Reading) -> str:
    """Windows with equal times joined: `Mon-Fri 08:30-09:45; Tue 10:00-10:35`."""
    named: dict[tuple[int, int], list[str]] = {}
    for window in value:
        named.setdefault((window.start, window.end), []).append(window.day)
    return "; ".join(
        f"{write_days(on, reading).replace(';', ',')} {clock(start)}-{clock(end)}"
        for (start, end), on in named.items()
    )


def read_frequency(text: str, reading: Reading) -> Frequency:
    """Read `4`, `8/quarter`, `1/month` or `20/year`; a number alone counts per cycle.

    Raises:
        ValueError: The text is no such number of sessions.
    """
    match = re.fullmatch(
        r"(\d+)(?:\.0)?(?:\s*/\s*(cycle|quarter|month|year))?", text.strip().casefold()
    )
    if match is None or int(match[1]) < 1 or len(match[1]) > 4:
        raise ValueError("is not a number of sessions. Write 4, 8/quarter, 1/month or 20/year.")
    return Frequency(int(match[1]), match[2] or "cycle")


def write_frequency(value: Frequency, reading: Reading) -> str | int:
    """Write a number of sessions; a whole number where it counts per cycle."""
    return value.times if value.per == "cycle" else f"{value.times}/{value.per}"


def read_due(text: str, reading: Reading) -> tuple[Due, ...]:
    """Read deadlines such as `hire+4 months` or `09-01 next year`.

    Raises:
        ValueError: A part is no deadline, or its date is not in every year (02-29).
    """
    found = []
    for piece in pieces(text):
        word = piece.casefold()
        after = re.fullmatch(r"hire\s*\+\s*(\d{1,3})\s*months?", word)
        on = re.fullmatch(r"(\d{2})-(\d{2})(\s+next year)?", word)
        if after:
            found.append(Due(months=int(after[1])))
        elif word == "hire":
            found.append(Due())
        elif on and _is_every_year(int(on[1]), int(on[2])):
            found.append(Due(month=int(on[1]), day=int(on[2]), years=1 if on[3] else 0))
        else:
            raise ValueError(
                f"'{piece}' is no deadline. Write hire, hire+4 months, 09-01 or 09-01 next year."
            )
    return tuple(found)


def _is_every_year(month: int, day: int) -> bool:
    """Whether every year has such a date."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(2025, month)[1]


def write_due(value: Sequence[Due], reading: Reading) -> str:
    """Write deadlines as `read_due` reads them."""

    def deadline(due: Due) -> str:
        if due.month:
            return f"{due.month:02d}-{due.day:02d}" + (" next year" if due.years else "")
        return f"hire+{due.months} months" if due.months else "hire"

    return ";".join(deadline(due) for due in value)
