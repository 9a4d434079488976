"""Everybody who works a day has one lunch of the set length, in its window, free of any work."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each day whose lunch is missing, short, misplaced or disturbed."""
    for person in problem.people:
        for day in problem.cycle:
            if plan.placed.get((person.id, day)) and person.lunch_minutes:
                reason = _reason(plan, person, day)
                if reason:
                    yield Violation(
                        RULE.key, (person.id, day), 1, f"{person.name} on {day}: {reason}."
                    )


def _reason(plan: Plan, person: Person, day: str) -> str:
    lunches = plan.lunches(person.id, day)
    if len(lunches) != 1:
        return "there is no duty-free lunch" if not lunches else f"there are {len(lunches)} lunches"
    start, end = lunches[0]
    placements = plan.placed[person.id, day]
    earliest, latest = person.lunch_window(placements[0].start, placements[-1].end)
    if end - start != person.lunch_minutes:
        return f"lunch lasts {end - start} minutes instead of {person.lunch_minutes}"
    if start < earliest or end > latest:
        return f"lunch at {clock(start)} is outside {clock(earliest)}–{clock(latest)}"
    for session in plan.day_of.get((person.id, day), ()):
        if session.start < end and start < session.end:
            return f"{session.service} cuts into lunch at {clock(start)}"
    if any(begin < end and start < finish for begin, finish in person.busy_on(day)):
        return f"lunch at {clock(start)} is in a time when they are busy elsewhere"
    return ""


RULE = Rule(
    key="duty_free_lunch",
    title="Duty-free lunch",
    sentence="Everybody who works a day has one lunch of the set length, in its window, free of "
    "work and travel.",
    formula="one lunch a worked day: lunch_from ≤ start, start + lunch_minutes ≤ lunch_to, and "
    "nothing else meanwhile",
    unit="days",
    violations=violations,
    scopes=frozenset({"role"}),
    columns=("lunch_from", "lunch_to"),
)
