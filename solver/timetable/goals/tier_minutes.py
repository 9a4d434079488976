"""Σ minutes(g) × priority(g) × n[g] over the groups of a tier."""

from ortools.sat.python import cp_model

from solver.posting import Expr
from solver.timetable.rules.dosage import count
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable, tier: int) -> Expr:
    """Minutes of a tier, weighted by priority."""
    return sum(s.minutes * s.priority * count(timetable, s) for s in timetable.services if s.group and s.tier == tier)
