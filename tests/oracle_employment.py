"""What random employment histories cost, priced a second time: day by day, in Decimal, from the
sheets as text and what the data contract says of them. Nothing of planner.money is used here.

The rules, as the contract and the domain's figures have them:
- a position without a row is held by its own columns; leave takes the place of what the same person
  holds; nobody holds what is outside of the year;
- days of a part of the year are those of the position since it was first held, rounded half up, less
  those that the parts before it had;
- pay is rate × hours × days, or salary × FTE × days ÷ days of the year, or, in term time, × the
  factor of the weeks that are paid; every line is rounded once, half up;
- thresholds, caps, flat sums and hours count per person over all that is paid; months of a benefit
  from the month after hire to the twelfth of the year, or to the month of leaving.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import groupby
from typing import Any, TypeVar

T = TypeVar("T")
Row = Mapping[str, str]
CENT, ONE = Decimal("0.01"), Decimal(1)
DIGITS = 60
MONTHS = 12


@dataclass(frozen=True)
class Time:
    """One person's time on a position on the same terms."""

    position: str
    staff: str
    kind: str
    paid: bool
    days: tuple[date, ...]
    fte: Decimal
    step: str
    number: int

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]


class Oracle:
    """The prices of one history; `sheets` are rows of text by sheet."""

    def __init__(self, sheets: Mapping[str, list[Row]]) -> None:
        self.sheets = sheets
        (self.district,) = sheets["district"]
        (self.role,) = sheets["roles"]
        self.start = date.fromisoformat(self.district["year_start"])
        self.end = date.fromisoformat(self.district["year_end"])
        length = (self.end - self.start).days + 1
        self.days = [self.start + timedelta(days=n) for n in range(length)]
        self.work = [day for day in self.days if day.weekday() < 5]
        self.full = int(self.role["contract_days"])
        self.hours = Decimal(self.role["obligation_minutes"]) / 60
        self.count = 0
        self.known: dict[tuple[str, int], Any] = {}
        self.times = [time for row in sheets["positions"] for time in self._times(row)]
        self.paid = [time for time in self.times if time.paid]

    # -- who holds what

    def _times(self, position: Row) -> Iterator[Time]:
        """The times of a position: runs of days on which the same rows hold for somebody."""
        name = position["position"]
        rows = [
            (number, row)
            for number, row in enumerate(self.sheets.get("assignments", []))
            if row["position"] == name
        ]
        held = [(n, row) for n, row in rows if (row["kind"] or "holds") == "holds"]
        if not held and position["staff"]:
            held = [(-1, {"staff": position["staff"], "from": "", "to": "", "fte": "", "step": ""})]
        leaves = [(n, row) for n, row in rows if row["kind"] == "leave"]
        subs = [(n, row) for n, row in rows if row["kind"] == "substitute"]
        on: dict[tuple[int, int], list[date]] = {}
        for day in self.days:
            if not (position["start"] or "0") <= day.isoformat() <= (position["end"] or "9"):
                continue
            for n, row in held:
                if self._covers(row, day):
                    away = [
                        m
                        for m, leave in leaves
                        if leave["staff"] == row["staff"] and self._covers(leave, day)
                    ]
                    for m in away or [-2]:
                        on.setdefault((m, n), []).append(day)
            for m, row in leaves:
                mine = [h for _, h in held if h["staff"] == row["staff"] and self._covers(h, day)]
                if self._covers(row, day) and not mine:
                    on.setdefault((m, -3), []).append(day)
            for n, row in subs:
                if self._covers(row, day):
                    on.setdefault((-4, n), []).append(day)
        by_number = dict([*rows, *held])
        for (away_by, held_by), days in on.items():
            terms = [by_number[n] for n in (away_by, held_by) if n in by_number]
            staff = terms[0]["staff"]
            kind = "leave" if away_by >= 0 else "substitute" if away_by == -4 else "holds"
            paid = terms[0].get("paid", "") != "no"
            fte = next((row["fte"] for row in terms if row["fte"]), position["fte"])
            said = next((row["step"] for row in terms if row["step"]), "")
            own = terms[-1] is by_number.get(-1)
            step = said or (position["step"] if own else "") or self._person(staff)["step"]
            for _, run in groupby(enumerate(days), lambda pair: pair[1].toordinal() - pair[0]):
                some = tuple(day for _, day in run)
                self.count += 1
                yield Time(name, staff, kind, paid, some, Decimal(fte), step, self.count)

    @staticmethod
    def _covers(row: Row, day: date) -> bool:
        return (row["from"] or "0") <= day.isoformat() <= (row["to"] or "9")

    def _person(self, staff: str) -> Row:
        return next(row for row in self.sheets["staff"] if row["staff"] == staff)

    # -- days and hours

    def _rounded(self, dates: int) -> int:
        """Contract days of so many dates of the year, half up."""
        return (2 * self.full * dates + len(self.work)) // (2 * len(self.work))

    def _once(self, what: str, time: Time, work_out: Callable[[Time], T]) -> T:
        """What was worked out before need not be again."""
        if (what, time.number) not in self.known:
            self.known[what, time.number] = work_out(time)
        found: T = self.known[what, time.number]
        return found

    def days_of(self, time: Time) -> int:
        return self._once("days", time, self._days_of)

    def _days_of(self, time: Time) -> int:
        opening = min(one.first for one in self.times if one.position == time.position)
        since = [day for day in self.work if opening <= day]
        before = sum(day < time.first for day in since)
        upto = sum(day <= time.last for day in since)
        return self._rounded(upto) - self._rounded(before)

    def hours_of(self, staff: str, *, annualised: bool) -> Decimal:
        mine = [time for time in self.paid if time.staff == staff]
        hours = sum((time.fte * self.hours * self.days_of(time) for time in mine), Decimal(0))
        held = {day for time in mine for day in time.days}
        dates = sum(day in held for day in self.work)
        days = self._rounded(dates)
        return hours * self.full / days if annualised and days else hours

    # -- months

    def _month(self, day: date) -> int:
        return (day.year - self.start.year) * MONTHS + day.month - self.start.month

    def months_of_benefit(self, mine: list[Time]) -> set[int]:
        """From the month after hire, or that of coming back, to that of leaving."""
        days = sorted({day for time in mine for day in time.days})
        spells: list[list[date]] = []
        for day in days:
            before = spells[-1][-1] if spells else day
            apart = (day - before).days > 1
            between = apart and any(before < work < day for work in self.work)
            if not spells or between:
                spells.append([])
            spells[-1].append(day)
        found: set[int] = set()
        for number, spell in enumerate(spells):
            first = self._month(spell[0])
            if not number and spell[0] > self.start:
                first += 1
            last = MONTHS - 1 if spell[-1] >= self.end else self._month(spell[-1])
            found |= set(range(first, last + 1))
        return found

    def months_paid(self, staff: str) -> int:
        found: set[int] = set()
        for time in self.paid:
            if time.staff == staff:
                last = MONTHS - 1 if time.last >= self.end else self._month(time.last)
                found |= set(range(self._month(time.first), last + 1))
        return len(found)

    # -- amounts

    def pay(self, time: Time) -> Decimal:
        return self._once("pay", time, self._pay)

    def _pay(self, time: Time) -> Decimal:
        (amount, weight), days = self._rate(time), self.days_of(time)
        if self.role["pay_basis"] == "hourly":
            return _cents(amount * self.hours * time.fte * days, weight)
        whole, part = self._extent(time)
        return _cents(amount * part, whole * weight)

    def _extent(self, time: Time) -> tuple[Decimal, Decimal]:
        """What part of a full-time, full-year amount is earned: the whole and the part."""
        part, whole = time.fte * self.days_of(time), Decimal(self.full)
        if self.role["pay_basis"] == "term_time":
            off = Decimal(self.role["leave_days"]) + Decimal(self.role["bank_holidays"])
            part, whole = part * self.full * 7, whole * (Decimal(365 * 5) - 7 * off)
        return whole, part

    def _rate(self, time: Time) -> tuple[Decimal, Decimal]:
        """The cell of the step; where it changes, weighed by the dates worked, or the months: the
        weighed sum, and the sum of the weights.
        """
        rows = [row for row in self.sheets["pay"] if row["step"] == time.step]
        total, amount = Decimal(0), Decimal(0)
        for day, weight in self._weights(time):
            on = day.isoformat()
            row = next(r for r in rows if (r["from"] or "0") <= on <= (r["to"] or "9"))
            amount += weight * Decimal(row["amount"])
            total += weight
        return amount, total

    def _weights(self, time: Time) -> Iterator[tuple[date, Decimal]]:
        """Days that are paid for: dates worked, or every day of the months, a whole month the same
        as any other.
        """
        if self.role["pay_basis"] != "term_time":
            mine = [day for day in self.work if time.first <= day <= time.last]
            yield from ((day, ONE) for day in mine or [time.first])
            return
        day = time.first if time.first > self.start else self.start.replace(day=1)
        last = time.last
        if time.last >= self.end:
            last = date(self.start.year + 1, self.start.month, 1) - timedelta(days=1)
        while day <= last:
            yield day, Decimal(28 * 29 * 30 * 31) / monthrange(day.year, day.month)[1]
            day += timedelta(days=1)

    def allowances(self, time: Time) -> dict[str, Decimal]:
        return self._once("allowances", time, self._allowances)

    def _allowances(self, time: Time) -> dict[str, Decimal]:
        found = {}
        seat = next(row for row in self.sheets["positions"] if row["position"] == time.position)
        mine = [one for one in self.times if one.position == time.position]
        for name in filter(None, seat["allowances"].split(";")):
            row = next(one for one in self.sheets["allowances"] if one["allowance"] == name)
            amount = Decimal(row["amount"])
            whole, part = self._extent(time)
            if row["unit"] == "percent":
                found[name] = _cents(amount * self.pay(time), Decimal(100))
            elif row["match"] == "flat" and part:
                if self._is_assigned(time.position):
                    opening, closing = min(o.first for o in mine), max(o.last for o in mine)
                    life = sum(opening <= day <= closing for day in self.work)
                    own = sum(time.first <= day <= time.last for day in self.work)
                    found[name] = (
                        _cents(amount * own * time.fte, life * Decimal(seat["fte"]))
                        if life
                        else _cents(amount, ONE)
                    )
                else:
                    found[name] = _cents(amount, ONE)
            else:
                found[name] = _cents(amount * part, whole)
        return found

    def _is_assigned(self, position: str) -> bool:
        return any(row["position"] == position for row in self.sheets.get("assignments", []))

    def base(self, time: Time) -> Decimal:
        return self.pay(time) + sum(self.allowances(time).values(), Decimal(0))

    def oncosts(self, staff: str) -> dict[str, Decimal]:
        """Each employer cost of a person, over everything that they are paid."""
        found: dict[str, Decimal] = {}
        mine = [time for time in self.paid if time.staff == staff]
        for row in self.sheets["oncosts"]:
            hours = self.hours_of(staff, annualised=row["annualised"] == "yes")
            if mine and hours >= Decimal(row["min_hours_year"] or 0):
                amount = self._by_rate(row, mine) + self._flat(row, mine)
                if amount:
                    found[row["oncost"]] = amount
        return found

    def _by_rate(self, row: Row, mine: list[Time]) -> Decimal:
        rate, bases = Decimal(row["rate_percent"] or 0), [self.base(time) for time in mine]
        total, free = sum(bases, Decimal(0)), Decimal(row["threshold"] or 0)
        if row["threshold_unit"] == "month":
            free *= self.months_paid(mine[0].staff)
        charged = min(total, Decimal(row["cap"] or total)) - free
        if charged <= 0:
            return Decimal(0)
        if charged == total:
            return sum((_cents(rate * base, Decimal(100)) for base in bases), Decimal(0))
        return _cents(rate * charged, Decimal(100))

    def _flat(self, row: Row, mine: list[Time]) -> Decimal:
        """A flat sum, for whoever has a day of work in the year."""
        mine = [t for t in mine if any(t.first <= day <= t.last for day in self.work)]
        flat = Decimal(row["flat"] or 0)
        if not flat or not mine:
            return Decimal(0)
        if row["per"] == "fte":
            shares = ((time.fte, self.days_of(time)) for time in mine)
            return sum(
                (_cents(flat * f * days, Decimal(self.full)) for f, days in shares), Decimal(0)
            )
        return _cents(flat * len(self.months_of_benefit(mine)), ONE)

    # -- seats

    def seats(self, position: str, day: date) -> Decimal:
        """What of a position somebody has on a day, also on leave from it."""
        return sum(
            (
                time.fte
                for time in self.times
                if time.position == position and time.kind != "substitute" and day in time.days
            ),
            Decimal(0),
        )


def _cents(amount: Decimal, whole: Decimal) -> Decimal:
    """An amount ÷ a whole, rounded once."""
    with localcontext() as context:
        context.prec = DIGITS
        return (amount / whole).quantize(CENT, ROUND_HALF_UP)
