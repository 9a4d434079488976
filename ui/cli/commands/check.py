"""`planner check`: check an existing plan against every rule, without a solver.

The plan may have been edited by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from planner.document.document_reading import read_origin
from planner.document.edits import Changes, changes
from planner.document.plan_cells import cells, places_of
from planner.document.plan_file import plan_beside, read_rows
from planner.document.plan_rows import PlanRead
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import GoalResult, Unserved
from planner.rules import RULE_OF
from planner.rules.checker import goal_values, notes, violations
from planner.rules.explanations import left_out, unserved
from planner.rules.goals.goal_text import goal_text
from planner.rules.rule import Strength, Violation
from planner.sheets.dataset import dataset_hash
from planner.words.wording import Words
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.plan_choice import found_plan
from ui.cli.streams import print_json
from ui.render.cut_lines import cut_lines
from ui.render.goal_lines import goal_lines
from ui.render.left_out_lines import left_out_lines

MOST_CELLS = 6


@dataclass(frozen=True)
class Compared:
    """What an edited plan changed against the plan that was written, and what that one reached."""

    changes: Changes
    before: Plan
    goals: dict[str, int]


@dataclass(frozen=True)
class Checked:
    """What the check says of a plan."""

    problem: Problem
    read: PlanRead
    broken: list[Violation]
    noted: list[Violation]
    goals: dict[str, int]
    unserved: tuple[Unserved, ...]
    compared: Compared | None = None
    warning: str = ""

    @property
    def lost(self) -> list[Unserved]:
        """What gets less than it got before the plan was edited."""
        return [
            left for left in self.unserved if left.sessions_given < self.given_before(left.service)
        ]

    @property
    def short(self) -> list[Unserved]:
        """What gets less than it is owed, and got no more before."""
        lost = self.lost
        return [
            left
            for left in left_out(self.problem, self.read.plan, self.unserved)
            if left not in lost
        ]

    def given_before(self, service: str) -> int:
        """Sessions of a service before the plan was edited; 0 where that is not known."""
        return len(self.compared.before.sessions_of.get(service, ())) if self.compared else 0


def run(
    path: Path,
    data: Path | None,
    example: str | None,
    *,
    scenario: Path | None = None,
    as_json: bool,
) -> Exit:
    """Check and say. Raises WrongInput or DatasetError where plan or dataset cannot be read."""
    checked = _check(found_plan(path), opened(data, example, scenario))
    if as_json:
        print_json(_as_data(checked))
    else:
        if checked.warning:
            typer.echo(checked.warning, err=True)
        typer.echo("\n".join(_lines(checked)))
    return Exit.BROKEN_RULE if checked.broken else Exit.DONE


def _check(path: Path, problem: Problem) -> Checked:
    asked, read = problem, read_rows(path, problem)
    plan, problem = read.plan, read.problem
    is_json = path.suffix.lower() == ".json"
    before = None if is_json else plan_beside(path, asked)
    return Checked(
        problem,
        read,
        violations(problem, plan, strength=Strength.HARD),
        notes(problem, plan),
        goal_values(problem, plan),
        unserved(problem, plan),
        None
        if before is None
        else Compared(changes(before, plan), before, goal_values(problem, before)),
        _warning(path, asked) if is_json else "",
    )


def _warning(path: Path, problem: Problem) -> str:
    """What to say where a `plan.json` was made from other facts than it is checked against."""
    origin = read_origin(path)
    if origin.dataset_hash == dataset_hash(problem.data):
        return ""
    if origin.changes and origin.scenario != problem.name:
        return (
            f"Take care: {path.name} was made under the scenario '{origin.scenario}'. "
            "Give its file with --scenario."
        )
    return (
        f"Take care: {path.name} was made from another dataset, or the dataset has changed since."
    )


def _lines(checked: Checked) -> Iterator[str]:
    words = Words(checked.problem.data.district.locale)
    if told := list(cut_lines(checked.problem, checked.read.plan)):
        yield from [*told, ""]
    if checked.broken:
        yield f"{words.counted(len(checked.broken), 'breach', 'breaches')} of hard rules:"
        yield from _sentences(checked, checked.broken)
    else:
        yield "No hard rule is broken."
    if checked.noted:
        yield f"{words.counted(len(checked.noted), 'note')}:"
        yield from _sentences(checked, checked.noted)
    if checked.compared:
        yield ""
        yield (
            "Against the plan that was written: "
            f"{_changed(checked.compared, checked.goals, words)}."
        )
    for title, found in (
        ("No longer served as it was", checked.lost),
        ("Less than owed", checked.short),
    ):
        told = list(left_out_lines(title, checked.problem, found, words, "--json gives them all"))
        yield from ["", *told] if told else []
    yield ""
    yield "Goals, recomputed from this plan"
    yield from goal_lines(
        [goal_text(GoalResult(goal, value, None), words) for goal, value in checked.goals.items()]
    )


def _changed(compared: Compared, goals: dict[str, int], words: Words) -> str:
    """`3 sessions moved, 1 added; tier 2 minutes 11,160 → 11,040`."""
    parts = [compared.changes.in_words(words) or "no row differs"]
    for goal, after in goals.items():
        before = compared.goals[goal]
        if before != after:
            was, now = (
                goal_text(GoalResult(goal, value, None), words) for value in (before, after)
            )
            parts.append(f"{was.title[:1].lower()}{was.title[1:]} {was.value} → {now.value}")
    return "; ".join(parts)


def _sentences(checked: Checked, found: list[Violation]) -> Iterator[str]:
    """Sentences under the rule that they are about, with the cells where they are known."""
    for rule in dict.fromkeys(violation.rule for violation in found):
        yield f"  {RULE_OF[rule].title}"
        for violation in (each for each in found if each.rule == rule):
            places = list(cells(places_of(violation, checked.problem, checked.read), MOST_CELLS))
            yield f"    {violation.message}" + (f" ({', '.join(places)})" if places else "")


def _as_data(checked: Checked) -> dict[str, Any]:
    return {
        "clean": not checked.broken,
        "broken": [_violation(checked, violation) for violation in checked.broken],
        "noted": [_violation(checked, violation) for violation in checked.noted],
        "goals": checked.goals,
        "unserved": [
            {
                "service": left.service,
                "sessions_owed": left.sessions_owed,
                "sessions_given": left.sessions_given,
                "sessions_before": checked.given_before(left.service) if checked.compared else None,
                "rule": left.rule,
                "reason": left.reason,
            }
            for left in checked.unserved
        ],
        "changed": None if checked.compared is None else _compared(checked.compared),
        "warnings": [checked.warning] if checked.warning else [],
    }


def _compared(compared: Compared) -> dict[str, Any]:
    return compared.changes.counts() | {"goals_before": compared.goals}


def _violation(checked: Checked, violation: Violation) -> dict[str, Any]:
    return {
        "rule": violation.rule,
        "subject": [part for part in violation.where if part],
        "amount": violation.amount,
        "unit": RULE_OF[violation.rule].unit,
        "message": violation.message,
        "places": [
            {
                "sheet": place.row.sheet,
                "row": place.row.number,
                "column": place.column,
                "cell": place.cell or None,
            }
            for place in places_of(violation, checked.problem, checked.read)
        ],
    }
