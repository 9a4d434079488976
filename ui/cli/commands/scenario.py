"""`planner scenario`: say what a scenario changes, and write a new one.

The new one is written from what a planner asks for.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from planner.facts.sheets import Dataset
from planner.private_files import write_text
from planner.scenario import wishes
from planner.scenario.applying import Applied, applied, applied_to, parsed
from planner.scenario.bases import Chain
from planner.scenario.reading import scenario_of
from planner.scenario.writing import ChangeMap, scenario_text
from planner.sheets.dataset import read_tables
from planner.sheets.dataset_name import FOLDER
from planner.words.errors import DatasetError, Fault, WrongInput, sentence_of
from ui.cli.dataset_choice import chosen
from ui.cli.exits import Exit
from ui.cli.fault_list import as_data as fault_data
from ui.cli.streams import print_json
from ui.render.scenario_text import as_text

YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Wishes:
    """What is asked of a new scenario, each as it was typed."""

    cut: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    close: list[str] = field(default_factory=list)
    open_from: list[str] = field(default_factory=list)
    hand_over: list[str] = field(default_factory=list)
    add: list[str] = field(default_factory=list)
    fte: list[str] = field(default_factory=list)
    move: list[str] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    block: list[str] = field(default_factory=list)
    rule: list[str] = field(default_factory=list)
    pin: list[str] = field(default_factory=list)
    forbid: list[str] = field(default_factory=list)
    goals: str = ""
    stay_close_to: str = ""
    max_changes: int | None = None


def show(file: Path, data: Path | None, example: str | None, *, as_json: bool) -> Exit:
    """Say what a scenario changes. Raises WrongInput or DatasetError."""
    given = chosen(data, example) if data is not None or example is not None else None
    _say(applied(file, given), as_json=as_json)
    return Exit.DONE


def new(
    data: Path | None,
    example: str | None,
    output: Path,
    name: str,
    asked: Wishes,
    *,
    on: Path | None = None,
    force: bool = False,
    as_json: bool,
) -> Exit:
    """Write a scenario and say what it changes. Raises WrongInput or DatasetError; then nothing is
    written.
    """
    if output.suffix.lower() not in YAML:
        raise WrongInput(f"{output} is not a name for a scenario. Give one that ends in .yaml.")
    if output.exists() and not force:
        raise WrongInput(f"{output} is there already. Give another name, or --force to replace it.")
    given = chosen(data, example) if data is not None or example is not None else None
    below = applied(on, given) if on is not None else None
    if below is None and given is None:
        raise WrongInput(
            "Which dataset? Give a workbook, a folder of CSV files, --example NAME, or --on "
            "another scenario."
        )
    found = _text(below, given, example, output, name or output.stem, asked, on)
    before = tuple(step.scenario for step in below.steps) if below else ()
    place, called = (below.data, below.name) if below else given or (Path(), "")
    chain = Chain((*before, scenario_of(found, output)), place, called)
    made = applied_to(read_tables(place), chain)
    try:
        write_text(output, found)
    except OSError as error:
        raise WrongInput(
            f"{output} cannot be written ({sentence_of(error)}). Give another place."
        ) from None
    if not as_json:
        typer.echo(f"Wrote {output}.\n")
    _say(made, as_json=as_json)
    return Exit.DONE


def _text(
    below: Applied | None,
    given: tuple[Path, str] | None,
    example: str | None,
    output: Path,
    name: str,
    asked: Wishes,
    on: Path | None,
) -> str:
    """The text of the new file. Raises DatasetError with everything that was asked for and cannot
    be.
    """
    if below is not None:
        dataset, base = below.after, _relative(on or Path(), output)
    else:
        path, called = given or (Path(), "")
        dataset, _ = parsed(read_tables(path))
        base = (
            called
            if example is not None
            else _relative(path.parent if path.name == FOLDER else path, output)
        )
    goals = wishes.goals_named(asked.goals)
    close: dict[str, Any] = (
        {"plan": _relative(Path(asked.stay_close_to), output)} if asked.stay_close_to else {}
    )
    if asked.max_changes is not None:
        if not close:
            raise WrongInput("--max-changes against which plan? Give --stay-close-to PLAN as well.")
        close["max_changes"] = asked.max_changes
    return scenario_text(name, base, _changes(dataset, asked), goals=goals, stay_close_to=close)


def _relative(path: Path, output: Path) -> str:
    """A path from the folder of the scenario's file, the same on every system."""
    return Path(os.path.relpath(path.resolve(), output.resolve().parent)).as_posix()


