"""A scenario as a planner reads it in a terminal.

What it changes, what follows for funds, and how close its plan stayed.
"""

from collections.abc import Iterator

from planner.plan.plan import Plan
from planner.plan.plan_distance import changed, within
from planner.scenario.applying import Applied, ScenarioStep
from planner.scenario.scenario import SolveWishes, StayClose
from planner.words.wording import Words, plural
from ui.app.solve_request import SolveRequest

MOST_SHOWN = 8
"""Differences that a summary names."""


def scenario_lines(applied: Applied, request: SolveRequest, plan: Plan) -> Iterator[str]:
    """What a scenario changed before its plan was made, and how many changes lie between it and the
    one to stay close to.
    """
    words = Words(applied.after.district.locale)
    found = applied.differences
    yield f"Scenario on {applied.name}: {words.count(len(found), 'change')}" + (
        ":" if found else "."
    )
    yield from (f"  {difference.words}" for difference in found[:MOST_SHOWN])
    if len(found) > MOST_SHOWN:
        yield f"  … and {words.number(len(found) - MOST_SHOWN)} more (planner scenario show)"
    reference, most = request.reference, request.max_changes
    if applied.scenario.stay_close_to and request.start is None and reference:
        problem = request.problem
        count = changed(within(reference.plan, problem.service_of, problem.person_of), plan)
        limit = "" if most is None else f" of at most {words.number(most)}"
        yield (
            f"{words.number(count)}{limit} {plural(count if not limit else 2, 'change')} "
            f"against {reference.called}."
        )


def as_text(applied: Applied) -> str:
    """Every change of a scenario and of those below it, what was rounded, and the funds that are
    too small now.
    """
    words = Words(applied.after.district.locale)
    parts = [[f"{applied.scenario.name}, on {applied.name}"]]
    several = len(applied.steps) > 1
    parts += [list(_step(step, words, named=several)) for step in applied.steps]
    if applied.overdrawn:
        short = [f"  {fault.sheet} {fault.address}: {fault.what}" for fault in applied.overdrawn]
        what = "A fund is" if len(short) == 1 else "Funds are"
        parts.append(
            [
                f"{what} too small for the filled positions; the budget has to decide who stays:",
                *short,
            ]
        )
    wishes = list(_wishes(applied, words))
    return "\n\n".join("\n".join(lines) for lines in [*parts, wishes] if lines)


def _step(step: ScenarioStep, words: Words, *, named: bool) -> Iterator[str]:
    count = words.counted(len(step.differences), "change")
    yield f"{step.scenario.name} ({step.scenario.file_name}): {count.lower()}" if named else count
    yield from (f"  {difference.words}" for difference in step.differences)
    yield from (f"  Take care: {remark}" for remark in step.remarks)


def _wishes(applied: Applied, words: Words) -> Iterator[str]:
    scenario = applied.scenario
    if scenario.goals is not None:
        yield f"Goals: {', '.join(scenario.goals)}"
    told = list(search_words(scenario.solve, words))
    if told:
        yield f"Search: {', '.join(told)}"
    if scenario.stay_close_to:
        yield f"Stays close to {close_words(scenario.stay_close_to, words)}"


def search_words(wishes: SolveWishes, words: Words) -> Iterator[str]:
    """What a scenario says of the search, part by part: `7 seconds`, `seed 9`."""
    if wishes.seconds is not None:
        yield f"{wishes.seconds:g} seconds"
    if wishes.workers is not None:
        yield words.count(wishes.workers, "worker")
    if wishes.seed is not None:
        yield f"seed {wishes.seed}"
    if wishes.reproducible:
        yield "reproducible"


def close_words(close: StayClose, words: Words) -> str:
    """The plan to stay close to, with the most changes: `adopted, with at most 3 changes`."""
    most = close.max_changes
    limit = "" if most is None else f", with at most {words.count(most, 'change')}"
    return f"{close.plan}{limit}"
