"""`planner export`: a plan as calendars, CSV files and printed pages, written into a folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import typer

from planner.document.plan_file import read_rows, timetable_of
from planner.facts.cell_times import read_time_zone
from planner.facts.district import District
from planner.facts.problem import Problem
from planner.facts.row import columns_of
from planner.money.budgeted import planned
from planner.money.journal import journal, without_codes
from planner.money.ledger import ledger, money
from planner.plan.plan import Plan
from planner.render.calendar.calendar_events import EXTRAS
from planner.render.export import JOURNAL_OF_THE_YEAR, File, Wanted, after, calendars_in, exported
from planner.render.formats import ICAL, KINDS
from planner.store import datasets, plans
from planner.words.errors import WrongInput
from planner.words.wording import listed, plural
from ui.app.plan_folder import made_on
from ui.app.reference_plan import ADOPTED
from ui.app.workspace.whole_plan import whole_plan
from ui.cli.commands.hr import known
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.export_folder import last_calendars, write_export
from ui.cli.plan_choice import found_plan
from ui.cli.store_choice import chosen_store
from ui.cli.streams import print_json

ALL = "all"
FIRST_YEAR, LAST_YEAR = 2020, 2200
"""Versions of calendars are counted from the first on, as far as dates are read."""
FLOATING = (
    "Times in the calendars are clock times without a time zone. The column timezone of the sheet "
    "district gives them one, or --timezone."
)
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
    replaces: str | None = None


def run(asked: ExportOptions, data: Path | None, example: str | None, *, as_json: bool) -> Exit:
    """Make the files and write them, all or none. Raises WrongInput or DatasetError."""
    kinds = _chosen(asked.to, (ALL, *KINDS), "--to")
    kinds = KINDS if ALL in kinds else kinds
    extras = _chosen(asked.extras, EXTRAS, "--with") if asked.extras else ()
    zone = _zone(asked.zone)
    _find_wrong_date(asked.dated)
    problem = _in_locale(opened(data, example), asked.locale)
    zone = zone or problem.data.district.timezone
    read = read_rows(found_plan(asked.plan), problem)
    for person in asked.people:
        known("person", person, list(read.problem.person_of))
    for school in asked.schools:
        known("school", school, list(problem.schools))
    stamp = (asked.dated or made_on(asked.plan)).replace(tzinfo=UTC)
    wanted = Wanted(kinds, stamp, asked.people, asked.schools, extras, zone, not asked.without_pay)
    files = list(exported(problem, read.problem, read.plan, wanted))
    for before in (last_calendars(asked.output), _replaced(asked, problem, wanted)):
        files = after(files, before, problem, wanted)
    write_export(asked.output, files, force=asked.force)
    remarks = [FLOATING] if ICAL in kinds and not zone else []
    if any(file.path == JOURNAL_OF_THE_YEAR for file in files):
        remarks += of_the_journal(problem, read.plan)
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


def of_the_journal(problem: Problem, plan: Plan) -> list[str]:
    """Segments without a code, and what no fund pays and is therefore not booked."""
    budget = planned(problem, plan)
    remarks = list(without_codes(journal(problem, budget, plan, monthly=False)))
    unfunded = ledger(problem, budget, plan).unfunded
    if unfunded:
        said = money(problem, unfunded)
        remarks.append(f"{said} is paid by no fund and therefore not in the journal.")
    return remarks


def _replaced(asked: ExportOptions, problem: Problem, wanted: Wanted) -> dict[str, bytes]:
    """The calendars of the plan that --replaces names. Raises WrongInput or DatasetError."""
    if asked.replaces is None or ICAL not in wanted.kinds:
        return {}
    if asked.replaces == ADOPTED:
        problem, plan = _adopted(problem.name)
    else:
        plan = timetable_of(found_plan(Path(asked.replaces)), problem)
    before = replace(wanted, kinds=(ICAL,))
    return calendars_in(exported(problem, problem, plan, before))


def _adopted(name: str) -> tuple[Problem, Plan]:
    """The adopted plan of a dataset's name, and the people of its own dataset: some may be gone."""
    with chosen_store() as store:
        adopted = (one for one in plans.saved(store) if one.name == name and one.adopted)
        found = next(adopted, None)
        if found is None:
            raise WrongInput(f"--replaces {ADOPTED}: no plan of {name} is adopted yet.")
        content = plans.content(store, found.number)
        whole = whole_plan(content, datasets.content(store, found.dataset_hash))
        return whole.problem, whole.plan


def _chosen(text: str, choices: Sequence[str], option: str) -> tuple[str, ...]:
    """Names separated by commas, each one of the choices."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names or ("",):
        if name not in choices:
            raise WrongInput(f"{option} '{name}' is none of {listed(choices, 'or')}.")
    return names


def _find_wrong_date(dated: datetime | None) -> None:
    """Raises WrongInput for a year from which no version of a calendar can be counted."""
    if dated is not None and not FIRST_YEAR <= dated.year <= LAST_YEAR:
        raise WrongInput(
            f"--dated is in the year {dated.year}. Write a date from {FIRST_YEAR} to {LAST_YEAR}."
        )


def _zone(name: str | None) -> str:
    """The zone of --timezone, where it is given. Raises WrongInput where it is none."""
    try:
        return read_time_zone(name or "")
    except ValueError as error:
        raise WrongInput(f"'{name}' {error}") from None


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
