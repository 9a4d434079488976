"""A plan's sessions as the ways and times that a timetable has variables for."""

from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from solver.timetable.timetable import Way, When


def ways_in(problem: Problem, plan: Plan) -> set[Way]:
    """Who gives what when."""
    return {
        (s.service, person, s.day, s.start, _end(problem, s))
        for s in plan.sessions
        for person in s.staff
    }


def times_in(problem: Problem, plan: Plan) -> set[When]:
    """What meets when."""
    return {(s.service, s.day, s.start, _end(problem, s)) for s in plan.sessions}


def _end(problem: Problem, session: Session) -> int:
    """When a session would end now: a plan may have been made when its service had another length,
    and its start is worth keeping all the same.
    """
    service = problem.service_of.get(session.service)
    if service is None or service.varied:
        return session.end
    return session.start + service.longest
