"""`planner rollover`: next year's dataset, and in words what became of this year's."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import typer

from planner.facts.cell_formats import nearest
from planner.facts.problem import Problem
from planner.private_files import replacing
from planner.rollover import CHANGED, DROPPED, KINDS, LOOK, Note, Rolled, next_year, roll_over
from planner.sheets.dataset import save
from planner.words.errors import Fault, WrongInput, sentence_of
from planner.words.wording import Words, listed, plural, spans
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.fault_list import as_data as fault_data
from ui.cli.streams import print_json

MOST_NAMES = 6
TITLES = {CHANGED: "Changed", DROPPED: "Left out", LOOK: "To look at"}
YEAR = re.compile(r"(\d{4})(?:[-/–](\d{2}|\d{4}))?")


def run(
    data: Path | None,
    example: str | None,
    new: Path | None,
    year: str | None,
    one_time: Sequence[str],
    *,
    as_json: bool,
) -> Exit:
    """Make it, write it and say. Raises WrongInput or DatasetError before anything is written."""
    problem = opened(data, example)
    coming = next_year(problem.data)
    _is_meant(year, coming)
    for fund in one_time:
        if fund not in problem.funds:
            fix = (
                nearest(fund, problem.funds)
                or f"There are {listed(list(problem.funds)) or 'none'}."
            )
            raise WrongInput(f"There is no fund '{fund}'. {fix}")
    place = new or Path(f"{problem.name}-{coming}.xlsx")
    rolled = roll_over(problem.data, one_time=one_time)
    _write(rolled, place)
    if as_json:
        print_json(_as_data(rolled, place, coming))
    else:
        typer.echo("\n".join(_lines(rolled, place, coming, problem)))
    return Exit.DONE


def _is_meant(year: str | None, coming: str) -> None:
    """Raises WrongInput where another year is meant than the one that follows."""
    if year is None:
        return
    found = YEAR.fullmatch(year.strip())
    start, _, end = coming.partition("-")
    if found is None:
        raise WrongInput(f"--year: '{year}' is no school year. Write it like {coming}.")
    if found[1] != start or (found[2] and not (end or start).endswith(found[2])):
        raise WrongInput(
            f"The year after this dataset's is {coming}, not {year}. To go further, roll over "
            "again what was written."
        )


def _write(rolled: Rolled, place: Path) -> None:
    """Write a new dataset, whole or not at all. Raises WrongInput where something is there, or
    nothing can be written.
    """
    if place.exists() or place.is_symlink():
        raise WrongInput(
            f"{place} is there already and is not overwritten. Choose another name with -o."
        )
    try:
        with replacing(place) as unfinished:
            save(rolled.dataset, unfinished)
    except OSError as error:
        raise WrongInput(
            f"{place} cannot be written ({sentence_of(error)}). Choose another place with -o."
        ) from None


def _lines(rolled: Rolled, place: Path, coming: str, problem: Problem) -> Iterator[str]:
    words = Words(problem.data.district.locale)
    yield f"{problem.data.district.name}, {coming}: written to {place}."
    for kind in KINDS:
        notes = rolled.of(kind)
        if notes:
            yield ""
            yield TITLES[kind]
            yield from _told(notes)
    yield ""
    if rolled.faults:
        yield (
            f"planner validate will find {words.count(len(rolled.faults), 'fault')} in it; "
            "mend them before you solve:"
        )
        yield from (f"  {_said(fault)}" for fault in rolled.faults)
    else:
        yield (
            "The new dataset is in order. Go through what is to be looked at, then: planner "
            f"solve {place}"
        )


def _said(fault: Fault) -> str:
    """A fault without the name of a file, which is not written yet when it is found."""
    where = ", ".join(
        part
        for part in (f"sheet {fault.sheet}", f"row {fault.row}" if fault.row else "", fault.column)
        if part
    )
    return f"{where}: {fault.what}"


def _told(notes: Sequence[Note]) -> Iterator[str]:
    """Sheet by sheet, a line for rows of which the same is said."""
    for sheet, some in groupby(notes, key=lambda note: note.sheet):
        yield f"  {sheet}"
        alike: dict[str, list[Note]] = {}
        for note in some:
            alike.setdefault(note.words, []).append(note)
        for words, each in alike.items():
            rows = [note.row for note in each if note.row]
            named = listed(_few([note.key for note in each if note.key]))
            where = f"{plural(len(rows), 'row')} {spans(rows)}" if rows else ""
            head = f"{where} ({named})" if where and named else where or named
            joint = " " if each[0].key.isdecimal() and not where else ": "
            yield f"    {head}{joint}{words}" if head else f"    {words}"


def _few(names: Sequence[str]) -> list[str]:
    different = list(dict.fromkeys(names))
    more = len(different) - MOST_NAMES
    return [*different[:MOST_NAMES], f"{more} more"] if more > 1 else different


def _as_data(rolled: Rolled, place: Path, coming: str) -> dict[str, Any]:
    return {
        "year": coming,
        "file": str(place),
        "notes": [
            {
                "kind": note.kind.replace(" ", "_"),
                "sheet": note.sheet,
                "row": note.row or None,
                "key": note.key,
                "words": note.words,
            }
            for note in rolled.notes
        ],
        "faults": [fault_data(fault) for fault in rolled.faults],
    }
