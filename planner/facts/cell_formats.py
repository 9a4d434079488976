"""How a value stands in a cell of a sheet: read from text, written back, described to a planner.

Every kind of cell is a `Cell`; the sheets in this package use the annotated types at the end
(`Clock`, `Days`, …). Reading is given the district's cycle and grades (`Reading`), because the
meaning of `Mon-Fri` and `K-2` depends on them.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated
from unicodedata import category, normalize

from planner.facts.cell_numbers import decimal, fte, percent, percent_of, whole
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

LONGEST_TEXT = 2000
LONGEST_ID = 64
SEPARATORS = ";|=@:,"


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


def _pieces(text: str, separators: str = ";") -> list[str]:
    return [piece.strip() for piece in re.split(f"[{separators}]", text) if piece.strip()]


def _money(text: str, reading: Reading) -> Decimal:
    return decimal(text, 2, "an amount of money; write it like 1324.50")


def _id(text: str, reading: Reading) -> str:
    text = normalize("NFC", text.replace("\xa0", " ")).strip()
    if len(text) > LONGEST_ID:
        raise ValueError(f"is longer than {LONGEST_ID} characters.")
    bad = sorted(set(text) & set(SEPARATORS))
    if bad:
        raise ValueError(f"holds {' '.join(bad)}, which separate lists; an id may not.")
    _refuse_unseen(letter for letter in text if not letter.isprintable())
    return text


def _refuse_unseen(letters: Iterable[str]) -> None:
    """Raises ValueError for the first of some characters that nobody can see."""
    for letter in letters:
        raise ValueError(
            f"holds a character that cannot be printed (U+{ord(letter):04X}). Write it again by "
            "hand."
        )


def _named(text: str, reading: Reading) -> str:
    """An id that a list's form asks for, so that it may not be left out."""
    if not text.strip():
        raise ValueError("leaves out a name.")
    return _id(text, reading)


def names_in_order(text: str, reading: Reading) -> tuple[str, ...]:
    """The names of the cycle's days or of the grades, each once."""
    found = tuple(_id(piece, reading) for piece in _pieces(text))
    folds = [name.casefold() for name in found]
    for name, fold in zip(found, folds, strict=True):
        if folds.count(fold) > 1 or fold == "all":
            raise ValueError(
                f"names '{name}' twice."
                if fold != "all"
                else "uses the word 'all', which means every one."
            )
    return found


def _ids(text: str, reading: Reading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_id(piece, reading) for piece in _pieces(text)))


def _text(text: str, reading: Reading) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"is longer than {LONGEST_TEXT} characters.")
    text = "\n".join(text.replace("\xa0", " ").strip().splitlines())
    _refuse_unseen(
        letter for letter in text if category(letter) in ("Cc", "Cn", "Cs") and letter not in "\n\t"
    )
    return text


def _date(text: str, reading: Reading) -> date:
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
    for piece in _pieces(text, ";,"):
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


def _grades(text: str, reading: Reading) -> tuple[str, ...]:
    by_fold = {grade.casefold(): index for index, grade in enumerate(reading.grades)}
    found: set[int] = set()
    for piece in _pieces(text, ";,"):
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


def _windows(text: str, reading: Reading) -> tuple[Window, ...]:
    found: set[Window] = set()
    waiting: list[str] = []
    for piece in _pieces(text):
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


def _requires(text: str, reading: Reading) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(_id(name, reading) for name in _pieces(piece, "|"))
        for piece in _pieces(text)
        if piece.strip("| ")
    )


def _credentials(text: str, reading: Reading) -> tuple[Credential, ...]:
    found = []
    for piece in _pieces(text):
        name, colon, expires = piece.partition(":")
        found.append(Credential(_named(name, reading), _date(expires, reading) if colon else None))
    return tuple(found)


def _write_credentials(value: Sequence[Credential], reading: Reading) -> str:
    return ";".join(f"{c.name}:{c.expires.isoformat()}" if c.expires else c.name for c in value)


def _frequency(text: str, reading: Reading) -> Frequency:
    match = re.fullmatch(
        r"(\d+)(?:\.0)?(?:\s*/\s*(cycle|quarter|month|year))?", text.strip().casefold()
    )
    if match is None or int(match[1]) < 1 or len(match[1]) > 4:
        raise ValueError("is not a number of sessions. Write 4, 8/quarter, 1/month or 20/year.")
    return Frequency(int(match[1]), match[2] or "cycle")


