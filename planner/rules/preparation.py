"""Everybody who works a day has the job class's minutes of preparation in it.

Only blocks of 20 minutes or more count.
"""

from collections.abc import Iterator

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import PlanItems, Where, cutting, in_column, placements_of
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops

SHORTEST_BLOCK = 20


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes of preparation that a day lacks."""
    for person in problem.people:
        for day in problem.cycle:
            if not plan.placed.get((person.id, day)):
                continue
            short = person.role.prep_minutes - _given(problem, plan, person, day)
            if short > 0:
                message = (
                    f"{person.name} lacks {short} of {person.role.prep_minutes} minutes of "
                    f"preparation on {day} (blocks of"
                    f" {SHORTEST_BLOCK} minutes or more count)."
                )
                yield Violation(RULE.key, (person.id, day), short, message)


def _given(problem: Problem, plan: Plan, person: Person, day: str) -> int:
    """Minutes of preparation that count: undisturbed blocks inside the shift, and duties of kind
    planning.
    """
    placements = plan.placed[person.id, day]
    sessions = plan.day_of.get((person.id, day), [])
    taken = (
        [(s.start, s.end) for s in sessions] + plan.lunches(person.id, day) + person.busy_on(day)
    )
    minutes, free_from = 0, placements[0].start
    for start, end in plan.preparation(person.id, day):
        undisturbed = not any(begin < end and start < finish for begin, finish in taken)
        if (
            undisturbed
            and end - start >= SHORTEST_BLOCK
            and start >= free_from
            and end <= placements[-1].end
        ):
            minutes += end - start
            free_from = end
    return minutes + sum(s.minutes for s in sessions if problem.service_of[s.service].planning)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The blocks, and what cuts into them."""
    placed = placements_of(plan, *where)
    spans = [block for p in placed for block in p.preparation]
    return [
        *in_column(placed, "preparation"),
        *in_column(cutting(plan, where, spans), "start"),
    ]


def _stopped(ways: Stopped) -> str:
    return (
        f"What is left of {ways.service.id}'s windows is needed for the preparation of "
        f"{ways.names}."
    )


def _asked(problem: Problem, where: Where) -> str:
    person = problem.person_of.get(where[0])
    day = f" on {where[1]}" if len(where) > 1 and where[1] in problem.cycle else ""
    return (
        f"{person.name} has {person.role.prep_minutes} minutes of preparation{day}, in blocks of "
        "20 or more."
        if person
        else ""
    )


RULE = Rule(
    key="preparation",
    title="Preparation",
    sentence="Every worked day holds the job class's minutes of preparation, in blocks of 20 "
    "minutes or more, free of"
    " sessions, duties, lunch and travel.",
    formula="Σ blocks of ≥ 20 minutes + planning duties ≥ prep_minutes(p), each worked day",
    unit="minutes short",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    scopes=frozenset({"role"}),
    columns=("prep_minutes",),
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=16, words=_stopped, keeps_breaks=True),
    asks=_asked,
)
