"""A group keeps its adult: no more people over the cycle than the group allows."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.rule import Rule, Strength, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Adults too many."""
    for service in problem.groups:
        people = {
            person for session in plan.sessions_of.get(service.id, ()) for person in session.staff
        }
        most = service.most_people
        if most is not None and len(people) > most:
            names = ", ".join(sorted(people))
            message = (
                f"{service.id} is served by {len(people)} adults ({names}); {most} may share it."
            )
            yield Violation(RULE.key, (service.id,), len(people) - most, message)


RULE = Rule(
    key="one_adult",
    title="One adult",
    sentence="A group keeps its adult over the cycle (or as many as `max_people` allows).",
    formula="distinct adults of g ≤ max_people(g)",
    unit="adults",
    violations=violations,
    strengths=frozenset(Strength),
    scopes=frozenset({"tier", "school"}),
    columns=("max_people",),
)
