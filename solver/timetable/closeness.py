"""How close a timetable is to a plan that was given: what of it stands.

closeness = Σ minutes(g) × given[g, p, d, t] over the plan's sessions, and DAY for each of its shifts and LUNCH for each of its
lunches that stand.
"""

from collections.abc import Iterator

from ortools.sat.python import cp_model

from planner.plan import Plan
from solver.posting import Expr, Literal
from solver.timetable.neighbourhood import fix
from solver.timetable.timetable import Timetable

DAY = 60
"""What a shift that stands is worth, beside the minutes of sessions."""
LUNCH = 5
"""What a lunch that stands is worth."""


def closeness(timetable: Timetable, plan: Plan) -> Expr:
    """What of a plan stands."""
    return sum(weight * literal for literal, stands, weight in _literals(timetable, plan) if stands)


def hold(timetable: Timetable, plan: Plan) -> cp_model.CpModel:
    """The timetable's model with everything that the plan says held."""
    model = timetable.model.clone()
    for literal, stands, _ in _literals(timetable, plan):
        fix(model, literal.index, int(stands))
    return model


def _literals(timetable: Timetable, plan: Plan) -> Iterator[tuple[Literal, bool, int]]:
    """What a plan says of each session, shift and lunch, and what it is worth."""
    ways = {(s.service, person, s.day, s.start) for s in plan.sessions for person in s.staff}
    for way, literal in timetable.given.items():
        yield literal, way in ways, timetable.service(way[0]).minutes
    meetings = {(s.service, s.day, s.start) for s in plan.sessions}
    for key, literal in timetable.meetings.items():
        yield literal, key in meetings, timetable.service(key[0]).minutes
    shifts = {(p.staff, p.day, p.school, p.start, p.end) for p in plan.placements}
    for (person, shift), on in timetable.on.items():
        if person not in timetable.settled:
            yield on, (person, shift.day, shift.school, shift.start, shift.end) in shifts, DAY
    lunches = {(p.staff, p.day, p.lunch[0]) for p in plan.placements if p.lunch}
    for key, literal in timetable.lunch.items():
        yield literal, key in lunches, LUNCH