def _changes(dataset: Dataset, asked: Wishes) -> list[ChangeMap]:
    """The changes that were asked for. Raises DatasetError with everything that cannot be."""
    faults: list[Fault] = []
    found: list[ChangeMap] = []
    for each in _asked(dataset, asked):
        try:
            found += each(found)
        except DatasetError as error:
            faults += error.faults
    if faults:
        raise DatasetError(faults)
    return found


def _asked(data: Dataset, asked: Wishes) -> Iterator[Any]:
    """What was asked for, as functions of the changes so far."""
    yield from (
        lambda _, s=s: wishes.less(data, *_pair("--cut", s, "title-1=8%")) for s in asked.cut
    )
    yield from (
        lambda _, s=s: wishes.more(data, *_pair("--raise", s, "t1-elm=5000")) for s in asked.raised
    )
    yield from (lambda _, s=s: wishes.closed(data, *_dated(s)) for s in asked.close)
    yield from (
        lambda _, s=s: wishes.opened(data, *_pair("--open", s, "P-014=2026-02-01"))
        for s in asked.open_from
    )
    yield from (lambda _, s=s: wishes.handed_over(data, *_handed(s)) for s in asked.hand_over)
    yield from (
        lambda _, s=s: wishes.resized(data, *_pair("--fte", s, "P-014=0.5")) for s in asked.fte
    )
    yield from (
        lambda _, s=s: wishes.moved(data, *_pair("--move", s, "P-014=elm")) for s in asked.move
    )
    yield from (lambda so_far, s=s: _added(data, s, so_far) for s in asked.add)
    yield from (lambda _, s=s: wishes.leaves(data, *s.split("=", 1)) for s in asked.leaves)
    yield from (lambda _, s=s: wishes.rescheduled(data, s) for s in asked.block)
    yield from (
        lambda _, s=s: wishes.ruled(data, *_pair("--rule", s, "preparation=off"))
        for s in asked.rule
    )
    yield from (lambda _, s=s: wishes.pinned(data, s) for s in asked.pin)
    yield from (lambda _, s=s: wishes.pinned(data, s, forbidden=True) for s in asked.forbid)


def _pair(option: str, said: str, like: str) -> tuple[str, str]:
    """`name=value`. Raises WrongInput where it is not of that form."""
    name, equals, value = (part.strip() for part in said.partition("="))
    if not (name and equals and value):
        raise WrongInput(f"{option} {said}: write it like {option} {like}.")
    return name, value


def _dated(said: str) -> tuple[str, str]:
    """`position`, or `position=2026-01-31`."""
    name, _, on = (part.strip() for part in said.partition("="))
    return name, on


def _handed(said: str) -> tuple[str, str, str]:
    """`position=staff@2026-02-01`. Raises WrongInput where it is not of that form."""
    like = "P-014=ESP-07@2026-02-01"
    position, whom = _pair("--hand-over", said, like)
    staff, _, on = (part.strip() for part in whom.rpartition("@"))
    if not staff:
        raise WrongInput(f"--hand-over {said}: write it like --hand-over {like}.")
    return position, staff, on


def _added(data: Dataset, said: str, so_far: list[ChangeMap]) -> list[ChangeMap]:
    """`role@school=0.5`, `role=1`, `role@school=0.5:fund`."""
    who, value = _pair("--add-position", said, "mtss-esp@elm=0.875 (or =0.875:fund)")
    role, _, school = (part.strip() for part in who.partition("@"))
    fte, _, fund = (part.strip() for part in value.partition(":"))
    taken = [
        str(change["add"]["row"]["position"])
        for change in so_far
        if change.get("add", {}).get("sheet") == "positions"
    ]
    return wishes.added(data, role, school, fte, fund, besides=taken)


def _say(found: Applied, *, as_json: bool) -> None:
    if as_json:
        print_json(as_data(found))
    else:
        typer.echo(as_text(found))


def as_data(found: Applied) -> dict[str, Any]:
    """What a scenario changes, for machines."""
    scenario = found.scenario
    close = scenario.stay_close_to
    return {
        "name": scenario.name,
        "dataset": found.name,
        "steps": [
            {
                "name": step.scenario.name,
                "file": step.scenario.file_name,
                "changes": [difference.as_data() for difference in step.differences],
                "remarks": list(step.remarks),
            }
            for step in found.steps
        ],
        "changes": [difference.as_data() for difference in found.differences],
        "overdrawn": [fault_data(fault) for fault in found.overdrawn],
        "goals": None if scenario.goals is None else list(scenario.goals),
        "solve": {name: value for name, value in vars(scenario.solve).items() if value is not None},
        "stay_close_to": None
        if close is None
        else {"plan": close.plan, "max_changes": close.max_changes},
    }
