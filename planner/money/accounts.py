"""Each fund's account: allocated, held back, planned, left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.facts.fund_terms import after_hold
from planner.facts.funds import Fund
from planner.facts.problem import Problem
from planner.money import Costs
from planner.money.lines import ZERO
from planner.money.parent_share import for_parents
from planner.money.spending import funds_by_program


@dataclass(frozen=True)
class Account:
    """A fund. `held` is kept back for variance and `parents` is its part of what its program keeps
    free for parent engagement, each rounded once, half up; `planned` is what its positions cost.
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
        """What may still be planned; below 0, other funds of the program must give the parents'
        part, or too much is planned.
        """
        return self.allocated - self.held - self.parents - self.planned

    @property
    def overdrawn(self) -> Decimal:
        """What is planned beyond what there is after the hold; 0 in a good plan."""
        return max(ZERO, self.planned - (self.allocated - self.held))


def accounts(problem: Problem, costs: Costs) -> tuple[Account, ...]:
    """The accounts in the order of the sheet `funds`."""
    programs = funds_by_program(problem)
    return tuple(
        _account(problem, fund, costs.funds, programs[fund.program]) for fund in problem.data.funds
    )


def _account(
    problem: Problem, fund: Fund, planned: Mapping[str, Decimal], of_program: list[Fund]
) -> Account:
    held = fund.amount - after_hold(fund, problem.fund_terms[fund.fund])
    parents = for_parents(problem, fund, of_program)
    paid = planned.get(fund.fund, ZERO)
    return Account(
        fund.fund, fund.program, fund.school, fund.amount, held, parents, paid, fund.expires
    )
