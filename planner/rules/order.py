"""A duty that comes after another one waits for it: the debrief for its observation."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each session that begins before as many of the earlier duty have ended."""
    place = {day: number for number, day in enumerate(problem.cycle)}

    def begins(session: Session) -> tuple[int, int]:
        return place[session.day], session.start

    for service in problem.services:
        earlier = service.duty.after if service.duty else ""
        ends = [(place[s.day], s.end) for s in plan.sessions_of.get(earlier, ())] if earlier else []
        for number, session in enumerate(
            sorted(plan.sessions_of.get(service.id, ()), key=begins) if earlier else (), start=1
        ):
            if sum(end <= begins(session) for end in ends) < number:
                message = (
                    f"{service.id} on {session.day} at {clock(session.start)} comes before "
                    f"the {earlier} that it follows."
                )
                yield Violation(RULE.key, (service.id, session.day), 1, message)


def _stopped(ways: Stopped) -> str:
    service = ways.service
    earlier = service.duty.after if service.duty else ""
    return f"{service.id} must wait for {earlier}, and no time is left after it."


RULE = Rule(
    key="order",
    title="Order of duties",
    sentence="A duty that comes after another one waits for it: the first session for the first, "
    "the second for the second.",
    formula="before the k-th session of d begins, k sessions of after(d) have ended, through the "
    "cycle",
    unit="sessions",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"school"}),
    stops=Stops(Judges.NEAR, rank=3, words=_stopped),
)
