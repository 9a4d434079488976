"""Whoever is paid by the hour begins their meal neither too soon nor too late in a long shift."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import lunch_cells
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.rule import Parameter, Rule, Setting, Strength, Violation
from planner.rules.settings import parameter
from planner.rules.stops import Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each long shift without a meal at the right time; lunch is the meal."""
    for (name, day), placements in plan.placed.items():
        person = problem.person_of.get(name)
        if person is None or not person.hourly:
            continue
        limits = {key: parameter(problem, RULE, key, (name, day)) or 0 for key in RULE.parameters}
        begin, end, after = placements[0].start, placements[-1].end, limits["meal_after"]
        earliest, latest = begin + limits["meal_from"], begin + limits["meal_to"]
        lunches = plan.lunches(name, day)
        if end - begin <= after or any(
            earliest <= start <= latest and end - over <= after for start, over in lunches
        ):
            continue
        eaten = f"begins at {clock(lunches[0][0])}" if lunches else "is missing"
        message = (
            f"{person.name}'s meal on {day} {eaten}; in a shift from {clock(begin)} to "
            f"{clock(end)} it begins between"
            f" {clock(max(earliest, end - after - person.lunch_minutes))} and {clock(latest)}."
        )
        yield Violation(RULE.key, (name, day), 1, message)


def _stopped(ways: Stopped) -> str:
    return f"What is left of {ways.service.id}'s windows is needed for the meal of {ways.names}."


RULE = Rule(
    key="meal_period",
    title="Meal of hourly staff",
    sentence="In a long shift of hourly staff the meal is neither too soon nor too late, and "
    "nobody works too long without one.",
    formula="shift longer than meal_after: meal_from ≤ lunch − shift.start ≤ meal_to; shift.end − "
    "end of lunch ≤ meal_after",
    unit="days",
    violations=violations,
    readers=Readers.EVERYBODY,
    default=Setting(Strength.OFF),
    source="WAC 296-126-092, meal periods (preset us-wa)",
    scopes=frozenset({"role"}),
    parameters={
        "meal_from": Parameter(
            "Minutes of the shift after which the meal begins at the earliest", "120"
        ),
        "meal_to": Parameter("Minutes of the shift after which it begins at the latest", "300"),
        "meal_after": Parameter(
            "A longer shift has a meal, and no more minutes of it follow the meal", "300"
        ),
    },
    cells=lunch_cells,
    stops=Stops(Judges.NEAR, rank=15, words=_stopped, keeps_breaks=True),
    hr=HrSection.WEEK,
    needs_whole_person=True,
)
