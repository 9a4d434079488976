"""After so much contact on end, a pause. A stretch ends only with a pause of the set length."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.cells import contact_cells
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes of clock time by which a stretch is too long, at each session that overruns."""
    for (name, day), sessions in plan.day_of.items():
        person = problem.person_of.get(name)
        if person is None:
            continue
        role = person.role
        contact = [session for session in sessions if problem.service_of[session.service].contact]
        for session, begin, over in overruns(
            contact, role.break_minutes, role.max_consecutive_minutes
        ):
            message = (
                f"{person.name} works {over + role.max_consecutive_minutes} minutes from "
                f"{clock(begin)} on {day} without a pause of"
                f" {role.break_minutes}; {role.max_consecutive_minutes} are allowed."
            )
            yield Violation(RULE.key, (name, day, session.service), over, message)


def overruns(sessions: list[Session], pause: int, most: int) -> Iterator[tuple[Session, int, int]]:
    """Each session (in order of time) at which its stretch is too long, with the stretch's begin
    and the minutes over.
    """
    begin = end = None
    for session in sessions:
        if begin is None or end is None or session.start - end >= pause:
            begin = session.start
        end = session.end if end is None else max(end, session.end)
        if end - begin > most:
            yield session, begin, end - begin - most


def _stopped(ways: Stopped) -> str:
    return f"{ways.names} would work too long without a pause in {ways.service.id}'s windows."


RULE = Rule(
    key="consecutive_contact",
    title="Consecutive contact",
    sentence="After so much contact on end comes a pause of the set length.",
    formula="end − begin of a stretch ≤ max_consecutive_minutes(p); a stretch ends with a pause ≥ "
    "break_minutes(p)",
    unit="minutes over",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"role"}),
    columns=("max_consecutive_minutes", "break_minutes"),
    cells=contact_cells,
    stops=Stops(Judges.NEAR, rank=9, words=_stopped),
    is_final=True,
)
