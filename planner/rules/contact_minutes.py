"""Nobody delivers groups for more minutes in a day than the job class allows."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import contact_cells
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes of contact over the limit."""
    for person in problem.people:
        limit = person.role.max_contact_minutes
        if limit is None:
            continue
        for day in problem.cycle:
            sessions = plan.day_of.get((person.id, day), ())
            minutes = sum(s.minutes for s in sessions if problem.service_of[s.service].contact)
            if minutes > limit:
                message = f"{person.name} delivers {minutes} minutes on {day}; {limit} are allowed."
                yield Violation(RULE.key, (person.id, day), minutes - limit, message)


def _stopped(ways: Stopped) -> str:
    deliver = "deliver" if ways.several else "delivers"
    return f"{ways.names} already {deliver} as many minutes a day as the job class allows."


RULE = Rule(
    key="contact_minutes",
    title="Contact minutes a day",
    sentence="Nobody delivers groups for more minutes in a day than the job class allows.",
    formula="Σ minutes of p's groups in a day ≤ max_contact_minutes(p)",
    unit="minutes over",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    scopes=frozenset({"role"}),
    columns=("max_contact_minutes",),
    cells=contact_cells,
    stops=Stops(Judges.NEAR, rank=8, words=_stopped),
    is_final=True,
)