def _write_frequency(value: Frequency, reading: Reading) -> str | int:
    return value.times if value.per == "cycle" else f"{value.times}/{value.per}"


def _shares(text: str, reading: Reading) -> tuple[Share, ...]:
    found = []
    for piece in _pieces(text):
        name, colon, share = piece.rpartition(":")
        if not colon:
            raise ValueError(f"'{piece}' has no percentage. Write it like title-1:50.")
        allowance, at, fund = name.rpartition("@")
        found.append(
            Share(
                _named(fund, reading), percent_of(share), _named(allowance, reading) if at else ""
            )
        )
    return tuple(found)


def _write_shares(value: Sequence[Share], reading: Reading) -> str:
    return ";".join(
        f"{s.allowance + '@' if s.allowance else ''}{s.fund}:{s.percent}" for s in value
    )


def _percents(text: str, reading: Reading) -> tuple[Percents, ...]:
    found = []
    for piece in _pieces(text, "|"):
        role, equals, allowed = piece.partition("=")
        if not equals or not _pieces(allowed):
            raise ValueError(
                f"'{piece}' gives no percentages of a role. Write it like coach=50;100 | *=50;100."
            )
        found.append(
            Percents(_named(role, reading), tuple(percent_of(piece) for piece in _pieces(allowed)))
        )
    return tuple(found)


def _write_percents(value: Sequence[Percents], reading: Reading) -> str:
    return " | ".join(f"{p.role}={';'.join(str(percent) for percent in p.allowed)}" for p in value)


def _due(text: str, reading: Reading) -> tuple[Due, ...]:
    found = []
    for piece in _pieces(text):
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


def _write_due(value: Sequence[Due], reading: Reading) -> str:
    def one(due: Due) -> str:
        if due.month:
            return f"{due.month:02d}-{due.day:02d}" + (" next year" if due.years else "")
        return f"hire+{due.months} months" if due.months else "hire"

    return ";".join(one(due) for due in value)


def _yes_no(text: str, reading: Reading) -> bool:
    word = text.strip().casefold()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    raise ValueError("is neither yes nor no.")


def _tiers(text: str, reading: Reading) -> tuple[int, ...]:
    found = {whole(piece) for piece in _pieces(text, ";,")}
    if not found <= {1, 2, 3}:
        raise ValueError("names a tier that is none of 1, 2, 3.")
    return tuple(sorted(found))


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


Key = Annotated[str, CellType("id", "elm", _id)]
Keys = Annotated[tuple[str, ...], CellType("ids", "elm;oak", _ids, _join)]
Text = Annotated[str, CellType("text", "any text", _text)]
Clock = Annotated[
    int,
    CellType(
        "clock time", "08:30", lambda text, _: parse_clock(text), lambda value, _: clock(value)
    ),
]
Day = Annotated[date, CellType("date", "2026-09-01", _date, lambda value, _: value)]
Days = Annotated[tuple[str, ...], CellType("days", "Mon-Fri, Mon;Wed, all", days, write_days)]
Grades = Annotated[tuple[str, ...], CellType("grades", "K-2, 1;3", _grades, _join)]
Windows = Annotated[
    tuple[Window, ...],
    CellType("windows", "Mon 08:30-09:45; Tue-Thu 10:00-10:35", _windows, write_windows),
]
Whole = Annotated[
    int, CellType("whole number", "3", lambda text, _: whole(text), lambda value, _: value)
]
Tiers = Annotated[
    tuple[int, ...],
    CellType("tiers", "2;3", _tiers, lambda value, _: ";".join(str(tier) for tier in value)),
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
        "credentials", "a;b|c", _requires, lambda value, _: ";".join("|".join(one) for one in value)
    ),
]
Credentials = Annotated[
    tuple[Credential, ...],
    CellType("credentials held", "a;b:2027-06-30", _credentials, _write_credentials),
]
Sessions = Annotated[
    Frequency, CellType("sessions", "4, 8/quarter, 1/month, 20/year", _frequency, _write_frequency)
]
Shares = Annotated[
    tuple[Share, ...], CellType("shares", "title-1:50;general:50", _shares, _write_shares)
]
AllowedPercents = Annotated[
    tuple[Percents, ...],
    CellType("percentages", "coach=50;100 | *=100", _percents, _write_percents),
]
Dues = Annotated[
    tuple[Due, ...], CellType("deadlines", "hire+4 months; 09-01 next year", _due, _write_due)
]
