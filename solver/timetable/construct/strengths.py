"""How rules are set, whether a model asks or nobody has made one yet."""

from collections.abc import Mapping
from typing import Protocol

from planner.facts.problem import Problem
from planner.rules.rule import Rule, Setting, Strength


class Strengths(Protocol):
    """Says how rules are set for what some ids are about."""

    def is_on(self, rule: Rule, *where: str) -> bool:
        """Whether a rule is looked at."""

    def is_hard(self, rule: Rule, *where: str) -> bool:
        """Whether it may never be broken."""


class SetStrengths:
    """The strengths that a problem's rules have, without a model."""

    def __init__(self, problem: Problem, rules: Mapping[str, Setting]) -> None:
        self._problem = problem
        self._rules = rules

    def is_on(self, rule: Rule, *where: str) -> bool:
        """See `Strengths`."""
        return self._strength(rule, where) is not Strength.OFF

    def is_hard(self, rule: Rule, *where: str) -> bool:
        """See `Strengths`."""
        return self._strength(rule, where) is Strength.HARD

    def _strength(self, rule: Rule, where: tuple[str, ...]) -> Strength:
        return self._rules[rule.key].at(self._problem.scopes(where)).strength
