"""Each fund's account: allocated, held back, planned, left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.cost import Costs
from planner.cost.cents import cents
from planner.cost.cents import money as in_cents
from planner.problem.funds import Fund
from planner.problem.problem import Problem

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Account:
    """A fund. `held` is kept back for variance and `parents` for parent engagement, each rounded once, half up; `planned` is what
    its positions cost.
    """

    fund: str
    program: str
    school: str
    allocated: Decimal
    held: Decimal
    parents: Decimal
    planned: Decimal
    expires: date | None

    @property
    def left(self) -> Decimal:
        """What may still be planned; below 0 where too much is."""
        return self.allocated - self.held - self.parents - self.planned

    @property
    def overdrawn(self) -> bool:
        """Whether more is planned than there is."""
        return self.left < 0


def accounts(problem: Problem, costs: Costs) -> tuple[Account, ...]:
    """The accounts in the order of the sheet `funds`."""
    allocations = _allocations(problem)
    return tuple(_account(problem, fund, costs.funds, allocations) for fund in problem.data.funds)


def for_parents(problem: Problem, fund: Fund, allocation: Decimal) -> Decimal:
    """What a fund sets aside for parents: its share, where its program's whole allocation reaches the threshold (a fund with
    a threshold of its own: where its own amount does).
    """
    terms = problem.fund_terms[fund.fund]
    whole = allocation if fund.parent_threshold is None else fund.amount
    return NOTHING if whole < (terms.parent_threshold or 0) else _share(fund.amount, terms.parent_percent)


def _allocations(problem: Problem) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for fund in problem.data.funds:
        found[fund.program] = found.get(fund.program, NOTHING) + fund.amount
    return found


def _account(problem: Problem, fund: Fund, planned: Mapping[str, Decimal], allocations: Mapping[str, Decimal]) -> Account:
    return Account(
        fund.fund,
        fund.program,
        fund.school,
        fund.amount,
        _share(fund.amount, problem.fund_terms[fund.fund].hold_percent),
        for_parents(problem, fund, allocations[fund.program]),
        planned.get(fund.fund, NOTHING),
        fund.expires,
    )


def _share(amount: Decimal, percent: Decimal | None) -> Decimal:
    return in_cents(cents(Fraction(amount) * Fraction(percent or 0) / 100))
