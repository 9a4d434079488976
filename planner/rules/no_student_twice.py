"""No student is in two sessions at once."""

from collections.abc import Iterator
from itertools import combinations

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.rule import Rule, Violation


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


RULE = Rule(
    key="no_student_twice",
    title="No student twice",
    sentence="No student is in two groups, or in two sessions of one group, at once.",
    formula="for each student and minute: sessions of the student's groups ≤ 1",
    unit="minutes",
    violations=violations,
)
