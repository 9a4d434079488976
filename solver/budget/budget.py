"""The budget model's variables: which offer of each contract is taken, and how much each fund pays of each position."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.plan import FundedPosition
from planner.problem.problem import Problem
from planner.rule import Rule, Setting, Strength
from solver.budget.milp import Expr, Milp, total
from solver.budget.offers import Offer
from solver.budget.supply import Supply

WHOLE = 100
Line = tuple[int, int]
"""An offer's number and the place of a position in it."""


@dataclass
class Budget:
    """The model while rules are posted to it.

    `taken[o]` says that offer o is taken. Where the model chooses who pays, `percent[o, x, f]` is what fund f pays of position x,
    a whole number, and `pays[o, x, f]` whether it pays at all.
    """

    milp: Milp
    problem: Problem
    settings: Mapping[str, Setting]
    offers: tuple[Offer, ...]
    taken: list[Any] = field(default_factory=list)
    percent: dict[tuple[int, int, str], Any] = field(default_factory=dict)
    pays: dict[tuple[int, int, str], Any] = field(default_factory=dict)
    supply: Supply | None = None

    def is_hard(self, rule: Rule, position: FundedPosition) -> bool:
        """Whether a rule is kept always for a position."""
        setting = self.settings[rule.key].at(self.problem.scopes((position.position, position.role, *position.school)))
        return setting.strength is Strength.HARD

    def is_off(self, rule: Rule, position: FundedPosition) -> bool:
        """Whether a rule is not looked at for a position."""
        setting = self.settings[rule.key].at(self.problem.scopes((position.position, position.role, *position.school)))
        return setting.strength is Strength.OFF

    def open_lines(self) -> Iterable[tuple[Line, FundedPosition, dict[str, tuple[Any, Any]]]]:
        """Each position for which the model chooses, with its possible funds: percentage and whether it pays."""
        by_line: defaultdict[Line, dict[str, tuple[Any, Any]]] = defaultdict(dict)
        for (number, place, fund), percent in self.percent.items():
            by_line[number, place][fund] = (percent, self.pays[number, place, fund])
        for number, offer in enumerate(self.offers):
            if offer.chosen:
                for place, position in enumerate(offer.positions):
                    yield (number, place), position, by_line[number, place]

    def never(self, number: int) -> None:
        """An offer cannot be taken."""
        self.milp.add(self.taken[number] <= 0)

    def spent(self, fund: str) -> Expr:
        """The cents that a fund pays, no less than it will: a split may move less than a cent a line."""
        rows = [offer.paid[fund] * self.taken[n] for n, offer in enumerate(self.offers) if offer.paid.get(fund)]
        for (number, place, name), percent in self.percent.items():
            if name == fund:
                offer = self.offers[number]
                rows.append(offer.cents[place] / WHOLE * percent + offer.lines * self.pays[number, place, fund])
        return total(rows)

    @property
    def cost(self) -> Expr:
        """The cents of everything."""
        return total(sum(offer.cents) * self.taken[number] for number, offer in enumerate(self.offers))
