"""What programs leave unspent, and how much of it they may carry over."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from planner.facts.fund_terms import part_of
from planner.facts.problem import Problem
from planner.money.ledger import Account
from planner.money.lines import ZERO


@dataclass(frozen=True)
class Carryover:
    """Of a program with a limit: what its funds with one leave `unspent`, holds included, and the
    most that may be carried over; `accounts` are those of these funds.
    """

    program: str
    unspent: Decimal
    at_most: Decimal
    accounts: tuple[Account, ...]


def carryovers(problem: Problem, accounts: tuple[Account, ...]) -> Iterator[Carryover]:
    """The programs of some accounts that limit what is carried over, in their order."""
    for program in dict.fromkeys(account.program for account in accounts):
        limited = tuple(
            account
            for account in accounts
            if account.program == program
            and problem.fund_terms[account.fund].carryover_percent is not None
        )
        if limited:
            yield Carryover(
                program,
                sum((account.allocated - account.planned for account in limited), ZERO),
                sum((_most(problem, account) for account in limited), ZERO),
                limited,
            )


def _most(problem: Problem, account: Account) -> Decimal:
    percent = problem.fund_terms[account.fund].carryover_percent
    return part_of(account.allocated, percent or ZERO)
