"""Keep the busiest person of each school as little above the others as can be.

    obligation(p) × peak[s] ≥ 1,000 × Σ minutes(g) × given[g, p, …] over the groups g of s,
                              for each p
    minimise Σ peak[s]

Added up over p, Σ obligation(p) × peak[s] ≥ 1,000 × Σ minutes(g) × n[g]: the even share, which
gives the search its bound.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from planner.rules.goals.balanced_load import WHOLE
from planner.rules.goals.goal import Goal
from solver.posting import Expr
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable, goal: Goal) -> Expr:
    """The busiest person's share of their hours in contact, added over schools, in thousandths."""
    contact: defaultdict[tuple[str, str], list[cp_model.LinearExpr]] = defaultdict(list)
    for (name, person, _, start, end), literal in timetable.given.items():
        service = timetable.service(name)
        if service.contact:
            contact[service.school, person].append((end - start) * literal)
    schools = sorted({school for school, _ in contact})
    peaks = {
        school: timetable.model.new_int_var(0, 10 * WHOLE, f"peak at {school}")
        for school in schools
    }
    for (school, person), minutes in contact.items():
        obligation = timetable.problem.person_of[person].obligation
        timetable.model.add(obligation * peaks[school] >= WHOLE * sum(minutes))
    for school, peak in peaks.items():
        people = [
            timetable.problem.person_of[person] for where, person in contact if where == school
        ]
        given = sum(
            timetable.minutes[s.id] if s.varied else s.longest * timetable.counts[s.id]
            for s in timetable.services
            if s.group and s.school == school
        )
        timetable.model.add(sum(person.obligation for person in people) * peak >= WHOLE * given)
    return sum(peaks.values())
