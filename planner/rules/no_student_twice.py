"""No student is in two groups at once."""

from collections.abc import Iterator

from planner.plan import Plan
from planner.problem.cells import clock
from planner.problem.problem import Problem
from planner.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes in which a student would be in two groups."""
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
                        (student, then.service, first.service),
                        min(first.end, then.end) - then.start,
                        f"Student {student} is in {first.service} and in {then.service} at {clock(then.start)} on {then.day}.",
                    )


RULE = Rule(
    key="no_student_twice",
    title="No student twice",
    sentence="No student is in two groups at once.",
    formula="for each student and minute: sessions of the student's groups ≤ 1",
    unit="minutes",
    violations=violations,
)
