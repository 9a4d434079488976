"""The only place where hard and soft differ, and where a rule can be put on trial."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from planner.rules.rule import Rule, Setting, Strength

Literal = cp_model.IntVar
Expr = cp_model.LinearExpr | int
Guard = tuple[str, ...]


@dataclass
class Posting:
    """Posts rules to a model; `ledger` holds what soft rules cost, `guards` what can be blamed
    (diagnosis alone).
    """

    model: cp_model.CpModel
    settings: dict[str, Setting]
    scopes: Callable[[Guard], frozenset[str]]
    diagnose: bool = False
    ledger: list[Expr] = field(default_factory=list)
    guards: dict[Guard, cp_model.IntVar] = field(default_factory=dict)

    def setting(self, rule: Rule, where: Guard) -> Setting:
        """How a rule is set for what these ids are about."""
        setting = self.settings.get(rule.key, rule.default)
        return setting.at(self.scopes(where)) if setting.exceptions else setting

    def is_hard(self, rule: Rule, *where: str) -> bool:
        """Whether a rule is kept always there."""
        return self.setting(rule, where).strength is Strength.HARD

    def is_on(self, rule: Rule, *where: str) -> bool:
        """Whether a rule is looked at there."""
        return self.setting(rule, where).strength is not Strength.OFF

    def is_on_somewhere(self, rule: Rule) -> bool:
        """Whether a rule is looked at in some part of the district."""
        return self.settings.get(rule.key, rule.default).strengths != {Strength.OFF}

    def at_most(self, rule: Rule, where: Guard, expr: Expr, limit: Expr, worst: int = 0) -> None:
        """Expr ≤ limit; soft: expr − slack ≤ limit with 0 ≤ slack ≤ worst, in the rule's unit."""
        setting = self.setting(rule, where)
        if setting.strength is Strength.OFF:
            return
        if setting.strength is Strength.SOFT:
            if self.diagnose:
                return
            slack = self.model.new_int_var(0, max(0, worst), f"{rule.key}{list(where)}")
            self.ledger.append(setting.weight * slack)
            expr = expr - slack
        bounded = expr <= limit
        if isinstance(bounded, bool):
            if bounded:
                return
            self._guard(self.model.add_bool_or([]), rule, where)
        else:
            self._guard(self.model.add(bounded), rule, where)

    def at_least(self, rule: Rule, where: Guard, expr: Expr, least: Expr, worst: int = 0) -> None:
        """Expr ≥ least; soft as in `at_most`."""
        self.at_most(rule, where, -expr, -least, worst)

    def avoid(self, rule: Rule, where: Guard, amount: Expr) -> None:
        """Amount = 0, where the amount is never negative and is itself what the rule is broken by;
        soft: it costs its weight.
        """
        setting = self.setting(rule, where)
        if setting.strength is not Strength.SOFT:
            self.equal(rule, where, amount, 0)
        elif not self.diagnose and not (isinstance(amount, int) and amount == 0):
            self.ledger.append(setting.weight * amount)

    def equal(self, rule: Rule, where: Guard, expr: Expr, value: Expr) -> None:
        """Expr = value. Hard only."""
        if not self.is_on(rule, *where):
            return
        equality = expr == value
        if isinstance(equality, bool):
            if not equality:
                self._guard(self.model.add_bool_or([]), rule, where)
            return
        self._guard(self.model.add(equality), rule, where)

    def at_most_one(self, rule: Rule, where: Guard, literals: Sequence[Literal]) -> None:
        """At most one literal. Hard only."""
        if not self.is_on(rule, *where):
            return
        if len(literals) < 2:
            return
        if self.diagnose:
            self._guard(self.model.add(sum(literals) <= 1), rule, where)
        else:
            self.model.add_at_most_one(literals)

    def at_least_one_if(
        self, rule: Rule, where: Guard, literals: Sequence[cp_model.LiteralT], condition: Literal
    ) -> None:
        """Condition → at least one literal. Hard only."""
        if not self.is_on(rule, *where):
            return
        self._guard(self.model.add_bool_or([*literals, ~condition]), rule, where)

    def at_least_one(self, rule: Rule, where: Guard, literals: Sequence[Literal]) -> None:
        """At least one literal. Hard only."""
        if not self.is_on(rule, *where):
            return
        self._guard(self.model.add_bool_or(literals), rule, where)

    def never(self, rule: Rule, where: Guard, literal: Literal) -> None:
        """The literal is false. Hard only."""
        if not self.is_on(rule, *where):
            return
        self._guard(self.model.add_bool_or([~literal]), rule, where)

    def _guard(self, constraint: cp_model.Constraint, rule: Rule, where: Guard) -> None:
        if not self.diagnose:
            return
        key = (rule.key, *where)
        if key not in self.guards:
            self.guards[key] = self.model.new_bool_var(f"guard {key}")
        constraint.only_enforce_if(self.guards[key])


def fix(model: cp_model.CpModel, index: int, value: int) -> None:
    """Leaves a variable one value."""
    domain = model.proto.variables[index].domain
    domain.clear()
    domain.extend([value, value])
