"""What a solve reached, as a planner reads it in a terminal, and the same as data."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from planner.explain import left_out
from planner.goal_words import said
from planner.measures import Measures, measure
from planner.plan import Plan
from planner.problem.problem import Problem
from planner.reports.blocks import service_name
from planner.reports.summary_sheet import checked, searched
from planner.result import Result
from planner.words import Words, period
from ui.goal_lines import goal_lines
from ui.plan_folder import PLAN_FILES

MOST_SHOWN = 10
FEWEST_OF_A_RULE = 2
STOPPED = {
    "interrupt": "Stopped on your request; the plan below is the best so far.",
    "deadline": "The time was over; the plan below is the best so far.",
}


def as_text(problem: Problem, result: Result, files: Sequence[Path]) -> str:
    """Who is served, what is left out and why, what each goal reached, what the check found, and where the files are."""
    words = Words(problem.data.district.locale)
    district = problem.data.district
    measures = measure(problem, result.plan or Plan())
    parts = [
        [f"{problem.name}: {period(problem.cycle)} of {words.day(district.day_planned)}"],
        [STOPPED.get(result.stopped) or searched(result)],
        list(_served(problem, measures, words)),
        list(_left_out(problem, result, words)),
        list(_training(measures, words)),
        list(_goals(result, words)),
        list(_findings(result, words)),
        [f"{str(path).ljust(max(len(str(file)) for file in files))}  {PLAN_FILES[path.name]}" for path in files],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _served(problem: Problem, measures: Measures, words: Words) -> Iterator[str]:
    if not measures.tiers:
        yield "There is no group to serve."
        return
    yield "Served"
    for tier, dose in measures.tiers.items():
        amount = f"{words.minutes(dose.delivered)} of {words.minutes(dose.owed)}"
        yield f"  Tier {tier}  {words.percent(dose.share).rjust(6)}  {amount}"
    worst = problem.schools.get(measures.worst_school)
    if worst and len(measures.schools) > 1:
        yield f"  Worst-served school: {worst.name}, {words.percent(measures.schools[worst.school].share)}"


def _left_out(problem: Problem, result: Result, words: Words) -> Iterator[str]:
    found = left_out(problem, result.plan or Plan(), result.unserved)
    if not found:
        return
    yield "Less than owed"
    for left in found[:MOST_SHOWN]:
        service = problem.service_of[left.service]
        place = f", {problem.schools[service.school].name}" if service.school else ""
        given = words.number(left.sessions_given) if left.sessions_given else "none"
        amount = f"{given} of {words.count(left.sessions_owed, 'session')}"
        yield f"  {service_name(problem, service)}{place}: {amount}. {left.reason}".rstrip()
    if len(found) > MOST_SHOWN:
        yield f"  … and {words.number(len(found) - MOST_SHOWN)} more; see the sheet left out in plan.xlsx."


def _training(measures: Measures, words: Words) -> Iterator[str]:
    deadlines = measures.deadlines
    if deadlines.owed:
        kept = f"{words.number(deadlines.delivered)} of {words.count(deadlines.owed, 'deadline')}"
        yield f"Training: {kept} met; see the sheet deadlines in plan.xlsx."


def _goals(result: Result, words: Words) -> Iterator[str]:
    told = [said(goal, words) for goal in result.goals]
    yield "Goals, the first matters most"
    for line, goal in zip(goal_lines(told), told, strict=True):
        yield f"{line}: {goal.possible}"


def _findings(result: Result, words: Words) -> Iterator[str]:
    """What the check found, some of it for every rule."""
    yield checked(result, words)
    rules = list(dict.fromkeys(finding.rule for finding in result.findings))
    most = max(FEWEST_OF_A_RULE, MOST_SHOWN // max(1, len(rules)))
    shown = [finding for rule in rules for finding in [f for f in result.findings if f.rule == rule][:most]]
    for finding in shown:
        yield f"  {finding.message}"
    if len(result.findings) > len(shown):
        yield f"  … and {words.number(len(result.findings) - len(shown))} more."


def as_data(document: dict[str, Any], files: Sequence[Path]) -> dict[str, Any]:
    """The same for machines, from what `plan.json` holds."""
    return {
        "scenario": document["scenario"],
        "status": document["solver"]["status"],
        "stopped": document["solver"]["stopped"],
        "goals": document["solver"]["goals"],
        "minutes": document["measures"]["minutes"],
        "worst_school": document["measures"]["worst_school"],
        "unserved": document["unserved"],
        "findings": document["findings"],
        "files": [str(path) for path in files],
    }
