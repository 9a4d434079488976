"""Let a group meet at the same time on each of its days.

For each group g, with w[g, t] saying that it meets at t on some day:

    w[g, t] ≥ Σ over people of given[g, p, d, t] for each day d
    changes[g] = Σ over t of w[g, t] − served[g] ≥ 0
    minimise Σ over g of changes[g]
"""

from ortools.sat.python import cp_model

from planner.facts.service import Service
from planner.rules.goals.goal import Goal
from solver.posting import Expr
from solver.timetable.rules.dosage import count
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable, goal: Goal) -> Expr:
    """Times of day beyond the first, over all groups."""
    return sum(_changes(timetable, service) for service in timetable.services if service.group)


def _changes(timetable: Timetable, service: Service) -> Expr:
    used: dict[int, cp_model.IntVar] = {}
    for day, times in timetable.times_of[service.id].items():
        for start, end in times:
            if start not in used:
                used[start] = timetable.model.new_bool_var(f"{service.id} at {start}")
            for literal in timetable.ways_at.get((service.id, day, start, end), ()):
                timetable.model.add_implication(literal, used[start])
    if not used:
        return 0
    count(timetable, service)
    changes = timetable.model.new_int_var(
        0, max(0, service.sessions - 1), f"{service.id} changes of time"
    )
    timetable.model.add(changes == sum(used.values()) - timetable.served[service.id])
    return changes
