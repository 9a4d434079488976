"""How each goal of planner.rules.goals enters the model: by the module that is named like it."""

from importlib import import_module

from planner.rules.goals.goal import Goal
from solver.posting import Expr
from solver.timetable.timetable import Counted


def expression(goal: Goal, timetable: Counted) -> Expr:
    """What a goal counts in a model.

    Args:
        goal: A goal on the timetable.
        timetable: A whole timetable; for a goal `by_counts`, any model of how many sessions each
            service gets.

    Raises:
        ModuleNotFoundError: The goal has no twin.
    """
    twin = import_module(f"{__name__}.{goal.twin or goal.key}")
    counted: Expr = twin.expression(timetable, goal)
    return counted
