"""What a teacher attends is at a time when the teacher can.

Debriefs in planning time, observations in class; so are groups that are served in a class.
"""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops, shortened

IN_PLANNING = ("debrief", "planning")
IN_CLASS = ("observation", "coaching")


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each session and teacher who cannot be there."""
    for session in plan.sessions:
        service = problem.service_of[session.service]
        yield from _outside_of_class(problem, service.teacher, session)
        kind = service.duty.kind if service.duty else ""
        for guest in service.guests if kind in (*IN_PLANNING, *IN_CLASS) else ():
            if guest in problem.teacher_times and not _there(problem, guest, kind, session):
                when = "has no planning time" if kind in IN_PLANNING else "is not in class"
                message = (
                    f"{session.service} on {session.day} at {clock(session.start)}: "
                    f"{guest} {when} then."
                )
                yield Violation(RULE.key, (session.service, session.day, guest), 1, message)


def _there(problem: Problem, teacher: str, kind: str, session: Session) -> bool:
    times = problem.teacher_times[teacher]
    spans = times.planning(session.day) if kind in IN_PLANNING else times.teaching(session.day)
    return spans is None or any(
        begin <= session.start and session.end <= end for begin, end in spans
    )


def _outside_of_class(problem: Problem, teacher: str, session: Session) -> Iterator[Violation]:
    """That a group is not in its teacher's class, or would be in their planning time."""
    if teacher not in problem.teacher_times:
        return
    times = problem.teacher_times[teacher]
    taught, planned = times.teaching(session.day), times.planning(session.day) or ()
    if any(begin < session.end and session.start < end for begin, end in planned):
        when = "has planning time"
    elif taught is not None and not any(
        begin <= session.start and session.end <= end for begin, end in taught
    ):
        when = "is not in class"
    else:
        return
    message = (
        f"{session.service} on {session.day} at {clock(session.start)}: {teacher} {when} then."
    )
    yield Violation(RULE.key, (session.service, session.day, teacher), 1, message)


def _stopped(ways: Stopped) -> str:
    if ways.service.teacher:
        return (
            f"{ways.service.teacher} is not in class at the times that are left for "
            f"{ways.service.id}."
        )
    guests = shortened([*ways.service.guests])
    return f"{guests} cannot attend {ways.service.id} at the times that are left."


RULE = Rule(
    key="teacher_time",
    title="Teachers' time",
    sentence="Debriefs and planning with a teacher are in the teacher's planning time; "
    "observations, coaching and groups that are served in a teacher's class are in class, these "
    "groups never in that teacher's planning time.",
    formula="for each teacher: a planning window (debrief, planning) or a core or flex block "
    "(observation, coaching, group) holds"
    " the whole session; for a group no planning window meets it",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"school"}),
    stops=Stops(Judges.NEAR, rank=2, words=_stopped, is_absence=True),
)
