"""Σ minutes(g) × priority(g) × n[g] over the groups of a tier."""

from solver.posting import Expr
from solver.timetable.timetable import Counted


def expression(timetable: Counted, tier: int) -> Expr:
    """Minutes of a tier, weighted by priority."""
    return sum(
        s.worth * s.priority * timetable.counts[s.id]
        for s in timetable.services
        if s.group and s.tier == tier
    )
