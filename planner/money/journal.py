"""The year's money as a finance system books it: every line of positions and expenditures, fund by
fund, on its account.

The entries of a fund add up to what is planned of it, to the cent, whether they are a year's or the
months'. Money that no fund pays is not booked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.facts.problem import Problem
from planner.money.accounts import AccountBook
from planner.money.budgeted import Budgeted
from planner.money.cents import money, shared_out, to_cents
from planner.money.employment import MONTHS, Employments, month_number
from planner.money.months import months_of
from planner.money.spending import SpendingLine, spending
from planner.plan.plan import Plan
from planner.words.wording import listed

MOST_NAMED = 5
PARTICULAR = ("allowance", "oncost")
"""Kinds of line that are more than pay of a job class."""


@dataclass(frozen=True)
class JournalEntry:
    """A sum on an account: of the year (`2026-2027`), or of a month (`2026-09`). `missing` are the
    segments of the account that have no code, `what` is what has none: `oncost:fica`.
    """

    account: str
    description: str
    debit: Decimal
    period: str
    fund: str
    missing: tuple[str, ...]
    what: str


@dataclass(frozen=True)
class _Booked:
    """A line before it is booked: what each fund pays, by which months. Lines of one `owner`,
    somebody's time on a position, are shared out over the months together.
    """

    owner: str
    description: str
    school: str
    role: str
    particular: tuple[str, ...]
    funds: Mapping[str, Decimal]
    months: Mapping[int, Fraction]


def journal(
    problem: Problem, budget: Budgeted, plan: Plan, *, monthly: bool
) -> tuple[JournalEntry, ...]:
    """Every entry, positions first; sums of nothing are left out.

    A position falls on the months in which it is paid: by the dates worked or, in term time, in
    equal instalments, as pay is that changes within the year. Extra hours fall on the months of
    their dates; other expenditures on those from their first day to their last, each the same.
    """
    book, district = AccountBook(problem), problem.data.district
    years = sorted({district.year_start.year, district.year_end.year})
    whole = "-".join(map(str, years))
    entries = []
    before: dict[tuple[str, str], int] = {}
    for line in (*_of_positions(problem, budget), *_of_spending(problem, budget, plan)):
        for fund, amount in line.funds.items():
            if not fund or not amount:
                continue
            account = book.of(fund, line.school, line.role, line.particular)
            what = next(iter(line.particular), f"role:{line.role}")
            booked = before.get((line.owner, fund), 0)
            before[line.owner, fund] = booked + to_cents(amount)
            periods = (
                _periods(booked, to_cents(amount), line.months) if monthly else [(whole, amount)]
            )
            entries += [
                JournalEntry(
                    account.account, line.description, part, period, fund, account.missing, what
                )
                for period, part in periods
            ]
    return tuple(entries)


def _of_positions(problem: Problem, budget: Budgeted) -> Iterator[_Booked]:
    employments = Employments(problem)
    for cost in budget.costs.positions:
        position = cost.position
        school = position.school[0] if len(position.school) == 1 else ""
        held = employments.held(position)
        for number, (employment, part) in enumerate(zip(held, cost.parts, strict=True)):
            paid = months_of(problem.data.district, employment)
            months = {month_number(first): weight for first, weight in paid.items()}
            whose = f", {part.holding.staff}" if len(held) > 1 else ""
            for line in part.lines:
                yield _Booked(
                    f"{position.position} {number}",
                    f"{position.position} {line.name}{whose}",
                    school,
                    position.role,
                    (f"{line.kind}:{line.name}",) if line.kind in PARTICULAR else (),
                    line.funds,
                    months,
                )


def _of_spending(problem: Problem, budget: Budgeted, plan: Plan) -> Iterator[_Booked]:
    for number, line in enumerate(spending(problem, budget, plan)):
        particular: tuple[str, ...] = (f"kind:{line.kind}",)
        if line.oncost:
            particular = (f"oncost:{line.oncost}", *particular)
        yield _Booked(
            f" {number}",
            line.title if line.is_extra_work else f"{line.id} {line.title}",
            line.school,
            line.role,
            particular,
            line.funds,
            _months_spent(problem, line),
        )


def _months_spent(problem: Problem, line: SpendingLine) -> Mapping[int, Fraction]:
    """The months in which something is spent, by how much of it."""
    if line.dates:
        counted: dict[int, Fraction] = {}
        for day in line.dates:
            counted[month_number(day)] = counted.get(month_number(day), Fraction(0)) + 1
        return counted
    first = min(max(line.first, problem.data.district.year_start), line.last)
    numbers = range(month_number(first), month_number(line.last) + 1)
    return {number: Fraction(1) for number in numbers}


def _periods(
    before: int, cents: int, months: Mapping[int, Fraction]
) -> Iterator[tuple[str, Decimal]]:
    """The cents of each month: what they add to those that were booked of the same position and
    fund before, so that a month's lines are together its part of the position's cost.
    """
    numbers = sorted(months)
    weights = [months[number] for number in numbers]
    shares = zip(
        numbers, shared_out(before, weights), shared_out(before + cents, weights), strict=True
    )
    for number, then, now in shares:
        if now != then:
            yield _month(number), money(now - then)


def _month(number: int) -> str:
    year, before = divmod(number - 1, MONTHS)
    return f"{date(year, before + 1, 1):%Y-%m}"


def without_codes(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """A sentence for each segment that some entries have no code for: which, and of what."""
    lacking: dict[str, dict[str, None]] = {}
    for entry in entries:
        for segment in entry.missing:
            lacking.setdefault(segment, {})[f"{entry.what} on {entry.fund}"] = None
    for segment, names in lacking.items():
        yield f"The segment {segment} of accounts has no code for {_some(list(names))}."


def _some(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
