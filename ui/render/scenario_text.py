"""A scenario as a planner reads it in a terminal.

What it changes, what follows for funds, and how close its plan stayed.
"""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.plan_distance import changed, within
from planner.scenario.applying import Applied, ScenarioStep
from planner.scenario.scenario import StayClose
from planner.words.wording import Words, plural
from solver.settings import SolveSettings

MOST_SHOWN = 8
"""Differences that a summary names."""


def scenario_lines(
    applied: Applied, close: StayClose | None, problem: Problem, settings: SolveSettings, plan: Plan
) -> Iterator[str]:
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
    if close and settings.start is not None:
        count = changed(within(settings.start, problem.service_of, problem.person_of), plan)
        limit = (
            ""
            if settings.most_changes is None
            else f" of at most {words.number(settings.most_changes)}"
        )
        yield (
            f"{words.number(count)}{limit} {plural(count if not limit else 2, 'change')} "
            f"against {close.plan}."
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
    said = scenario.solve
    told = [
        f"{said.seconds:g} seconds" if said.seconds is not None else "",
        words.count(said.workers, "worker") if said.workers is not None else "",
        f"seed {said.seed}" if said.seed is not None else "",
        "reproducible" if said.reproducible else "",
    ]
    if any(told):
        yield f"Search: {', '.join(filter(None, told))}"
    close = scenario.stay_close_to
    if close:
        limit = (
            ""
            if close.max_changes is None
            else f", with at most {words.count(close.max_changes, 'change')}"
        )
        yield f"Stays close to {close.plan}{limit}"
