"""Nobody works at more schools a day or a cycle than the job class allows.

And only at places of the contract.

Places off site (a district's office, a youth club) are no schools, and are not counted.
"""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import PlanItems, Where, in_column, placements_of
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Schools too many."""
    for person in problem.people:
        places: set[str] = set()
        for day in problem.cycle:
            here = {p.school for p in plan.placed.get((person.id, day), ())}
            places |= here
            schools = here - person.off_site
            over = len(schools) - person.role.max_sites_per_day
            if over > 0:
                message = (
                    f"{person.name} is at {len(schools)} schools on {day}; "
                    f"{person.role.max_sites_per_day} is the most."
                )
                yield Violation(RULE.key, (person.id, day), over, message)
        for place in sorted(places - set(person.schools)):
            yield Violation(
                RULE.key, (person.id, place), 1, f"{person.name} does not work at {place}."
            )
        most, visited = person.role.max_sites, len(places - person.off_site)
        if most is not None and visited > most:
            message = f"{person.name} works at {visited} schools a cycle; {most} is the most."
            yield Violation(RULE.key, (person.id,), visited - most, message)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    person, other = where[0], where[1] if len(where) > 1 else ""
    placed = placements_of(plan, person, other if other in problem.cycle else "")
    return in_column(
        [p for p in placed if other not in problem.schools or p.school == other], "school"
    )


RULE = Rule(
    key="sites",
    title="Sites a day and a cycle",
    sentence="Nobody works at more schools a day or a cycle than the job class allows; places off "
    "site do not count.",
    formula="schools(p, day) ≤ max_sites_per_day(p); schools(p) ≤ max_sites(p); a place of kind "
    "off_site is no school",
    unit="schools",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"role"}),
    columns=("max_sites_per_day", "max_sites"),
    cells=_cells,
    stops=Stops(Judges.NOTHING, because="a session changes nobody's schools"),
    is_about_places=True,
    is_over_the_week=True,
)
