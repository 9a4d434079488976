"""Money is used while it may be: from the day on which a fund starts to its last."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about, paid_by
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Setting, Strength, Violation
from planner.words.wording import Words


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """The weekdays on which a position, or an expenditure, is paid by a fund that has not begun or
    is over.
    """
    district = problem.data.district
    for position in plan.budgeted:
        row = problem.positions.get(position.position)
        first = max((row and row.start) or district.year_start, district.year_start)
        last = min((row and row.end) or district.year_end, district.year_end)
        funds = dict.fromkeys((*paid_by(position.funding), *_of_allowances(position)))
        for fund in funds:
            yield from _outside(
                problem, fund, first, last, position.position, about(position, fund)
            )
    for spent in problem.data.expenditures if plan.positions is not None else ():
        first, last = spent.dates(district.year_start, district.year_end)
        if spent.from_ is None and spent.to is None:
            continue  # bought at any time of the year: also while the fund may be spent
        where = (spent.expenditure, spent.school, spent.fund)
        yield from _outside(problem, spent.fund, first, last, spent.expenditure, where)


def _of_allowances(position: FundedPosition) -> tuple[str, ...]:
    return tuple(share.fund for share in position.allowance_funding if share.percent)


def _outside(
    problem: Problem, fund: str, first: date, last: date, name: str, where: tuple[str, ...]
) -> Iterator[Violation]:
    row, words = problem.funds[fund], Words(problem.data.district.locale)
    for is_early, limit in ((True, row.starts), (False, row.expires)):
        if limit is None:
            continue
        begin, end = (
            (first, min(last, limit - timedelta(days=1)))
            if is_early
            else (max(first, limit + timedelta(days=1)), last)
        )
        if begin > end:
            continue
        days = sum(begin <= day <= end for day in problem.calendar.weekdays)
        if days:
            why = "begins on" if is_early else "may be spent until"
            message = (
                f"{fund} {why} {words.day(limit)} and pays {name} on "
                f"{words.count(days, 'weekday')} {'before' if is_early else 'after'} that."
            )
            yield Violation(RULE.key, where, days, message)


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    return "let another fund pay it outside of those dates, or write its start and end."


RULE = Rule(
    key="fund_dates",
    title="Fund dates",
    sentence="A fund pays positions and dated expenditures from starts to expires alone; weekdays "
    "outside are named.",
    formula="for each fund f and each position or expenditure x that it pays: |{weekday d of x: "
    "d < starts(f) or d > expires(f)}| = 0",
    unit="weekdays",
    violations=violations,
    checked_alone="it is never hard: when a position begins and ends is not the plan's to choose",
    readers=Readers.OFFICE,
    strengths=frozenset({Strength.SOFT, Strength.OFF}),
    default=Setting(Strength.SOFT, 0),
    scopes=SCOPES,
    part="budget",
    hr=HrSection.FUNDS,
    remedy=Remedy(_remedy, otherwise="Sheet funds, starts and expires; or let another fund pay."),
)
