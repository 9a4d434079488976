"""Serve the worst-served school as well as can be.

    owed(s) × z ≤ 10,000 × Σ m[g] for each school s
    maximise z

Whole z is the share, rounded down.
"""

from collections import defaultdict

from planner.facts.service import Service
from planner.rules.goals.goal import Goal
from planner.rules.goals.worst_served_school import WHOLE
from solver.posting import Expr
from solver.timetable.timetable import Counted


def expression(timetable: Counted, goal: Goal) -> Expr:
    """The smallest share of its owed minutes that a school gets, in hundredths of a percent."""
    groups: defaultdict[str, list[Service]] = defaultdict(list)
    for service in timetable.services:
        if service.group:
            groups[service.school].append(service)
    if not groups:
        return WHOLE
    worst = timetable.model.new_int_var(0, WHOLE, "worst-served school")
    for services in groups.values():
        given = sum(timetable.minutes[s.id] for s in services)
        timetable.model.add(sum(s.owed for s in services) * worst <= WHOLE * given)
    return worst
