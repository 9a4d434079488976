"""`planner check`: an existing plan, also one that was edited by hand, against every rule; no solver is involved."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from planner.checker import goal_values, notes, violations
from planner.dataset import dataset_hash
from planner.goal_words import said
from planner.plan_file import read_plan
from planner.problem.problem import Problem
from planner.result import GoalResult
from planner.rule import Strength, Violation
from planner.rules import RULE_OF
from planner.words import Words
from ui.dataset_choice import opened
from ui.exits import Exit
from ui.goal_lines import goal_lines
from ui.plan_choice import found_plan
from ui.plan_places import Place, places_in, places_of
from ui.streams import print_json


@dataclass(frozen=True)
class Checked:
    """What the check says of a plan."""

    problem: Problem
    broken: list[Violation]
    noted: list[Violation]
    goals: dict[str, int]
    places: tuple[Place, ...]
    warning: str = ""


def run(path: Path, data: Path | None, example: str | None, *, as_json: bool) -> Exit:
    """Check and say. Raises WrongInput or DatasetError where plan or dataset cannot be read."""
    checked = _check(found_plan(path), opened(data, example))
    if as_json:
        print_json(_as_data(checked))
    else:
        if checked.warning:
            typer.echo(checked.warning, err=True)
        typer.echo("\n".join(_lines(checked)))
    return Exit.BROKEN_RULE if checked.broken else Exit.DONE


def _check(path: Path, problem: Problem) -> Checked:
    plan = read_plan(path, problem)
    broken = violations(problem, plan, strength=Strength.HARD)
    noted = notes(problem, plan)
    is_json = path.suffix.lower() == ".json"
    places = () if is_json or not broken + noted else places_in(path, problem)
    return Checked(problem, broken, noted, goal_values(problem, plan), places, _warning(path, problem) if is_json else "")


def _warning(path: Path, problem: Problem) -> str:
    """What to say where a `plan.json` was made from other facts than it is checked against."""
    made_from = json.loads(path.read_text(encoding="utf-8")).get("dataset_hash")
    if made_from == dataset_hash(problem.data):
        return ""
    return f"Take care: {path.name} was made from another dataset, or the dataset has changed since."


def _lines(checked: Checked) -> Iterator[str]:
    words = Words(checked.problem.data.district.locale)
    if checked.broken:
        yield f"{words.counted(len(checked.broken), 'breach', 'breaches')} of hard rules:"
        yield from _sentences(checked, checked.broken)
    else:
        yield "No hard rule is broken."
    if checked.noted:
        yield f"{words.counted(len(checked.noted), 'note')}:"
        yield from _sentences(checked, checked.noted)
    yield ""
    yield "Goals, recomputed from this plan"
    yield from goal_lines([said(GoalResult(goal, value, None), words) for goal, value in checked.goals.items()])


def _sentences(checked: Checked, found: list[Violation]) -> Iterator[str]:
    """Sentences under the rule that they are about, with the rows where they are known."""
    for rule in dict.fromkeys(violation.rule for violation in found):
        yield f"  {RULE_OF[rule].title}"
        for violation in (each for each in found if each.rule == rule):
            places = places_of(violation, checked.places, checked.problem)
            yield f"    {violation.message}" + (f" ({', '.join(map(str, places))})" if places else "")


def _as_data(checked: Checked) -> dict[str, Any]:
    return {
        "clean": not checked.broken,
        "broken": [_violation(checked, violation) for violation in checked.broken],
        "noted": [_violation(checked, violation) for violation in checked.noted],
        "goals": checked.goals,
        "warnings": [checked.warning] if checked.warning else [],
    }


def _violation(checked: Checked, violation: Violation) -> dict[str, Any]:
    places = places_of(violation, checked.places, checked.problem)
    return {
        "rule": violation.rule,
        "subject": [part for part in violation.where if part],
        "amount": violation.amount,
        "unit": RULE_OF[violation.rule].unit,
        "message": violation.message,
        "places": [{"sheet": place.sheet, "row": place.row} for place in places],
    }
