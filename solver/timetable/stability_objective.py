"""How close a timetable is to a plan that was given: what of it stands.

closeness = Σ (e − t) × given[g, p, d, t, e] over the plan's sessions, and DAY for each of its
shifts and LUNCH for each of its lunches that stand.
"""

from collections import defaultdict
from collections.abc import Iterator

from ortools.sat.python import cp_model

from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.plan.plan_distance import Seat, begins, seats
from planner.rules import RULE_OF
from planner.rules.checker import violations
from planner.rules.rule import Strength
from solver.posting import Expr, Literal, fix
from solver.timetable.plan_ways import times_in, ways_in
from solver.timetable.timetable import Timetable

DAY = 60
"""What a shift that stands is worth, beside the minutes of sessions."""
LUNCH = 5
"""What a lunch that stands is worth."""


def closeness(timetable: Timetable, plan: Plan) -> Expr:
    """What of a plan stands."""
    return sum(
        weight * literal for literal, stands, weight, _ in _literals(timetable, plan) if stands
    )


def limit(timetable: Timetable, plan: Plan, most: int) -> None:
    """At most so many changes, counted as `planner.plan.plan_distance.changed` does.

    changes[s] ≥ Σ (1 − seat) over the plan's seats of service s; changes[s] ≥ Σ seat over all
    others; Σ changes[s] + Σ over people's days of (1 − begins as in the plan) ≤ most, where a day
    that is not in the plan counts if it is worked.
    """
    model, was = timetable.model, seats(plan)
    now: dict[str, defaultdict[Seat, Expr]] = {
        service.id: defaultdict(int) for service in timetable.services
    }
    for (service, person, day, start, _), literal in timetable.given.items():
        now[service][person, day, start] += literal
    for (service, day, start, _), literal in timetable.meetings.items():
        for person in timetable.service(service).attendees:
            now[service][person, day, start] += literal
    counted: list[Expr] = []
    for service, literals in now.items():
        before = was.get(service, set())
        gone = len(before) - sum(literals[seat] for seat in before if seat in literals)
        new = sum(literal for seat, literal in literals.items() if seat not in before)
        changes = model.new_int_var(0, most, f"changes {service}")
        model.add(changes >= gone)
        model.add(changes >= new)
        counted.append(changes)
    model.add(sum(counted) + sum(_other_days(timetable, plan)) <= most)
    for literal, stands, _, _ in _literals(timetable, plan):
        model.add_hint(literal, int(stands))


def _other_days(timetable: Timetable, plan: Plan) -> Iterator[Expr]:
    """For each person and day, 1 where it does not begin as in the plan."""
    was = begins(plan)
    for person in timetable.people:
        for day in timetable.problem.cycle:
            places = timetable.places(person.id, day)
            before = was.get((person.id, day))
            if before is None:
                yield sum(literal for _, literal in places)
            else:
                yield 1 - sum(
                    literal for shift, literal in places if (shift.school, shift.start) == before
                )


def repaired(timetable: Timetable, plan: Plan) -> Expr:
    """What a plan is worth after it was made legal: 2 × closeness + minutes delivered, so that what
    cannot stay is moved.
    """
    delivered = sum((way[4] - way[3]) * literal for way, literal in timetable.given.items())
    return 2 * closeness(timetable, plan) + delivered


def hold(timetable: Timetable, plan: Plan, loose: frozenset[str] = frozenset()) -> cp_model.CpModel:
    """The timetable's model with everything that the plan says held, but for what is said of some
    services and people; where there are such, lunch is free for everybody.
    """
    model = timetable.model.clone()
    for literal, stands, _, about in _literals(timetable, plan):
        if about not in loose and (about or not loose):
            fix(model, literal.index, int(stands))
    return model


def disturbed(problem: Problem, plan: Plan) -> frozenset[str]:
    """The services and people that a plan's edits, or the hard rules that it breaks, are about,
    with all that these people do.
    """
    found = {name for edit in problem.edits for name in (edit.pin.subject, edit.pin.staff) if name}
    for violation in violations(problem, plan, strength=Strength.HARD):
        for item, _ in RULE_OF[violation.rule].items(problem, plan, violation.where):
            found |= {item.service, *item.staff} if isinstance(item, Session) else {item.staff}
    found |= {
        person for session in plan.sessions if session.service in found for person in session.staff
    }
    return frozenset(
        found | {session.service for session in plan.sessions if found & set(session.staff)}
    )


def _literals(timetable: Timetable, plan: Plan) -> Iterator[tuple[Literal, bool, int, str]]:
    """What a plan says of each session, shift and lunch, what it is worth, and the service or the
    person that it is about.
    """
    ways = ways_in(timetable.problem, plan)
    for way, literal in timetable.given.items():
        yield literal, way in ways, way[4] - way[3], way[0]
    meetings = times_in(timetable.problem, plan)
    for time, meeting in timetable.meetings.items():
        yield meeting, time in meetings, time[3] - time[2], time[0]
    # A day at two schools is one shift, which begins at the first.
    shifts = {
        (person, day, there[0].school, there[0].start, there[-1].end)
        for (person, day), there in plan.placed.items()
    }
    for (person, shift), on in timetable.on.items():
        if person not in timetable.settled:
            yield (
                on,
                (person, shift.day, shift.school, shift.start, shift.end) in shifts,
                DAY,
                person,
            )
    lunches = {(p.staff, p.day, p.lunch[0]) for p in plan.placements if p.lunch}
    for key, literal in timetable.lunch.items():
        yield literal, key in lunches, LUNCH, ""
