"""No student is in two sessions at once."""

from collections.abc import Iterator
from itertools import combinations

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.rules.cells import PlanItems, Where, in_column, sessions_of
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Attempt, Judges, Stopped, Stops, at_once


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes in which a student would be in two groups."""
    for group in problem.groups:
        yield from _itself(plan, group)
    for student, groups in problem.students.items():
        sessions = sorted(
            (s for group in groups for s in plan.sessions_of.get(group.id, ())),
            key=lambda s: (s.day, s.start, s.service),
        )
        for index, first in enumerate(sessions):
            for then in sessions[index + 1 :]:
                if then.day != first.day or then.start >= first.end:
                    break
                if then.service != first.service:
                    yield Violation(
                        RULE.key,
                        (student, then.service, first.service, then.day),
                        min(first.end, then.end) - then.start,
                        f"Student {student} is in {first.service} and in {then.service} at "
                        f"{clock(then.start)} on {then.day}.",
                    )


def _itself(plan: Plan, group: Service) -> Iterator[Violation]:
    """Minutes in which a group would be in two sessions of its own (where its sessions need not be
    on different days).
    """
    for first, then in combinations(plan.sessions_of.get(group.id, ()), 2):
        if first.day == then.day and then.start < first.end:
            message = f"{group.id} has two sessions at once at {clock(then.start)} on {then.day}."
            yield Violation(RULE.key, (group.id, then.day), first.end - then.start, message)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The two sessions of a student, or of a group, that overlap."""
    services, day = (
        (where[:1] * 2, where[1]) if where[0] in problem.service_of else (where[1:3], where[3])
    )
    first, then = (sessions_of(plan, service, day) for service in services)
    return in_column(
        [s for a in first for b in then if a is not b and _overlap(a, b) for s in (a, b)], "start"
    )


def _overlap(one: Session, other: Session) -> bool:
    return one.day == other.day and one.start < other.end and other.start < one.end


def _other_group(attempt: Attempt) -> str:
    """The group in which some of the students are then."""
    services = attempt.before.problem.service_of
    students = services[attempt.session.service].students
    others = (other.service for other in at_once(attempt))
    return next((name for name in others if students & services[name].students), "")


def _stopped(ways: Stopped) -> str:
    groups = ways.common or "other groups"
    return f"The students of {ways.service.id} are in {groups} at the times that are left."


RULE = Rule(
    key="no_student_twice",
    title="No student twice",
    sentence="No student is in two groups, or in two sessions of one group, at once.",
    formula="for each student and minute: sessions of the student's groups ≤ 1",
    unit="minutes",
    violations=violations,
    readers=Readers.EVERYBODY,
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=5, words=_stopped, subject=_other_group),
    is_final=True,
)
