"""How close a timetable is to a plan that was given: what of it stands.

closeness = Σ minutes(g) × given[g, p, d, t] over the plan's sessions, and DAY for each of its shifts and LUNCH for each of its
lunches that stand.
"""

from collections.abc import Iterator

from ortools.sat.python import cp_model

from planner.checker import violations
from planner.plan import Plan, Session
from planner.plan_places import FINDERS
from planner.problem.problem import Problem
from planner.rule import Strength
from solver.posting import Expr, Literal
from solver.timetable.neighbourhood import fix
from solver.timetable.timetable import Timetable

DAY = 60
"""What a shift that stands is worth, beside the minutes of sessions."""
LUNCH = 5
"""What a lunch that stands is worth."""


def closeness(timetable: Timetable, plan: Plan) -> Expr:
    """What of a plan stands."""
    return sum(weight * literal for literal, stands, weight, _ in _literals(timetable, plan) if stands)


def repaired(timetable: Timetable, plan: Plan) -> Expr:
    """What a plan is worth after it was made legal: 2 × closeness + minutes delivered, so that what cannot stay is moved."""
    delivered = sum(timetable.service(way[0]).minutes * literal for way, literal in timetable.given.items())
    return 2 * closeness(timetable, plan) + delivered


def hold(timetable: Timetable, plan: Plan, loose: frozenset[str] = frozenset()) -> cp_model.CpModel:
    """The timetable's model with everything that the plan says held, but for what is said of some services and people; where
    there are such, lunch is free for everybody.
    """
    model = timetable.model.clone()
    for literal, stands, _, about in _literals(timetable, plan):
        if about not in loose and (about or not loose):
            fix(model, literal.index, int(stands))
    return model


def disturbed(problem: Problem, plan: Plan) -> frozenset[str]:
    """The services and people that a plan's edits, or the hard rules that it breaks, are about, with all that these people do."""
    found = {name for edit in problem.edits for name in (edit.pin.subject, edit.pin.staff) if name}
    for violation in violations(problem, plan, strength=Strength.HARD):
        for item, _ in FINDERS[violation.rule](problem, plan, violation.where):
            found |= {item.service, *item.staff} if isinstance(item, Session) else {item.staff}
    found |= {person for session in plan.sessions if session.service in found for person in session.staff}
    return frozenset(found | {session.service for session in plan.sessions if found & set(session.staff)})


def _literals(timetable: Timetable, plan: Plan) -> Iterator[tuple[Literal, bool, int, str]]:
    """What a plan says of each session, shift and lunch, what it is worth, and the service or the person that it is about."""
    ways = {(s.service, person, s.day, s.start) for s in plan.sessions for person in s.staff}
    for way, literal in timetable.given.items():
        yield literal, way in ways, timetable.service(way[0]).minutes, way[0]
    meetings = {(s.service, s.day, s.start) for s in plan.sessions}
    for key, literal in timetable.meetings.items():
        yield literal, key in meetings, timetable.service(key[0]).minutes, key[0]
    shifts = {(p.staff, p.day, p.school, p.start, p.end) for p in plan.placements}
    for (person, shift), on in timetable.on.items():
        if person not in timetable.settled:
            yield on, (person, shift.day, shift.school, shift.start, shift.end) in shifts, DAY, person
    lunches = {(p.staff, p.day, p.lunch[0]) for p in plan.placements if p.lunch}
    for key, literal in timetable.lunch.items():
        yield literal, key in lunches, LUNCH, ""
