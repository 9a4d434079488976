"""A group gets no session, or between the fewest worth giving and what it is owed.

A session has its full length, or one of those that its group may have; these add up to no more
than what is owed.
"""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import dosage_cells
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions too few or too many; one for each session of a wrong length."""
    for service in problem.services:
        sessions = plan.sessions_of.get(service.id, [])
        for session in sessions:
            if session.minutes not in service.lengths:
                message = (
                    f"{service.id} on {session.day} takes {session.minutes} minutes "
                    f"instead of {service.lengths_said}."
                )
                yield Violation(RULE.key, (service.id, session.day), 1, message)
        given = len(sessions)
        over = service.given(plan.minutes_of(service.id)) - service.owed
        if service.varied and over > 0:
            message = (
                f"The sessions of {service.id} come to {service.owed + over} minutes a cycle "
                f"instead of {service.owed}."
            )
            yield Violation(RULE.key, (service.id,), -(-over // service.longest), message)
            continue
        off = given - service.sessions if given > service.sessions else service.fewest - given
        if given and off > 0:
            wanted = (
                f"{service.fewest} or more"
                if service.varied
                else f"{service.fewest} to {service.sessions}"
                if service.fewest < service.sessions
                else service.sessions
            )
            yield Violation(
                RULE.key,
                (service.id,),
                off,
                f"{service.id} gets {given} sessions a cycle instead of {wanted}.",
            )


RULE = Rule(
    key="dosage",
    title="Dosage",
    sentence="A service gets no session, or between the fewest worth giving and what it is owed, "
    "each of its full length, or of one of its lengths as long as they sum to no more.",
    formula="sessions(g) ∈ {0} ∪ [fewest(g), owed(g)]; Σ minutes ≤ total_minutes(g)",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.HARD}),
    scopes=frozenset({"tier", "school"}),
    columns=("min_sessions",),
    cells=dosage_cells,
    stops=Stops(
        Judges.NOTHING,
        because="one session more is a step to the dosage; too few days are told of by themselves",
    ),
)
