"""The ledger: the account of every fund, worked out once for rules, tables and pages.

Allocated, held back, the parents' share; what filled, vacant and proposed positions take of it;
what expenditures do; what is left. Whoever shows it only chooses among these columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from planner.facts.expenditures import COMMITTED, SPENT
from planner.facts.fund_terms import after_hold
from planner.facts.funds import Fund
from planner.facts.problem import Problem
from planner.money import budgeted
from planner.money.budgeted import Budgeted, priced
from planner.money.cents import UNFUNDED
from planner.money.extra_work import PAID
from planner.money.head_count import Headed, head_count
from planner.money.lines import ZERO
from planner.money.parent_share import for_parents
from planner.money.spending import SpendingLine, by_funds, extra_hours, indirect, spending
from planner.plan.plan import FundedPosition, Placement, Plan, Session
from planner.plan.positions import as_they_stand, before_budget
from planner.words.wording import Words


@dataclass(frozen=True)
class Account:
    """A fund. `held` is kept back for variance and `parents` is its part of what its program keeps
    free for parent engagement, each rounded once, half up; `filled`, `vacant` and `proposed` are
    what budgeted positions cost it, by what the sheet says of them; `expenditures` is what it pays
    beside positions, the extra hours of duties among them (`extra_hours`), of which `committed` is
    ordered or contracted and `spent` is paid already.

    A proposed position is budgeted by a plan alone. `grant`, `spent_before` and `starts` are those
    of a grant of several years.
    """

    fund: str
    program: str
    school: str
    allocated: Decimal
    held: Decimal
    parents: Decimal
    filled: Decimal
    vacant: Decimal
    proposed: Decimal
    expenditures: Decimal
    extra_hours: Decimal
    committed: Decimal
    spent: Decimal
    counted: Decimal
    """What is planned as the rules on money count it: of extra hours no more than was to be
    expected before there was a timetable. Who does a duty is not chosen by what they cost, and no
    position is cut for it; `left` counts all of them.
    """
    grant: Decimal | None
    spent_before: Decimal
    starts: date | None
    expires: date | None

    @property
    def available(self) -> Decimal:
        """What there is after the hold."""
        return self.allocated - self.held

    @property
    def positions(self) -> Decimal:
        """What its positions cost."""
        return self.filled + self.vacant + self.proposed

    @property
    def planned(self) -> Decimal:
        """What its positions cost, and its expenditures."""
        return self.positions + self.expenditures

    @property
    def overdrawn(self) -> Decimal:
        """What is counted beyond what there is after the hold; 0 in a good plan."""
        return max(ZERO, self.counted - self.available)

    @property
    def left(self) -> Decimal:
        """What may still be planned; below 0, other funds of the program must give the parents'
        part, or too much is planned.
        """
        return self.available - self.parents - self.planned

    @property
    def left_of_grant(self) -> Decimal | None:
        """What this year leaves of a grant of several years for those that follow; None where it
        is no such grant.
        """
        return None if self.grant is None else self.grant - self.spent_before - self.planned


@dataclass(frozen=True)
class Ledger:
    """The accounts in the order of the sheet `funds`; `unfunded` is what no fund pays; `lines` is
    every line beside positions.
    """

    accounts: tuple[Account, ...]
    unfunded: Decimal
    lines: tuple[SpendingLine, ...] = ()

    @cached_property
    def by_program(self) -> Mapping[str, tuple[Account, ...]]:
        """The accounts of each program, in the order of the sheet."""
        programs: dict[str, tuple[Account, ...]] = {}
        for account in self.accounts:
            programs[account.program] = (*programs.get(account.program, ()), account)
        return programs


def ledger(problem: Problem, budget: Budgeted, plan: Plan) -> Ledger:
    """The ledger of some positions, be they those of a dataset as it stands or of a plan, which
    also says who does which duty.
    """
    paid = {count.id: count for count in head_count(problem, budget).funds}
    lines = spending(problem, budget, plan)
    beside = _Beside(problem, lines)
    programs: dict[str, list[Fund]] = {}
    for fund in problem.data.funds:
        programs.setdefault(fund.program, []).append(fund)
    return Ledger(
        tuple(
            _account(
                problem,
                fund,
                programs[fund.program],
                paid.get(fund.fund, Headed(fund.fund)),
                beside,
            )
            for fund in problem.data.funds
        ),
        paid.get(UNFUNDED, Headed(UNFUNDED)).budgeted.amount + beside.all.get(UNFUNDED, ZERO),
        lines,
    )


class _Beside:
    """What each fund pays beside positions."""

    def __init__(self, problem: Problem, lines: Sequence[SpendingLine]) -> None:
        self.all = by_funds(lines)
        self.extra = by_funds(lines, lambda line: line.is_extra_work)
        self.committed = by_funds(lines, lambda line: line.status == COMMITTED)
        self.spent = by_funds(lines, lambda line: line.status == SPENT)
        self.own = by_funds(lines, lambda line: not line.is_extra_work and not line.is_indirect)
        self.expected = expected_extra_hours(problem) if self.extra else {}


def _account(
    problem: Problem, fund: Fund, of_program: list[Fund], paid: Headed, beside: _Beside
) -> Account:
    name = fund.fund
    available = after_hold(fund, problem.fund_terms[name])
    extra = beside.extra.get(name, ZERO)
    counted = (
        paid.budgeted.amount
        + beside.own.get(name, ZERO)
        + min(extra, beside.expected.get(name, ZERO))
    )
    counted += indirect(problem, name, counted)
    return Account(
        name,
        fund.program,
        fund.school,
        fund.amount,
        fund.amount - available,
        for_parents(problem, fund, of_program),
        paid.filled.amount,
        paid.vacant.amount,
        paid.proposed.amount,
        beside.all.get(name, ZERO),
        extra,
        beside.committed.get(name, ZERO),
        beside.spent.get(name, ZERO),
        counted,
        fund.total,
        fund.spent_before,
        fund.starts,
        fund.expires,
    )


def unspent(problem: Problem) -> Ledger:
    """The ledger before any position is planned: what funds have, hold back and keep for parents,
    and what they pay beside positions.
    """
    return ledger(problem, priced(problem, ()), Plan())


@lru_cache(maxsize=2)
def expected_extra_hours(problem: Problem) -> Mapping[str, Decimal]:
    """What each fund is to pay for extra hours of duties, with the positions as they stand and
    before there is a timetable: a budget keeps it free.
    """
    problem = before_budget(problem)
    return by_funds(extra_hours(problem, priced(problem, as_they_stand(problem)), Plan()))


def ledger_of(problem: Problem, plan: Plan) -> Ledger | None:
    """The ledger of a plan's positions, as the rules on money read it; None where the plan says
    nothing of positions, or where the sheet `pay` cannot price one of them.
    """
    if plan.positions is None:
        return None
    paid = {row.duty for row in problem.data.duties if row.time == PAID}
    sessions = tuple(session for session in plan.sessions if session.service in paid)
    # Whether there is a timetable at all decides who does a duty.
    placements = plan.placements[:1]
    return _ledger_of(problem, plan.positions, sessions, placements or plan.sessions[:1])


@lru_cache(maxsize=2)
def _ledger_of(
    problem: Problem,
    positions: tuple[FundedPosition, ...],
    sessions: tuple[Session, ...],
    timed: tuple[Placement | Session, ...],
) -> Ledger | None:
    budget = priced(problem, positions)
    if len(budget.costs.positions) < len(positions):
        return None
    placements = tuple(one for one in timed if isinstance(one, Placement))
    others = tuple(one for one in timed if isinstance(one, Session))
    return ledger(problem, budget, Plan(placements, sessions or others))


def forget() -> None:
    """Let go of the problems that ledgers were worked out of."""
    _ledger_of.cache_clear()
    expected_extra_hours.cache_clear()
    budgeted.forget()


def money(problem: Problem, amount: Decimal) -> str:
    """An amount as it is said in the district."""
    return Words(problem.data.district.locale).money(amount, problem.data.district.currency)
