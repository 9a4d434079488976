"""Enter each money rule of planner.rules into the budget model.

The module here that has the key of a rule for its name posts it.
"""

from collections.abc import Callable, Iterator
from importlib import import_module

from planner.rules import RULES
from planner.rules.rule import BUDGET, Rule
from solver.budget.budget import Budget


def posted() -> Iterator[Rule]:
    """The money rules that the model keeps, in the order of the rules."""
    return (rule for rule in RULES if rule.part == BUDGET and not rule.checked_alone)


def builder(rule: Rule) -> Callable[[Budget], None]:
    """Find what posts a rule on the budget.

    Raises:
        ModuleNotFoundError: The rule has no twin.
    """
    build: Callable[[Budget], None] = import_module(f"{__name__}.{rule.key}").build
    return build
