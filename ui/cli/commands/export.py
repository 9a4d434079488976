"""`planner export`: a plan as calendars, CSV files and printed pages, written into a folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from planner.document.plan_file import read_rows
from planner.facts.district import District
from planner.facts.problem import Problem
from planner.facts.row import columns_of
from planner.render.calendar.calendar_events import EXTRAS
from planner.render.calendar.cancelled import with_cancelled
from planner.render.export import File, Wanted, exported
from planner.render.formats import ICAL, KINDS
from planner.words.errors import WrongInput
from planner.words.wording import listed, plural
from ui.app.plan_folder import made_on
from ui.cli.commands.hr import known
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.export_folder import earlier, write_export
from ui.cli.plan_choice import found_plan
from ui.cli.streams import print_json

ALL = "all"
FLOATING = "Times in the calendars are clock times without a time zone; --timezone gives them one."
LOCALE = next(column.cell for column in columns_of(District) if column.name == "locale")


@dataclass(frozen=True)
class ExportOptions:
    """What the command line asks for."""

    plan: Path
    output: Path
    to: str
    people: tuple[str, ...]
    schools: tuple[str, ...]
    extras: str | None
    zone: str | None
    dated: datetime | None
    locale: str | None
    without_pay: bool
    force: bool


def run(asked: ExportOptions, data: Path | None, example: str | None, *, as_json: bool) -> Exit:
    """Make the files and write them, all or none. Raises WrongInput or DatasetError."""
    kinds = _chosen(asked.to, (ALL, *KINDS), "--to")
    kinds = KINDS if ALL in kinds else kinds
    extras = _chosen(asked.extras, EXTRAS, "--with") if asked.extras else ()
    zone = _zone(asked.zone)
    problem = _in_locale(opened(data, example), asked.locale)
    read = read_rows(found_plan(asked.plan), problem)
    for person in asked.people:
        known("person", person, list(read.problem.person_of))
    for school in asked.schools:
        known("school", school, list(problem.schools))
    stamp = (asked.dated or made_on(asked.plan)).replace(tzinfo=UTC)
    wanted = Wanted(kinds, stamp, asked.people, asked.schools, extras, zone, not asked.without_pay)
    files = [
        _after_the_last(asked.output, file, problem, stamp)
        for file in exported(problem, read.problem, read.plan, wanted)
    ]
    write_export(asked.output, files, force=asked.force)
    remarks = [FLOATING] if ICAL in kinds and not zone else []
    if as_json:
        each = [{"file": file.path, "bytes": len(file.content)} for file in files]
        print_json(
            {
                "folder": str(asked.output),
                "dated": stamp.isoformat(),
                "files": each,
                "remarks": remarks,
            }
        )
    else:
        typer.echo("\n".join([*_told(asked.output, files), *remarks]))
    return Exit.DONE


def _after_the_last(folder: Path, file: File, problem: Problem, stamp: datetime) -> File:
    """A calendar that is there already says, too, what of it is gone."""
    before = earlier(folder, file.path) if file.path.endswith(".ics") else None
    return (
        file
        if before is None
        else replace(
            file, content=with_cancelled(file.content, before, problem.data.district, stamp)
        )
    )


def _chosen(text: str, choices: Sequence[str], option: str) -> tuple[str, ...]:
    """Names separated by commas, each one of the choices."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names or ("",):
        if name not in choices:
            raise WrongInput(f"{option} '{name}' is none of {listed(choices, 'or')}.")
    return names


def _zone(name: str | None) -> str:
    if not name:
        return ""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise WrongInput(
            f"'{name}' is no time zone. Write it like America/Los_Angeles or Europe/London."
        ) from None
    return name


def _in_locale(problem: Problem, locale: str | None) -> Problem:
    """The same dataset, its dates, numbers and paper as elsewhere."""
    if locale is None:
        return problem
    try:
        known_locale = LOCALE.parse(locale, problem.data.reading)
    except ValueError as error:
        raise WrongInput(f"--locale '{locale}' {error}") from None
    district = problem.data.district.model_copy(update={"locale": known_locale})
    return replace(problem, data=problem.data.model_copy(update={"district": district}))


def _told(folder: Path, files: Sequence[File]) -> list[str]:
    """One line for each folder's files of a kind."""
    counts: dict[str, list[str]] = {}
    for file in files:
        inside, _, name = file.path.rpartition("/")
        counts.setdefault(inside, []).append(name)
    lines = [f"Written into {folder}:"]
    for inside, names in counts.items():
        if inside and len(names) > len(KINDS) + 1:
            lines.append(f"  {inside}/  {len(names)} {plural(len(names), 'file')}")
        else:
            lines += [f"  {inside}/{name}" if inside else f"  {name}" for name in names]
    return lines
