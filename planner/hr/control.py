"""Position control: places that are budgeted, filled, vacant and proposed, by school, job class and
fund, and what bounds them.

Budgeted are the filled and the vacant ones. A position is bounded by its FTE where the sheet says
how much it is, by an amount where funds pay it; by both, or by neither.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.money.budgeted import Budgeted, every_row
from planner.money.cents import weights_of
from planner.plan.plan import FundedPosition

FILLED, VACANT, PROPOSED = "filled", "vacant", "proposed"
WHOLE = 100
BOUNDS = ("FTE and amount", "FTE", "amount", "neither")


@dataclass(frozen=True)
class Count:
    """So many positions, their FTE and what they cost. By fund, a position counts with its share of
    FTE and amount.
    """

    positions: int = 0
    fte: Fraction = Fraction(0)
    amount: Decimal = Decimal("0.00")

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.positions + other.positions, self.fte + other.fte, self.amount + other.amount
        )


@dataclass(frozen=True)
class Controlled:
    """The places of one school, job class or fund; the id is blank where a position has no single
    one.
    """

    id: str
    filled: Count
    vacant: Count
    proposed: Count

    @property
    def budgeted(self) -> Count:
        """Filled and vacant ones."""
        return self.filled + self.vacant


@dataclass(frozen=True)
class Control:
    """The whole of it; `bounds` names the positions by what bounds them."""

    total: Controlled
    schools: tuple[Controlled, ...]
    roles: tuple[Controlled, ...]
    funds: tuple[Controlled, ...]
    bounds: Mapping[str, tuple[str, ...]]


Entry = tuple[str, str, Count]
"""An id, the status of a position, and what it counts there."""


def control(problem: Problem) -> Control:
    """The places of the sheet `positions`, whatever a plan makes of them; proposed ones at the FTE
    that they may have at most.
    """
    every = every_row(problem)
    status = {row.position: row.status for row in problem.data.positions}
    counted = [
        (position, status[position.position], _count(every, position))
        for position in every.positions
    ]
    return Control(
        next(
            iter(_added(("", state, count) for _, state, count in counted)),
            Controlled("", Count(), Count(), Count()),
        ),
        _added(
            (position.school[0] if len(position.school) == 1 else "", state, count)
            for position, state, count in counted
        ),
        _added((position.role, state, count) for position, state, count in counted),
        _added(
            entry
            for position, state, count in counted
            for entry in _by_fund(every, position, state)
        ),
        {
            bound: tuple(row.position for row in problem.data.positions if bounded_by(row) == bound)
            for bound in BOUNDS
        },
    )


def bounded_by(row: Position) -> str:
    """What bounds a position: one of `BOUNDS`."""
    both, fte, amount, neither = BOUNDS
    says_fte = row.fte is not None or row.week_minutes is not None
    if row.funding:
        return both if says_fte else amount
    return fte if says_fte else neither


def _count(every: Budgeted, position: FundedPosition) -> Count:
    cost = every.cost_of.get(position.position)
    return Count(1, position.fte, cost.total) if cost else Count(1, position.fte)


def _by_fund(every: Budgeted, position: FundedPosition, state: str) -> Iterator[Entry]:
    cost = every.cost_of.get(position.position)
    for fund, percent in weights_of(position.funding).items():
        paid = cost.funds.get(fund, Decimal("0.00")) if cost else Decimal("0.00")
        if percent or paid:
            yield fund, state, Count(1, position.fte * percent / WHOLE, paid)


def _added(entries: Iterable[Entry]) -> tuple[Controlled, ...]:
    """Counts added by id, in the order in which ids first come."""
    found: dict[str, dict[str, Count]] = {}
    for name, state, count in entries:
        mine = found.setdefault(name, {})
        mine[state] = mine.get(state, Count()) + count
    return tuple(
        Controlled(
            name, mine.get(FILLED, Count()), mine.get(VACANT, Count()), mine.get(PROPOSED, Count())
        )
        for name, mine in found.items()
    )
