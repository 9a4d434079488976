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
from planner.money.paid_months import months_of
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
    """A line before it is booked: what each fund pays, by which months."""

    description: str
    school: str
    role: str
    particular: tuple[str, ...]
    funds: Mapping[str, Decimal]
    months: Mapping[int, int]


def journal(
    problem: Problem, budget: Budgeted, plan: Plan, *, monthly: bool
) -> tuple[JournalEntry, ...]:
    """Every entry, positions first; sums of nothing are left out.

    Pay, and what goes with it, falls on the months for which a position is paid, each the same;
    extra hours on the months of their dates; other expenditures on those from their first day to
    their last, each the same.
    """
    book, district = AccountBook(problem), problem.data.district
    years = sorted({district.year_start.year, district.year_end.year})
    whole = "-".join(map(str, years))
    entries = []
    for line in (*_of_positions(problem, budget), *_of_spending(problem, budget, plan)):
        for fund, amount in line.funds.items():
            if not fund or not amount:
                continue
            account = book.of(fund, line.school, line.role, line.particular)
            what = next(iter(line.particular), f"role:{line.role}")
            for period, part in _periods(amount, line.months) if monthly else ((whole, amount),):
                entries.append(
                    JournalEntry(
                        account.account, line.description, part, period, fund, account.missing, what
                    )
                )
    return tuple(entries)


def _of_positions(problem: Problem, budget: Budgeted) -> Iterator[_Booked]:
    employments, district = Employments(problem), problem.data.district
    for cost in budget.costs.positions:
        position = cost.position
        months = {number: 1 for number in months_of(district, employments.of(position))}
        school = position.school[0] if len(position.school) == 1 else ""
        for line in cost.lines:
            particular = (f"{line.kind}:{line.name}",) if line.kind in PARTICULAR else ()
            description = f"{position.position} {line.name}"
            yield _Booked(description, school, position.role, particular, line.funds, months)


def _of_spending(problem: Problem, budget: Budgeted, plan: Plan) -> Iterator[_Booked]:
    for line in spending(problem, budget, plan):
        particular: tuple[str, ...] = (f"kind:{line.kind}",)
        if line.oncost:
            particular = (f"oncost:{line.oncost}", *particular)
        title = line.title if line.is_extra_work else f"{line.id} {line.title}"
        yield _Booked(title, line.school, line.role, particular, line.funds, _months(problem, line))


def _months(problem: Problem, line: SpendingLine) -> Mapping[int, int]:
    """The months in which something is spent, by how much of it."""
    if line.dates:
        counted: dict[int, int] = {}
        for day in line.dates:
            counted[month_number(day)] = counted.get(month_number(day), 0) + 1
        return counted
    first = min(max(line.first, problem.data.district.year_start), line.last)
    return {number: 1 for number in range(month_number(first), month_number(line.last) + 1)}


def _periods(amount: Decimal, months: Mapping[int, int]) -> Iterator[tuple[str, Decimal]]:
    numbers = sorted(months)
    weights = [Fraction(months[number]) for number in numbers]
    for number, part in zip(numbers, shared_out(to_cents(amount), weights), strict=True):
        if part:
            yield _month(number), money(part)


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
