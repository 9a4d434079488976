"""No group is larger than its tier may be."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import about
from planner.rules.readers import Readers
from planner.rules.rule import Parameter, Rule, Setting, Strength, Violation
from planner.rules.settings import parameter
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Students too many, in each group that is served."""
    for group in problem.groups:
        most = parameter(problem, RULE, "max_students", (group.id,))
        over = 0 if most is None else group.size - most
        if over > 0 and plan.sessions_of.get(group.id):
            message = (
                f"{group.id} has {group.size} students; {most} are the most in tier {group.tier}."
            )
            yield Violation(RULE.key, (group.id,), over, message)


def _stopped(ways: Stopped) -> str:
    service = ways.service
    return (
        f"{service.id} has {service.size} students, more than a group of tier {service.tier} may "
        "have."
    )


RULE = Rule(
    key="group_size",
    title="Group size",
    sentence="No group that is served has more students than its tier may have.",
    formula="students(g) ≤ max_students(tier(g)) for each g that is served",
    unit="students over",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    default=Setting(Strength.SOFT),
    source="practice pages on tiers 2 and 3 (presets us-wa, us-ca-lausd); none where no "
    "jurisdiction or row says so",
    scopes=frozenset({"tier", "school"}),
    parameters={"max_students": Parameter("Most students of a group that is served")},
    cells=about("service"),
    stops=Stops(Judges.NEAR, rank=1, words=_stopped),
)
