"""Whoever is paid by the hour has minutes of rest in each shift.

And none works for hours without a pause.
"""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan
from planner.rules.cells import PlanItems, Where, in_column
from planner.rules.consecutive_contact import overruns
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.rule import Parameter, Rule, Setting, Strength, Violation
from planner.rules.settings import parameter
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes of rest that a day lacks, and minutes by which a stretch of work is too long."""
    for (name, day), placements in plan.placed.items():
        person = problem.person_of.get(name)
        if person is None or not person.hourly:
            continue
        rest, per, most = (
            parameter(problem, RULE, key, (name, day)) or 0 for key in RULE.parameters
        )
        worked = person.role.duty_of_shift(placements[-1].end - placements[0].start)
        due = rest * (worked // per)
        short = due - (worked - _taken(problem, plan, person, placements))
        if short > 0:
            message = (
                f"{person.name} has {max(0, due - short)} minutes of rest on {day}; {due} "
                f"are due in {worked} minutes of work."
            )
            yield Violation(RULE.key, (name, day), short, message)
        for session, begin, over in overruns(plan.day_of.get((name, day), []), rest, most):
            message = (
                f"{person.name} works {over + most} minutes from {clock(begin)} on {day} without "
                f"{rest} minutes of rest;"
                f" {most} are allowed."
            )
            yield Violation(RULE.key, (name, day, session.service), over, message)


def _taken(problem: Problem, plan: Plan, person: Person, placements: list[Placement]) -> int:
    """Minutes of the shift that sessions, duties, preparation and ways between schools take."""
    day, begin, end = placements[0].day, placements[0].start, placements[-1].end
    sessions = plan.day_of.get((person.id, day), [])
    spans = [(s.start, s.end) for s in sessions] + plan.preparation(person.id, day)
    ways = sum(
        problem.travel_minutes(a.school, b.school) or 0
        for a, b in zip(placements, placements[1:], strict=False)
    )
    return ways + sum(max(0, min(end, finish) - max(begin, start)) for start, finish in spans)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The work that goes on too long, or all of a day that leaves too little rest."""
    sessions = plan.day_of.get((where[0], where[1]), ())
    return in_column([s for s in sessions if where[2:] in ((), (s.service,))], "start")


def _stopped(ways: Stopped) -> str:
    return f"{ways.names} would have too little rest in {ways.service.id}'s windows."


RULE = Rule(
    key="rest_breaks",
    title="Rest of hourly staff",
    sentence="Hourly staff have paid minutes of rest for every few hours of a shift, and never "
    "work for hours without a pause.",
    formula="obligation − sessions − duties − preparation − travel ≥ rest_minutes × ⌊obligation ÷ "
    "rest_per⌋;"
    " end − begin of a stretch of sessions and duties ≤ work_without_rest; a stretch ends with a "
    "pause ≥ rest_minutes",
    unit="minutes",
    violations=violations,
    readers=Readers.EVERYBODY,
    default=Setting(Strength.OFF),
    source="WAC 296-126-092, rest periods (preset us-wa)",
    scopes=frozenset({"role"}),
    parameters={
        "rest_minutes": Parameter("Minutes of a rest", "10"),
        "rest_per": Parameter("Minutes of duty for each of which one is due", "240"),
        "work_without_rest": Parameter("Most minutes of work on end", "180"),
    },
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=10, words=_stopped),
    hr=HrSection.WEEK,
    needs_whole_person=True,
)
