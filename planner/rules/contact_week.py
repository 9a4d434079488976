"""Nobody delivers groups for more minutes in a week than the job class allows."""

from collections.abc import Iterator

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import PlanItems, Where, contact_cells
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes of contact over the limit, week by week of the cycle."""
    for person in problem.people:
        for number, week in enumerate(problem.weeks):
            limit = person.most_contact(number)
            if limit is None:
                continue
            minutes = sum(
                session.minutes
                for day in week
                for session in plan.day_of.get((person.id, day), ())
                if problem.service_of[session.service].contact
            )
            if minutes > limit:
                when = "a week" if len(problem.weeks) == 1 else f"from {week[0]} to {week[-1]}"
                message = f"{person.name} delivers {minutes} minutes {when}; {limit} are allowed."
                yield Violation(
                    RULE.key, where(problem, person.id, number), minutes - limit, message
                )


def where(problem: Problem, person: str, week: int) -> Where:
    """What a limit of somebody's week is about: with the week's first day, where the cycle has
    several weeks.
    """
    return (person,) if len(problem.weeks) == 1 else (person, problem.weeks[week][0])


def cycle_contact(problem: Problem, person: Person) -> int | None:
    """Most minutes of contact in the whole cycle, by its weeks; None for no limit."""
    limits = [person.most_contact(number) for number in range(len(problem.weeks))]
    known = [limit for limit in limits if limit is not None]
    return sum(known) if len(known) == len(limits) else None


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """Every group that somebody delivers in the week."""
    week = next((week for week in problem.weeks if where[1:] in ((), week[:1])), ())
    for day in week:
        yield from contact_cells(problem, plan, (where[0], day))


def _stopped(ways: Stopped) -> str:
    deliver = "deliver" if ways.several else "delivers"
    return f"{ways.names} already {deliver} as many minutes a week as the job class allows."


def _asked(problem: Problem, where: Where) -> str:
    person = problem.person_of.get(where[0])
    limit = person.role.max_contact_week if person else None
    if person is None or limit is None:
        return ""
    return f"{person.name} delivers groups for {limit} minutes a week at most."


RULE = Rule(
    key="contact_week",
    title="Contact minutes a week",
    sentence="Nobody delivers groups for more minutes in a week than the job class allows.",
    formula="Σ minutes of p's groups in a week of the cycle ≤ max_contact_week(p)",
    unit="minutes over",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    scopes=frozenset({"role"}),
    columns=("max_contact_week",),
    cells=_cells,
    stops=Stops(Judges.WEEK, rank=17, words=_stopped),
    asks=_asked,
    is_final=True,
)
