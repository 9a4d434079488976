"""What a solve reached, as a planner reads it in a terminal, and the same as data."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from planner.document.edits import KeptDecisions
from planner.document.plan_document import PlanDocument
from planner.facts.problem import Problem
from planner.plan.measures import Measures, measure
from planner.plan.plan import Plan
from planner.plan.result import Result
from planner.render.workbook.summary_sheet import checked, nothing_to_plan, searched
from planner.rules.explanations import left_out
from planner.rules.goals.goal_text import goal_text
from planner.words.wording import Words, period, plural
from ui.app.plan_folder import about
from ui.render.cut_lines import cut_lines
from ui.render.goal_lines import goal_lines
from ui.render.left_out_lines import MOST_SHOWN, left_out_lines

FEWEST_OF_A_RULE = 2
LEFT_OUT = "see the sheet left out in plan.xlsx"
STOPPED = {
    "interrupt": "Stopped on your request; the plan below is the best so far.",
    "deadline": "The time was over; the plan below is the best so far.",
}


def as_text(
    problem: Problem,
    result: Result,
    files: Sequence[Path],
    kept: KeptDecisions | None = None,
    scenario: Sequence[str] = (),
) -> str:
    """Who is served, what is left out and why, what each goal reached, what the check found, and
    where the files are; before it all, what a scenario changed and what was kept of another plan.
    """
    words = Words(problem.data.district.locale)
    district = problem.data.district
    plan = result.plan or Plan()
    measures = measure(problem, plan)
    parts = [
        [f"{problem.name}: {period(problem.cycle)} of {words.day(district.day_planned)}"],
        list(scenario),
        list(cut_lines(problem, plan)),
        [STOPPED.get(result.stopped) or searched(result)],
        list(kept_lines(kept, words)) if kept else [],
        [nothing] if (nothing := nothing_to_plan(problem, plan, words)) else [],
        list(_served(problem, measures, words)),
        list(
            left_out_lines(
                "Less than owed", problem, left_out(problem, plan, result.unserved), words, LEFT_OUT
            )
        ),
        list(_training(measures, words)),
        list(_goals(result, words)),
        list(_findings(result, words)),
        [
            f"{str(path).ljust(max(len(str(file)) for file in files))}  {about(path)}"
            for path in files
        ],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def kept_lines(kept: KeptDecisions, words: Words) -> Iterator[str]:
    """What was kept of another plan, and what of it was changed and is not held."""
    if kept.edits:
        yield f"Kept: {kept.in_words(words)}. The rest began as it is in that plan."
    elif kept.free or kept.training:
        yield "Kept: nothing. The search began with that plan."
    else:
        yield "Kept: nothing, as no row was changed. The search began with that plan."
    if kept.free:
        days = words.counted(kept.free, "day")
        yield f"{days} changed in a shift's end or in preparation alone; these are planned anew."
    if kept.training:
        rows = words.counted(kept.training, "row")
        yield (
            f"{rows} of the sheet training {plural(kept.training, 'is', 'are')} not held: "
            "training is planned anew."
        )


def _served(problem: Problem, measures: Measures, words: Words) -> Iterator[str]:
    if measures.tiers:
        yield "Served"
    for tier, dose in measures.tiers.items():
        amount = f"{words.minutes(dose.delivered)} of {words.minutes(dose.owed)}"
        yield f"  Tier {tier}  {words.percent(dose.share).rjust(6)}  {amount}"
    worst = problem.schools.get(measures.worst_school)
    if worst and len(measures.schools) > 1:
        yield (
            f"  Worst-served school: {worst.name}, "
            f"{words.percent(measures.schools[worst.school].share)}"
        )


def _training(measures: Measures, words: Words) -> Iterator[str]:
    deadlines = measures.deadlines
    if deadlines.owed:
        kept = f"{words.number(deadlines.delivered)} of {words.count(deadlines.owed, 'deadline')}"
        yield f"Training: {kept} met; see the sheet deadlines in plan.xlsx."


def _goals(result: Result, words: Words) -> Iterator[str]:
    told = [goal_text(goal, words) for goal in result.goals]
    yield "Goals, the first matters most"
    for line, goal in zip(goal_lines(told), told, strict=True):
        yield f"{line}: {goal.possible}"


def _findings(result: Result, words: Words) -> Iterator[str]:
    """What the check found, some of it for every rule."""
    yield checked(result, words)
    rules = list(dict.fromkeys(finding.rule for finding in result.findings))
    most = max(FEWEST_OF_A_RULE, MOST_SHOWN // max(1, len(rules)))
    shown = [
        finding
        for rule in rules
        for finding in [f for f in result.findings if f.rule == rule][:most]
    ]
    for finding in shown:
        yield f"  {finding.message}"
    if len(result.findings) > len(shown):
        yield f"  … and {words.number(len(result.findings) - len(shown))} more."


def as_data(
    document: PlanDocument, files: Sequence[Path], kept: KeptDecisions | None = None
) -> dict[str, Any]:
    """The same for machines, from what `plan.json` holds."""
    found = document.as_data()
    return {
        "scenario": found["scenario"],
        "changes": found["changes"],
        "status": found["solver"]["status"],
        "stopped": found["solver"]["stopped"],
        "goals": found["solver"]["goals"],
        "minutes": found["measures"]["minutes"],
        "worst_school": found["measures"]["worst_school"],
        "unserved": found["unserved"],
        "findings": found["findings"],
        "kept": None if kept is None else kept.counts(),
        "files": [str(path) for path in files],
    }
