"""Σ weight × slack over the ledger that the soft rules wrote."""

from planner.rules.goals.goal import Goal
from solver.posting import Expr
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable, goal: Goal) -> Expr:
    """What soft rules cost."""
    return sum(timetable.posting.ledger)
