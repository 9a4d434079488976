"""Offer no part of somebody's positions that costs them their benefits.

taken[o] = 0 for a part of somebody's positions that falls below hours which all of them reach,
and from which a cost is due.
"""

from fractions import Fraction

from planner.money import paid_hours
from planner.plan.holdings import holders
from planner.plan.positions import as_they_stand
from planner.rules.benefit_cliff import RULE
from solver.budget.budget import Budget


def build(budget: Budget) -> None:
    """Nobody who keeps a part loses benefits."""
    problem = budget.problem
    leasts = [
        (row, Fraction(row.min_hours_year)) for row in problem.data.oncosts if row.min_hours_year
    ]
    standing = as_they_stand(problem)
    for line in budget.lines() if leasts else ():
        offer, role = budget.offers[line.number], problem.roles[line.position.role]
        if not offer.cut or role.pay_basis == "rate_sheet":
            continue
        kept = {staff for position in offer.positions for staff in holders(problem, position)}
        if any(
            paid_hours(problem, standing, staff, annualised=row.annualised)
            >= least
            > paid_hours(problem, offer.positions, staff, annualised=row.annualised)
            for row, least in leasts
            if role.role in (row.roles or (role.role,))
            for staff in kept
        ):
            budget.never(RULE, line)
