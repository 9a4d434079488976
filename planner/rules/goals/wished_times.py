"""Sessions lie at times that somebody wished for, and not where somebody would avoid them."""

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers


def value(problem: Problem, plan: Plan) -> int:
    """Minutes of sessions at times of the sheet `preferences`, each times its weight."""
    return sum(
        of_session(
            problem, problem.service_of[session.service], session.day, session.start, session.end
        )
        + sum(
            of_person(problem, person, session.day, session.start, session.end)
            for person in session.staff
        )
        for session in plan.sessions
        if session.service in problem.service_of
    )


def of_session(problem: Problem, service: Service, day: str, start: int, end: int) -> int:
    """What a session is worth at a time to its group, its grades and its school."""
    if not problem.preferences:
        return 0
    grades = service.group.grades if service.group else ()
    whose = (f"group:{service.id}", f"school:{service.school}", *(f"grade:{g}" for g in grades))
    return _worth(problem, whose, day, start, end)


def of_person(problem: Problem, person: str, day: str, start: int, end: int) -> int:
    """What it is worth to somebody to work then, by name and by job class."""
    if not problem.preferences or person not in problem.person_of:
        return 0
    role = problem.person_of[person].role.role
    return _worth(problem, (f"staff:{person}", f"role:{role}"), day, start, end)


def _worth(problem: Problem, whose: tuple[str, ...], day: str, start: int, end: int) -> int:
    return sum(
        row.weight * row.minutes(day, start, end)
        for who in whose
        for row in problem.preferences.get(who, ())
    )


GOAL = Goal(
    key="wished_times",
    title="Wished times",
    unit="minutes × weight at wished times, less those at times to avoid",
    formula="Σ over sessions and rows of preferences that they meet: minutes in it × weight",
    better="more",
    value=value,
    readers=Readers.EVERYBODY,
)
