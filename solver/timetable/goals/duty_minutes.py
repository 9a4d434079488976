"""Σ m[d] over the duties that nothing requires."""

from planner.rules.goals.goal import Goal
from solver.posting import Expr
from solver.timetable.timetable import Counted


def expression(timetable: Counted, goal: Goal) -> Expr:
    """Minutes of duties that are not required."""
    return sum(timetable.minutes[s.id] for s in timetable.services if s.duty and not s.required)
