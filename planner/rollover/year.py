"""Move the dates to the next year: by 52 weeks, so that weekdays stay."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.facts.decisions import RuleRow
from planner.facts.district import CalendarDay, District
from planner.facts.row import SheetRow
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Offering, Staff, Training
from planner.facts.training import needs_of
from planner.rollover.notes import LOOK, Note
from planner.words.wording import listed

WEEKS = timedelta(weeks=52)
HOLIDAYS = ("holiday", "bank_holiday")
MAY_BE_LATE = timedelta(days=31)
"""How far into the next year money for this year may still be spent."""


@dataclass(frozen=True)
class Years:
    """This school year and the next."""

    old: District
    new: District

    @property
    def called(self) -> str:
        """`2026-2027`, or `2027` for a year that ends in the year in which it starts."""
        return display_name(self.new)


def display_name(district: District) -> str:
    """How a district's school year is called."""
    start, end = district.year_start.year, district.year_end.year
    return str(start) if start == end else f"{start}-{end}"


def years_of(district: District) -> Years:
    """This year and the next, 52 weeks later; the planned day moves with it where one is given."""
    moved = {
        "year_start": district.year_start + WEEKS,
        "year_end": district.year_end + WEEKS,
        "plan_date": district.plan_date + WEEKS if district.plan_date else None,
    }
    return Years(district, district.model_copy(update=moved))


def dated(row: SheetRow, *columns: str) -> dict[str, date]:
    """The dates of a row, 52 weeks later; blank ones stay blank."""
    return {
        column: getattr(row, column) + WEEKS
        for column in columns
        if getattr(row, column) is not None
    }


def calendar(data: Dataset) -> tuple[tuple[CalendarDay, ...], list[Note]]:
    """The calendar's days on the same weekdays; all of them to be looked at, holidays above all."""
    days = tuple(row.model_copy(update=dated(row, "date", "to")) for row in data.calendar)
    return days, [
        Note(LOOK, "calendar", number, row.note or row.kind, _why(old, row))
        for number, (old, row) in enumerate(zip(data.calendar, days, strict=True), start=2)
    ]


def _why(old: CalendarDay, new: CalendarDay) -> str:
    said = f"{old.date.isoformat()} has become {new.date:%A} {new.date.isoformat()}"
    if old.to and new.to:
        said += f" (to {new.to.isoformat()})"
    if old.kind in HOLIDAYS:
        return f"{said}: a holiday with a date of its own is not on the same weekday again."
    return f"{said}: is it so in the district's calendar?"


def offerings(data: Dataset) -> tuple[tuple[Offering, ...], list[Note]]:
    """Courses on the same weekdays of the next year."""
    rows = tuple(row.model_copy(update=dated(row, "date")) for row in data.offerings)
    words = "52 weeks after this year's date: put in the date on which it is given."
    return rows, [
        Note(LOOK, "offerings", number, row.training, words)
        for number, row in enumerate(rows, start=2)
    ]


def rules(data: Dataset, years: Years) -> tuple[tuple[RuleRow, ...], list[Note]]:
    """Settings that end before the next year hold again in the same weeks of it."""
    over = [row.to is not None and row.to < years.new.year_start for row in data.rules]
    moved = zip(data.rules, over, strict=True)
    rows = tuple(
        row.model_copy(update=dated(row, "from_", "to")) if is_over else row
        for row, is_over in moved
    )
    words = "held for a time of this year; holds again 52 weeks later."
    numbered = enumerate(zip(rows, over, strict=True), start=2)
    return rows, [
        Note(LOOK, "rules", number, row.rule, words)
        for number, (row, is_over) in numbered
        if is_over
    ]


def training(data: Dataset) -> tuple[tuple[Training, ...], list[Note]]:
    """Training for those who are hired in a year becomes that of the next year; hours of every year
    are owed again by themselves.

    Whoever had to take it this year is no longer asked: where they did not, or where it gives a
    credential, somebody has to say so.
    """
    rows = tuple(
        row.model_copy(update=dated(row, "hired_from", "hired_to")) for row in data.training
    )
    owed: dict[str, list[str]] = {}
    for need in needs_of(data):
        owed.setdefault(need.training, []).append(need.person.staff)
    return rows, [
        Note(LOOK, "training", number, row.training, _asked(row, owed.get(row.training, [])))
        for number, row in enumerate(rows, start=2)
        if row.hired_from or row.hired_to
    ]


def _asked(row: Training, people: Sequence[str]) -> str:
    """Of whom it is asked now, and who was to take it this year."""
    of = (
        f"asked of those hired from {row.hired_from} on"
        if row.hired_from
        else f"asked of those hired until {row.hired_to}"
    )
    if not people:
        return f"{of}; nobody was to take it this year."
    gives = f" Write the credential {row.grants} for those who have had it." if row.grants else ""
    return (
        f"{of}, no longer of {listed(people)}, who were to take it this year: see who still "
        f"owes it.{gives}"
    )


def credentials(rows: Iterable[Staff], years: Years) -> Iterator[Note]:
    """Credentials that end before the next year does."""
    for number, row in enumerate(rows, start=2):
        for credential in row.credentials:
            if credential.expires and credential.expires < years.new.year_end:
                when = (
                    "before the year begins"
                    if credential.expires < years.new.year_start
                    else "within the year"
                )
                words = (
                    f"{credential.name} ends on {credential.expires.isoformat()}, {when}: renew it."
                )
                yield Note(LOOK, "staff", number, row.staff, words)
