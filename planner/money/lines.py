"""A position's cost as HR and an auditor read it: lines, each with its formula, and the cents that
each fund pays of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from planner.money.cents import by_fund, to_cents
from planner.plan.holdings import Holding
from planner.plan.plan import FundedPosition

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class UnsharedLine:
    """A line before its cents are shared out among funds, who pay it by these weights."""

    position: str
    kind: Literal["pay", "allowance", "oncost"]
    name: str
    budget_item: str
    amount: Decimal
    formula: str
    weights: Mapping[str, Fraction]


@dataclass(frozen=True)
class CostLine:
    """One line: pay, an allowance or an employer cost.

    `amount` is rounded once, half up, to the cent; `formula` shows what was rounded, with its
    numbers. `funds` gives the cents of each fund; they add up to the amount. Money without a fund
    stands under the blank id.
    """

    position: str
    kind: Literal["pay", "allowance", "oncost"]
    name: str
    budget_item: str
    amount: Decimal
    formula: str
    funds: Mapping[str, Decimal]


def shared_among_funds(lines: Sequence[UnsharedLine]) -> tuple[CostLine, ...]:
    """The lines of one position with the cents of each fund."""
    funds = by_fund((to_cents(line.amount), line.weights) for line in lines)
    return tuple(
        CostLine(
            line.position, line.kind, line.name, line.budget_item, line.amount, line.formula, part
        )
        for line, part in zip(lines, funds, strict=True)
    )


@dataclass(frozen=True)
class HoldingCost:
    """What one person's time on a position costs: no line where it is not paid."""

    holding: Holding
    lines: tuple[CostLine, ...]

    def of(self, kind: str) -> Decimal:
        """The sum of one kind of line."""
        return sum((line.amount for line in self.lines if line.kind == kind), ZERO)

    @property
    def total(self) -> Decimal:
        """What it costs."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def funds(self) -> Mapping[str, Decimal]:
        """What each fund pays."""
        return added(line.funds for line in self.lines)


@dataclass(frozen=True)
class PositionCost:
    """What a position costs, holder by holder in order of time; totals add the rounded lines, so
    that a printed column adds up.
    """

    position: FundedPosition
    parts: tuple[HoldingCost, ...]

    @cached_property
    def lines(self) -> tuple[CostLine, ...]:
        """All its lines."""
        return tuple(line for part in self.parts for line in part.lines)

    def of(self, kind: str) -> Decimal:
        """The sum of one kind of line."""
        return sum((part.of(kind) for part in self.parts), ZERO)

    @property
    def total(self) -> Decimal:
        """What the position costs."""
        return sum((part.total for part in self.parts), ZERO)

    @property
    def funds(self) -> Mapping[str, Decimal]:
        """What each fund pays."""
        return added(part.funds for part in self.parts)


@dataclass(frozen=True)
class Costs:
    """What a set of positions costs, in their order, and what is worth knowing of it (pay older
    than the plan year).
    """

    positions: tuple[PositionCost, ...]
    remarks: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """What they cost together."""
        return sum((position.total for position in self.positions), ZERO)

    @property
    def funds(self) -> Mapping[str, Decimal]:
        """What each fund pays."""
        return added(position.funds for position in self.positions)


def added(parts: Iterable[Mapping[str, Decimal]]) -> Mapping[str, Decimal]:
    """Sums, fund by fund."""
    found: dict[str, Decimal] = {}
    for part in parts:
        for fund, amount in part.items():
            found[fund] = found.get(fund, ZERO) + amount
    return found
