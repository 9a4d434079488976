"""Σ minutes(d) × n[d] over the duties that nothing requires."""

from ortools.sat.python import cp_model

from solver.posting import Expr
from solver.timetable.rules.dosage import count
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable) -> Expr:
    """Minutes of duties that are not required."""
    return sum(s.minutes * count(timetable, s) for s in timetable.services if s.duty and not s.required)
