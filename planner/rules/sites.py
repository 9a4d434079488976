"""Nobody works at more schools a day or a cycle than the job class allows, and only at schools of the contract."""

from collections.abc import Iterator

from planner.plan import Plan
from planner.problem.problem import Problem
from planner.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Schools too many."""
    for person in problem.people:
        seen: set[str] = set()
        for day in problem.cycle:
            schools = {p.school for p in plan.placed.get((person.id, day), ())}
            seen |= schools
            over = len(schools) - person.role.max_sites_per_day
            if over > 0:
                message = f"{person.name} is at {len(schools)} schools on {day}; {person.role.max_sites_per_day} is the most."
                yield Violation(RULE.key, (person.id, day), over, message)
        for school in sorted(seen - set(person.schools)):
            yield Violation(RULE.key, (person.id, school), 1, f"{person.name} does not work at {school}.")
        most = person.role.max_sites
        if most is not None and len(seen) > most:
            message = f"{person.name} works at {len(seen)} schools a cycle; {most} is the most."
            yield Violation(RULE.key, (person.id,), len(seen) - most, message)


RULE = Rule(
    key="sites",
    title="Sites a day and a cycle",
    sentence="Nobody works at more schools a day or a cycle than the job class allows.",
    formula="schools(p, day) ≤ max_sites_per_day(p); schools(p) ≤ max_sites(p)",
    unit="schools",
    violations=violations,
    scopes=frozenset({"role"}),
    columns=("max_sites_per_day", "max_sites"),
)
