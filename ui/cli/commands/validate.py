"""`planner validate`: whether a dataset is in order, and what it holds."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import typer

from planner.facts.problem import Problem
from planner.facts.sheets import SHEETS
from planner.sheets.dataset import read_tables
from planner.sheets.raw_table import RawSheet
from planner.sheets.validation import remarks, validated
from planner.words.errors import Fault
from planner.words.wording import Words, listed, period
from ui.cli.dataset_choice import chosen, opened_with
from ui.cli.exits import Exit
from ui.cli.fault_list import as_data, as_text
from ui.cli.streams import print_json

BUDGET_ONLY = (
    "pay",
    "allowances",
    "oncosts",
    "programs",
    "funds",
    "positions",
    "expenditures",
    "accounts",
)
"""Sheets that a timetable does not look at."""


def run(
    data: Path | None, example: str | None, *, scenario: Path | None = None, as_json: bool
) -> Exit:
    """Read the dataset and say what it holds, and what a timetable still needs. Raises DatasetError
    with every fault.
    """
    problem, tables, overdrawn = _read(data, example, scenario)
    notes = remarks(problem, tables, overdrawn)
    needed = [note for note in notes if note.kind == "missing"]
    if as_json:
        print_json([as_data(note) for note in notes])
    else:
        typer.echo("\n".join(_lines(problem, needed)))
        if notes:
            typer.echo(f"\n{as_text(notes)}")
    return Exit.DONE


def _read(
    data: Path | None, example: str | None, scenario: Path | None
) -> tuple[Problem, Mapping[str, RawSheet], Sequence[Fault]]:
    """The problem, its sheets, and the funds that are too small for their filled positions, as
    warnings.
    """
    if scenario is not None:
        found = opened_with(data, example, scenario)
        return (
            found.problem,
            found.tables,
            found.scenario.overdrawn if found.scenario else (),
        )
    path, name = chosen(data, example)
    tables = read_tables(path)
    problem, overdrawn = validated(tables, name)
    return problem, tables, overdrawn


def _lines(problem: Problem, needed: list[Fault]) -> Iterator[str]:
    district = problem.data.district
    words = Words(district.locale)
    yield f"{problem.name} is in order{', as far as it goes' if needed else ''}."
    yield ""
    year = f"{words.day(district.year_start)} to {words.day(district.year_end)}"
    yield (
        f"{district.name}: {period(problem.cycle)} of {words.day(district.day_planned)}, "
        f"school year {year}"
    )
    yield f"Days {', '.join(district.cycle)}; grades {', '.join(district.grades)}"
    yield ""
    filled = {sheet: len(problem.data.rows(sheet)) for sheet in SHEETS if problem.data.rows(sheet)}
    width = max(map(len, filled))
    for sheet, count in filled.items():
        yield (
            f"  {sheet.ljust(width)}  {words.number(count).rjust(6)} "
            f"{'row' if count == 1 else 'rows'}"
        )
    yield ""
    yield _planned(problem, words)
    yield from _not_needed(filled, {fault.sheet for fault in needed})


def _planned(problem: Problem, words: Words) -> str:
    """What there is to plan on the planned day."""
    people, groups = len(problem.people), len(problem.groups)
    duties = len(problem.services) - groups
    if not problem.services:
        return "There is no group and no duty to plan on that day."
    parts = [
        words.count(people, "person", "people"),
        words.count(groups, "group"),
        words.count(duties, "duty", "duties"),
    ]
    owed = words.minutes(sum(group.owed for group in problem.groups))
    return (
        f"To plan on that day: {listed(parts)}; the groups are owed {owed} a "
        f"{period(problem.cycle)}."
    )


def _not_needed(filled: dict[str, int], needed: set[str]) -> Iterator[str]:
    without = [sheet for sheet in SHEETS if sheet not in filled and sheet not in needed]
    if without:
        yield f"Without rows, and not needed here: {', '.join(without)}."
    budget = [sheet for sheet in BUDGET_ONLY if sheet in filled]
    if budget:
        yield f"Checked, but not needed for a timetable: {', '.join(budget)}."
