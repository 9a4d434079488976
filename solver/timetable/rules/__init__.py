"""How each rule of planner.rules enters the model: by the module that has its key for a name."""

from collections.abc import Callable
from importlib import import_module

from planner.rules.rule import Rule
from solver.timetable.timetable import Timetable


def builder(rule: Rule) -> Callable[[Timetable], None]:
    """Find what posts a rule on the timetable.

    By the name of its module, not by a list: a rule that is in `RULES` and has no builder must stop
    every solve, not be forgotten by it.

    Raises:
        ModuleNotFoundError: The rule has no twin.
    """
    build: Callable[[Timetable], None] = import_module(f"{__name__}.{rule.key}").build
    return build
