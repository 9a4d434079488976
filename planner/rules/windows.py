"""Sessions lie inside the service's windows.

A block that permits them, or the windows given instead.
"""

from collections.abc import Iterator

from planner.facts.cell_formats import clock, write_days, write_windows
from planner.facts.group_rows import Group
from planner.facts.problem import Problem
from planner.facts.schools import Block
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.rules.cells import Where, guilty_alone
from planner.rules.opening_hours import open_then
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each session that lies outside."""
    for session in plan.sessions:
        reason = _reason(problem, problem.service_of[session.service], session)
        if reason:
            when = f"{session.day} {clock(session.start)}–{clock(session.end)}"
            yield Violation(
                RULE.key,
                (session.service, session.day),
                1,
                f"{session.service} on {when}: {reason}.",
            )


def _reason(problem: Problem, service: Service, session: Session) -> str:
    row = service.group or service.duty
    assert row is not None
    if row.windows and not any(
        w.day == session.day and w.start <= session.start and session.end <= w.end
        for w in row.windows
    ):
        return "outside the windows given for it"
    if service.school and not service.in_shift and not row.windows:
        hours = problem.hours(service.school, session.day)
        if hours is None or session.start < hours[0] or session.end > hours[1]:
            return f"{problem.schools[service.school].name} is closed"
    return _group_reason(problem, service.group, session) if service.group else ""


def _group_reason(problem: Problem, group: Group, session: Session) -> str:
    for window in group.busy:
        if window.day == session.day and session.start < window.end and window.start < session.end:
            return f"the group is busy from {clock(window.start)} to {clock(window.end)}"
    if group.windows:
        return ""
    for grade in group.grades:
        blocks = problem.blocks_of.get((group.school, grade), ())
        if not any(permits(block, group) and _inside(block, session) for block in blocks):
            return f"grade {grade} has no block then that permits {group.mode.replace('_', ' ')}"
    return ""


def permits(block: Block, group: Group) -> bool:
    """Whether a block permits a group's mode: pull-out where pulling is allowed, else push-in in
    that subject's block.
    """
    if group.mode in ("pull_out", "off_site"):
        return block.allows_pull_out
    return block.allows_push_in and (
        not group.subject or not block.subject or group.subject == block.subject
    )


def _inside(block: Block, session: Session) -> bool:
    return (
        (not block.days or session.day in block.days)
        and block.start <= session.start
        and session.end <= block.end
    )


def _stopped(ways: Stopped) -> str:
    service, group = ways.service, ways.service.group
    if group is None or group.windows:
        return (
            f"No window given for {service.id} holds {service.lengths_said} minutes while the "
            "school is open."
        )
    return (
        f"No block of grade {', '.join(group.grades)} at {ways.school} permits "
        f"{group.mode.replace('_', ' ')} for {service.lengths_said} minutes"
        + (" in all these grades at once." if len(group.grades) > 1 else ".")
    )


def _asked(problem: Problem, where: Where) -> str:
    service = problem.service_of.get(where[0])
    return (
        f"{service.id} may be only in its windows: {_windows(problem, service)}." if service else ""
    )


def _windows(problem: Problem, service: Service) -> str:
    """A service's windows as they are typed: those given for it, or the blocks that permit it,
    grade by grade.
    """
    row = service.group or service.duty
    if row and row.windows:
        return write_windows(row.windows, problem.data.reading) + open_then(
            problem, service, row.windows[0].day
        )
    if service.group is None:
        return "while the school is open"
    texts = []
    for grade in service.group.grades:
        times = [
            f"{write_days(b.days or problem.cycle, problem.data.reading)} "
            f"{clock(b.start)}-{clock(b.end)}"
            for b in problem.blocks_of.get((service.school, grade), ())
            if permits(b, service.group)
        ]
        texts.append(f"grade {grade}: {'; '.join(times) or 'no block'}")
    return ", and ".join(texts)


RULE = Rule(
    key="windows",
    title="Windows",
    sentence="Sessions lie inside one window of the service: no pull from core, lunch or recess; "
    "push-in only in that"
    " subject's block.",
    formula="for each session there is a window w, for each of its grades: w.start ≤ start, end ≤ "
    "w.end",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"tier", "school"}),
    cells=guilty_alone(violations, "start"),
    stops=Stops(Judges.TIME, rank=2, words=_stopped),
    asks=_asked,
    is_final=True,
)
