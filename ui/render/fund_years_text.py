"""Two years of funds side by side, the second of them a projection."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.funding import Account, FundingReport
from planner.money.carryover import carryovers
from planner.money.lines import ZERO
from planner.money.number_format import NumberFormat
from planner.rollover.projection import Projection
from planner.rollover.year import display_name
from ui.render.columns import columns

MOST_NOTES = 6


def as_text(
    problem: Problem, now: FundingReport, ahead: Projection, following: FundingReport
) -> str:
    """A line a fund: what each year has, plans and leaves."""
    this, after = display_name(problem.data.district), display_name(ahead.problem.data.district)
    lines = [
        f"{problem.name}: funds of {this}, and of {after} as a projection",
        "  The projection is this year rolled over: steps go up, amounts and rates stay, nobody "
        "is hired or bought.",
        *(f"  {note}" for note in ahead.notes[:MOST_NOTES]),
        "",
        *_table(now, following, NumberFormat(problem.data.district), this, after),
    ]
    carried = list(_carried(problem, now, NumberFormat(problem.data.district)))
    return "\n".join([*lines, *(["", *carried] if carried else [])])


def _carried(problem: Problem, now: FundingReport, saying: NumberFormat) -> Iterator[str]:
    """What this year leaves of programs, and how much of it may go into the next."""
    for one in carryovers(problem, now.accounts):
        yield (
            f"{one.program} leaves {saying.money(one.unspent)}, of which at most "
            f"{saying.money(one.at_most)} may be carried over; the projection carries nothing over."
        )


def _table(
    now: FundingReport, following: FundingReport, saying: NumberFormat, this: str, after: str
) -> Iterator[str]:
    first = {account.fund: account for account in now.accounts}
    second = {account.fund: account for account in following.accounts}
    rows = [
        [fund, *_cells(first.get(fund), saying), *_cells(second.get(fund), saying)]
        for fund in {**first, **second}
    ]
    sums = ["All", *_sums(now, saying), *_sums(following, saying)]
    heads = ["Fund"]
    for year in (this, f"{after} (projection)"):
        heads += [f"{year}: has", "planned", "left"]
    yield from columns(heads, [*rows, sums], left=["Fund"])


def _cells(account: Account | None, saying: NumberFormat) -> list[str]:
    if account is None:
        return ["–", "–", "–"]
    return [saying.money(each) for each in (account.allocated, account.planned, account.left)]


def _sums(report: FundingReport, saying: NumberFormat) -> list[str]:
    some = report.accounts
    return [
        saying.money(sum(each, ZERO))
        for each in (
            [account.allocated for account in some],
            [account.planned for account in some],
            [account.left for account in some],
        )
    ]
