"""Σ priority(g) × m[g] over the groups of a tier."""

from planner.rules.goals.goal import Goal
from solver.posting import Expr
from solver.timetable.timetable import Counted


def expression(timetable: Counted, goal: Goal) -> Expr:
    """Minutes of a tier, weighted by priority."""
    return sum(
        s.priority * timetable.minutes[s.id]
        for s in timetable.services
        if s.group and s.tier == goal.minutes_of_tier
    )
