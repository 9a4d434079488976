"""Required duties take place."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import Where, dosage_cells
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions of required duties that are missing."""
    for service in problem.services:
        missing = service.sessions - len(plan.sessions_of.get(service.id, ()))
        if service.required and missing > 0:
            message = (
                f"The required duty {service.id} lacks {missing} of {service.sessions} sessions."
            )
            yield Violation(RULE.key, (service.id,), missing, message)


def _asked(problem: Problem, where: Where) -> str:
    service = problem.service_of.get(where[0])
    return (
        f"The duty {service.id} is required: {service.sessions} × {service.longest} minutes a "
        "cycle."
        if service
        else ""
    )


RULE = Rule(
    key="required_duties",
    title="Required duties",
    sentence="Required duties take place in full.",
    formula="sessions(d) = owed(d) for each required duty d",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    cells=dosage_cells,
    stops=Stops(Judges.NOTHING, because="it asks for sessions and forbids none"),
    asks=_asked,
)
