"""Whoever serves a group is paid by money that may serve its students."""

from collections.abc import Iterator

from planner.facts.fund_students import funds_allow
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import about
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stops
from planner.words.wording import listed


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each adult of a session whom no fund pays that may serve the group."""
    for session in plan.sessions:
        service = problem.service_of[session.service]
        for name in session.staff:
            if not funds_allow(problem, name, service):
                person = problem.person_of.get(name)
                message = (
                    f"{person.name if person else name} may not serve {service.id}: "
                    f"{paid_wrongly(problem, name)}."
                )
                yield Violation(RULE.key, (service.id, name), 1, message)


def paid_wrongly(problem: Problem, person: str) -> str:
    """What stands against somebody whose funds may not serve a group, in words."""
    return (
        f"none of the funds that pay them ({listed(problem.funds_of[person])}) may serve its "
        "tier and students"
    )


RULE = Rule(
    key="fund_students",
    title="Students of a fund",
    sentence="A group is served by people of whom some fund may serve its tier and its students, "
    "by their tags; people whom no fund"
    " pays may serve any.",
    formula="for each adult p of a session of g with funds: some fund f of p has tier(g) ∈ "
    "tiers(f) and tags(g) ∩ tags(f) ≠ ∅",
    unit="adults",
    violations=violations,
    readers=Readers.MONEY,
    source="LAUSD Program and Budget Handbook 2025-26, p. 85",
    scopes=frozenset({"tier", "school"}),
    cells=about("staff"),
    stops=Stops(Judges.ADULT, rank=2),
    hr=HrSection.WEEK,
)
