"""The ledger: the account of every fund, worked out once for rules, tables and pages.

Allocated, held back, the parents' share; what filled, vacant and proposed positions take of it;
what is left. Assignments and expenditures, where a district keeps them, are further columns of an
account: whoever shows it only chooses among these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from planner.facts.fund_terms import after_hold
from planner.facts.funds import Fund
from planner.facts.problem import Problem
from planner.money import budgeted
from planner.money.budgeted import Budgeted, priced
from planner.money.cents import UNFUNDED
from planner.money.head_count import Headed, head_count
from planner.money.lines import ZERO
from planner.money.parent_share import for_parents
from planner.plan.plan import FundedPosition, Plan
from planner.words.wording import Words


@dataclass(frozen=True)
class Account:
    """A fund. `held` is kept back for variance and `parents` is its part of what its program keeps
    free for parent engagement, each rounded once, half up; `filled`, `vacant` and `proposed` are
    what budgeted positions cost it, by what the sheet says of them.

    A proposed position is budgeted by a plan alone.
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
    expires: date | None

    @property
    def available(self) -> Decimal:
        """What there is after the hold."""
        return self.allocated - self.held

    @property
    def planned(self) -> Decimal:
        """What its positions cost."""
        return self.filled + self.vacant + self.proposed

    @property
    def left(self) -> Decimal:
        """What may still be planned; below 0, other funds of the program must give the parents'
        part, or too much is planned.
        """
        return self.available - self.parents - self.planned

    @property
    def overdrawn(self) -> Decimal:
        """What is planned beyond what there is after the hold; 0 in a good plan."""
        return max(ZERO, self.planned - self.available)


@dataclass(frozen=True)
class Ledger:
    """The accounts in the order of the sheet `funds`; `unfunded` is what no fund pays."""

    accounts: tuple[Account, ...]
    unfunded: Decimal

    @cached_property
    def by_program(self) -> Mapping[str, tuple[Account, ...]]:
        """The accounts of each program, in the order of the sheet."""
        programs: dict[str, tuple[Account, ...]] = {}
        for account in self.accounts:
            programs[account.program] = (*programs.get(account.program, ()), account)
        return programs


def ledger(problem: Problem, budget: Budgeted) -> Ledger:
    """The ledger of some positions, be they those of a dataset as it stands or of a plan."""
    paid = {count.id: count for count in head_count(problem, budget).funds}
    programs: dict[str, list[Fund]] = {}
    for fund in problem.data.funds:
        programs.setdefault(fund.program, []).append(fund)
    return Ledger(
        tuple(
            _account(problem, fund, programs[fund.program], paid.get(fund.fund, Headed(fund.fund)))
            for fund in problem.data.funds
        ),
        paid.get(UNFUNDED, Headed(UNFUNDED)).budgeted.amount,
    )


def _account(problem: Problem, fund: Fund, of_program: list[Fund], paid: Headed) -> Account:
    return Account(
        fund.fund,
        fund.program,
        fund.school,
        fund.amount,
        fund.amount - after_hold(fund, problem.fund_terms[fund.fund]),
        for_parents(problem, fund, of_program),
        paid.filled.amount,
        paid.vacant.amount,
        paid.proposed.amount,
        fund.expires,
    )


def unspent(problem: Problem) -> Ledger:
    """The ledger before anything is planned: what funds have, hold back and keep for parents."""
    return ledger(problem, priced(problem, ()))


def ledger_of(problem: Problem, plan: Plan) -> Ledger | None:
    """The ledger of a plan's positions, as the rules on money read it; None where the plan says
    nothing of positions, or where the sheet `pay` cannot price one of them.
    """
    return None if plan.positions is None else _ledger_of(problem, plan.positions)


@lru_cache(maxsize=2)
def _ledger_of(problem: Problem, positions: tuple[FundedPosition, ...]) -> Ledger | None:
    budget = priced(problem, positions)
    if len(budget.costs.positions) < len(positions):
        return None
    return ledger(problem, budget)


def forget() -> None:
    """Let go of the problems that ledgers were worked out of."""
    _ledger_of.cache_clear()
    budgeted.forget()


def money(problem: Problem, amount: Decimal) -> str:
    """An amount as it is said in the district."""
    return Words(problem.data.district.locale).money(amount, problem.data.district.currency)
