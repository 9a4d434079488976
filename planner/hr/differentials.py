"""Differentials beside their positions: the percentage that each fund pays of the one and of the
other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planner.facts.problem import Problem
from planner.money import HoldingCost
from planner.money.allowances import allowance_shares
from planner.plan.plan import FundedPosition
from planner.rules.funding import paid_by

SAME = "same_percent"


@dataclass(frozen=True)
class Differential:
    """What one fund pays of a position and of one of its allowances, in percent, with the budget
    item numbers of the two.

    `amount` is what the fund pays of the allowance (None where pay is not known).
    """

    position: str
    item: str
    allowance: str
    allowance_item: str
    fund: str
    position_percent: Fraction
    percent: Fraction
    must_match: bool
    amount: Decimal | None

    @property
    def agrees(self) -> bool:
        """Whether the two percentages are the same."""
        return self.position_percent == self.percent


def differentials(
    problem: Problem, position: FundedPosition, cost: HoldingCost | None
) -> Iterator[Differential]:
    """Every allowance of a position, fund by fund, in the order of its funding."""
    lines = {line.name: line for line in cost.lines if line.kind == "allowance"} if cost else {}
    own = paid_by(position.funding)
    for name in position.allowances:
        row = problem.allowances[name]
        shares = allowance_shares(position, name)
        its = paid_by(shares, name if any(share.allowance == name for share in shares) else "")
        for fund in {**own, **its}:
            amount = lines[name].funds.get(fund, Decimal("0.00")) if name in lines else None
            yield Differential(
                position.position,
                problem.roles[position.role].budget_item,
                name,
                row.budget_item,
                fund,
                own.get(fund, Fraction(0)),
                its.get(fund, Fraction(0)),
                row.match == SAME,
                amount,
            )
