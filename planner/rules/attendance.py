"""As many adults as are needed take part in each session, and everyone who is named is there."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.cells import Where, guilty_alone
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Adults too many or too few."""
    for session in plan.sessions:
        service = problem.service_of[session.service]
        absent = [person for person in service.attendees if person not in session.staff]
        others = [person for person in session.staff if person not in service.attendees]
        where = (service.id, session.day)
        if absent:
            message = (
                f"{service.id} on {session.day}: {', '.join(absent)} must attend and is not there."
            )
            yield Violation(RULE.key, where, len(absent), message)
        if len(others) != service.adults:
            message = (
                f"{service.id} on {session.day} has {len(others)} adults instead of "
                f"{service.adults}."
            )
            yield Violation(RULE.key, where, abs(len(others) - service.adults), message)


def _asked(problem: Problem, where: Where) -> str:
    service = problem.service_of.get(where[0])
    day = f" on {where[1]}" if len(where) > 1 and where[1] in problem.cycle else ""
    return f"{service.id} needs {_adults(service)}{day}." if service else ""


def _stopped(ways: Stopped) -> str:
    service = ways.service
    many = f"{service.id} needs {service.adults} adults at once"
    if ways.people:
        return f"{many}, and {ways.names} alone may serve it."
    return f"{many}, and no time is left at which so many who may serve it are free."


def _adults(service: Service) -> str:
    parts = [f"{service.adults} adult{'s' if service.adults > 1 else ''}"] if service.adults else []
    return " and ".join(parts + ([", ".join(service.attendees)] if service.attendees else []))


RULE = Rule(
    key="attendance",
    title="Attendance",
    sentence="Each session has as many adults as it needs, and everyone who is named attends.",
    formula="for each session of s: adults = adults(s), and attendees(s) are present",
    unit="adults",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.HARD}),
    cells=guilty_alone(violations, "staff"),
    stops=Stops(
        Judges.NOTHING,
        words=_stopped,
        because="whoever must be there is part of what is tried",
    ),
    asks=_asked,
)
