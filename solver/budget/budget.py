"""Hold the budget model's variables: offers that are taken, and what funds pay of positions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition
from planner.rules.rule import Rule, Setting, Strength
from solver.budget.milp import Expr, Milp, total
from solver.budget.offers import Offer
from solver.budget.supply import Supply

WHOLE = 100
BIG = 1000
"""More than any percentage or count of programs."""


@dataclass(frozen=True)
class Line:
    """A position in an offer, and for each fund that may pay it the percentage and whether it pays
    at all.
    """

    number: int
    place: int
    position: FundedPosition
    chosen: bool
    shares: Mapping[str, tuple[Expr, Expr]]


@dataclass(frozen=True)
class Cut:
    """What was proved: a goal is at most `proved`, and for each offer of these that is taken so
    much more.
    """

    goal: str
    proved: int
    added: Mapping[int, int]


@dataclass
class Budget:
    """The model while rules are posted to it.

    `taken[o]` says that offer o is taken. Where the model chooses who pays, `percent[o, x, f]` is
    what fund f pays of position x (whole numbers once it is settled what is taken) and `pays[o, x,
    f]` whether it pays at all, where a rule asks that.
    """

    milp: Milp
    problem: Problem
    settings: Mapping[str, Setting]
    offers: tuple[Offer, ...]
    taken: list[Any] = field(default_factory=list)
    percent: dict[tuple[int, int, str], Any] = field(default_factory=dict)
    pays: dict[tuple[int, int, str], Any] = field(default_factory=dict)
    faults: dict[int, Any] = field(default_factory=dict)
    aside: dict[str, Any] = field(default_factory=dict)
    supply: Supply | None = None

    def is_hard(self, rule: Rule, position: FundedPosition) -> bool:
        """Whether a rule is kept always for a position."""
        return self._strength(rule, position) is Strength.HARD

    def is_off(self, rule: Rule, position: FundedPosition) -> bool:
        """Whether a rule is not looked at for a position."""
        return self._strength(rule, position) is Strength.OFF

    def _strength(self, rule: Rule, position: FundedPosition) -> Strength:
        scopes = self.problem.scopes((position.position, position.role, *position.school))
        return self.settings[rule.key].at(scopes).strength

    def lines(self) -> Iterator[Line]:
        """Each position of each offer, with what every fund pays of it: constants × taken where the
        row says so.
        """
        open_to: defaultdict[tuple[int, int], dict[str, tuple[Expr, Expr]]] = defaultdict(dict)
        for (number, place, fund), percent in self.percent.items():
            open_to[number, place][fund] = (
                percent,
                self.pays.get((number, place, fund), self.taken[number]),
            )
        for number, offer in enumerate(self.offers):
            for place, position in enumerate(offer.positions):
                shares = open_to[number, place]
                if not offer.chosen:
                    taken = self.taken[number]
                    shares = {
                        share.fund: (float(share.percent) * taken, taken)
                        for share in position.funding
                        if share.percent
                    }
                yield Line(number, place, position, offer.chosen, shares)

    def at_most(self, rule: Rule, line: Line, expr: Expr, limit: Expr) -> None:
        """Expr ≤ limit where the rule is hard. What stands now may break it, and is then at
        fault.
        """
        if self.is_hard(rule, line.position):
            slack = BIG * self.fault(line.number) if self.offers[line.number].stands else 0
            self.milp.add(expr - slack <= limit)

    def never(self, rule: Rule, line: Line) -> None:
        """An offer breaks a rule as it is."""
        self.at_most(rule, line, self.taken[line.number], 0)

    def fault(self, number: int) -> Any:
        """Whether an offer that stands now breaks a rule."""
        if number not in self.faults:
            self.faults[number] = self.milp.yes_no()
        return self.faults[number]

    def spent(self, fund: str) -> Expr:
        """The cents that a fund pays, and what is kept aside for those that splitting lines may
        move to it.
        """
        if fund not in self.aside:
            self.aside[fund] = self.milp.number(0, 0)
        rows = [
            self.aside[fund],
            *(
                offer.paid[fund] * self.taken[n]
                for n, offer in enumerate(self.offers)
                if offer.paid.get(fund)
            ),
        ]
        for (number, place, name), percent in self.percent.items():
            if name == fund:
                offer = self.offers[number]
                rows.append(offer.cents[place] / WHOLE * percent)
        return total(rows)

    @property
    def cost(self) -> Expr:
        """The cents of everything."""
        return total(
            sum(offer.cents) * self.taken[number] for number, offer in enumerate(self.offers)
        )
