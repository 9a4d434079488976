"""The cell of a salary schedule that pays a position: which rows hold on its dates, and whether
they are out of date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planner.facts.district import District
from planner.facts.roles import Pay, Role
from planner.facts.staff_rows import Staff
from planner.money.employment import Employment
from planner.money.number_format import NumberFormat
from planner.money.paid_months import days_paid
from planner.words.errors import PlannerError


@dataclass(frozen=True)
class NoPay:
    """A position for which the sheet `pay` has no cell; `first` is the day from which it has one,
    if that is too late.
    """

    position: str
    schedule: str
    lane: str
    step: str
    first: date | None = None

    def __str__(self) -> str:
        cell = f"lane '{self.lane}', step '{self.step}'" if self.lane else f"step '{self.step}'"
        since = f" before {self.first.isoformat()}" if self.first else ""
        return (
            f"position {self.position}: the sheet pay has no cell{since} for schedule "
            f"'{self.schedule}', {cell}."
        )


class PayMissing(PlannerError):
    """Positions cannot be priced; `missing` names every one of them with the cell that it needs, in
    their order.
    """

    def __init__(self, missing: Iterable[NoPay]) -> None:
        self.missing = tuple(missing)
        super().__init__("\n".join(str(one) for one in self.missing))


@dataclass(frozen=True)
class RatePeriod:
    """A row of the sheet `pay`, what it pays of the `whole` time of a position (dates worked, or
    months where pay comes in equal instalments), and the last date.
    """

    row: Pay
    part: Fraction
    whole: Fraction
    last: date

    @property
    def share(self) -> Fraction:
        """What it pays of the whole."""
        return self.part / self.whole


@dataclass(frozen=True)
class Rate:
    """What a schedule pays for a position: one row, or several where it changes within the year;
    their shares sum to 1.
    """

    schedule: str
    lane: str
    step: str
    parts: tuple[RatePeriod, ...]

    @property
    def name(self) -> str:
        """The cell, as a table of pay is read: `PA4 BA 1`."""
        return " ".join(part for part in (self.schedule, self.lane, self.step) if part)


class Schedules:
    """The sheet `pay`, by schedule, lane and step."""

    def __init__(self, rows: Iterable[Pay], district: District) -> None:
        self._district = district
        self._cells: dict[tuple[str, str, str], list[Pay]] = {}
        for row in sorted(rows, key=lambda row: row.from_ or date.min):
            self._cells.setdefault((row.schedule, row.lane, row.step), []).append(row)

    def rate(self, employment: Employment, person: Staff | None) -> Rate | NoPay:
        """The rows that pay a position on its dates; blank lane and step are those of the person
        who holds it.

        Of rows that hold on one date the latest does. Where none does, the last one before that
        date is carried on.
        """
        position, role = employment.position, employment.role
        schedule = role.pay_schedule or role.role
        lane = position.lane or (person.lane if person else "")
        step = position.step or (person.step if person else "")
        rows = self._cells.get((schedule, lane, step), [])
        paid: dict[int, Fraction | int] = {}
        last: dict[int, date] = {}
        for day, weight in self._weighted(employment):
            found = _row_on(rows, max(day, employment.start))
            if found is None:
                return NoPay(
                    position.position, schedule, lane, step, rows[0].from_ if rows else None
                )
            paid[found] = paid.get(found, 0) + weight
            last[found] = max(employment.start, min(day, employment.end))
        whole = Fraction(sum(paid.values()))
        parts = (
            RatePeriod(rows[place], Fraction(part), whole, last[place])
            for place, part in paid.items()
        )
        return Rate(schedule, lane, step, tuple(parts))

    def _weighted(self, employment: Employment) -> Iterable[tuple[date, Fraction | int]]:
        """The days that are paid for, with their weights: the dates worked, each the same; or all
        days of the months paid, each month the same. A contract without either has its first day.
        """
        if weighs_months(employment.role):
            days = tuple[tuple[date, Fraction | int], ...](days_paid(self._district, employment))
        else:
            days = tuple((day, 1) for day in employment.dates)  # adds up faster than a Fraction
        return days or ((employment.start, 1),)


def weighs_months(role: Role) -> bool:
    """Whether a rate that changes within the year is shared out by months paid, as it is for term
    time unless the job class says otherwise.
    """
    term = "months" if role.pay_basis == "term_time" else "dates"
    return (role.pay_weighting or term) == "months"


def _row_on(rows: Sequence[Pay], day: date) -> int | None:
    """The place of the row that holds on a day; else of the last before it; None where all are yet
    to come.
    """
    begun = [place for place, row in enumerate(rows) if (row.from_ or date.min) <= day]
    holding = [place for place in begun if day <= (rows[place].to or date.max)]
    return max(holding or begun, default=None)


def remarks_on(rates: Iterable[Rate], district: District, saying: NumberFormat) -> tuple[str, ...]:
    """One sentence for each pay table in use that is older than the plan year.

    It is where a row ended before a date that it pays, or came into force more than twelve months
    before the year.
    """
    oldest = _a_year_before(district.year_start)
    old = (
        f"Pay table {part.row.schedule} {_dated(part.row, saying)} is older than the plan year "
        f"{saying.year}."
        for rate in rates
        for part in rate.parts
        if (part.row.from_ or date.max) < oldest or (part.row.to or date.max) < part.last
    )
    return tuple(dict.fromkeys(old))


def _dated(row: Pay, saying: NumberFormat) -> str:
    """Since when a row holds; where that is not said, until when."""
    return (
        f"of {saying.day(row.from_)}" if row.from_ else f"valid to {saying.day(row.to or date.max)}"
    )


def _a_year_before(day: date) -> date:
    """The same date of the year before; of 29 February the last of that month."""
    return (
        day.replace(year=day.year - 1, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 1)
    )
