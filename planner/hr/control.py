"""Position control: positions that are budgeted, filled, vacant and proposed, by school, job class
and fund, and what bounds them.

In a dataset as it stands, budgeted are the filled and the vacant ones, and those proposed stand
beside them at the FTE that they may have at most. In a plan, budgeted are those of the plan, also
the proposed ones that it takes. A position is bounded by its FTE where the sheet says how much it
is, by an amount where funds pay it; by both, or by neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.money.budgeted import Budgeted, offered
from planner.money.head_count import Count, Headed, head_count
from planner.plan.plan import Plan

BOUNDS = ("FTE and amount", "FTE", "amount", "neither")


@dataclass(frozen=True)
class Controlled:
    """The positions of one school, job class or fund; the id is blank where a position has no
    single one. `offered` are proposed ones that are not budgeted.
    """

    id: str
    headed: Headed
    offered: Count

    @property
    def budgeted(self) -> Count:
        """Filled and vacant ones; in a plan, those of the plan."""
        return self.headed.budgeted

    @property
    def filled(self) -> Count:
        """Those that somebody holds."""
        return self.headed.filled

    @property
    def vacant(self) -> Count:
        """Those that nobody holds."""
        return self.headed.vacant

    @property
    def proposed(self) -> Count:
        """Those that are proposed, budgeted or not."""
        return self.headed.proposed + self.offered


@dataclass(frozen=True)
class Control:
    """The whole of it; `bounds` names the positions by what bounds them."""

    total: Controlled
    schools: tuple[Controlled, ...]
    roles: tuple[Controlled, ...]
    funds: tuple[Controlled, ...]
    bounds: Mapping[str, tuple[str, ...]]


def control(problem: Problem, plan: Plan, budget: Budgeted, day: date | None = None) -> Control:
    """The positions that are budgeted, and those that a plan could buy besides, on a day; without
    one, on the planned day.
    """
    heads = head_count(problem, budget, day)
    besides = head_count(problem, offered(problem, plan), day)
    return Control(
        Controlled("", heads.total, besides.total.proposed),
        _controlled(heads.schools, besides.schools),
        _controlled(heads.roles, besides.roles),
        _controlled(heads.funds, besides.funds),
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


def _controlled(heads: tuple[Headed, ...], besides: tuple[Headed, ...]) -> tuple[Controlled, ...]:
    budgeted = {head.id: head for head in heads}
    proposed = {head.id: head.proposed for head in besides}
    return tuple(
        Controlled(name, budgeted.get(name, Headed(name)), proposed.get(name, Count()))
        for name in {**budgeted, **proposed}
    )
