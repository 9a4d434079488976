"""A group keeps its adult: no more people over the cycle than the group allows."""

from collections import Counter
from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import PlanItems, Where, in_column
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops


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


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The rows of those who serve least, where somebody serves most."""
    sessions = plan.sessions_of.get(where[0], [])
    (first, most), *others = Counter(person for s in sessions for person in s.staff).most_common()
    alone = all(count < most for _, count in others)
    return in_column([s for s in sessions if not alone or set(s.staff) != {first}], "staff")


def _stopped(ways: Stopped) -> str:
    return (
        f"{ways.service.id} keeps its adults, and {ways.names} may serve no more of its sessions."
    )


RULE = Rule(
    key="one_adult",
    title="One adult",
    sentence="A group keeps its adult over the cycle (or as many as `max_people` allows, and no "
    "fewer than serve a session at once).",
    formula="distinct adults of g ≤ max(max_people(g), adults(g))",
    unit="adults",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    scopes=frozenset({"tier", "school"}),
    columns=("max_people",),
    cells=_cells,
    stops=Stops(Judges.ADULT, rank=3, words=_stopped),
    is_final=True,
)
