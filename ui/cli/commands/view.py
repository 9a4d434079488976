"""`planner view`: a plan as somebody may see it, as files that can be handed to them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from planner.access import ROLES, User, dataset_for, view_of
from planner.access.plan_view import PlanView
from planner.document.document_reading import read_document_file
from planner.document.plan_document import PlanDocument
from planner.document.plan_file import read_document
from planner.facts.cell_formats import nearest
from planner.facts.problem import Problem
from planner.funding import money
from planner.render.workbook.plan_workbook import shown_to
from planner.sheets.dataset import dataset_hash
from planner.words.errors import WrongInput
from planner.words.wording import Words, listed
from ui.app.plan_folder import write_view
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.plan_choice import found_plan
from ui.cli.streams import print_json


def run(
    path: Path,
    data: Path | None,
    example: str | None,
    roles: Sequence[str],
    folder: Path,
    *,
    as_json: bool,
) -> Exit:
    """Filter and write. Raises WrongInput or DatasetError before anything is written."""
    problem = opened(data, example)
    viewer = viewer_of(roles, problem)
    file = found_plan(path / "plan.json" if (path / "plan.json").is_file() else path)
    document = _document(file)
    read = read_document(document, Problem(problem.data, document.scenario), file.name)
    found, plan = view_of(viewer, document, read.problem, read.plan), read.plan
    shown = shown_to(viewer, problem, plan, money(problem, plan))
    files = write_view(folder, found, dataset_for(viewer, problem.data, plan), shown)
    warning = "" if document.dataset_hash == dataset_hash(problem.data) else _warning(file)
    if as_json:
        print_json(_as_data(viewer, found, files, warning))
    else:
        if warning:
            typer.echo(warning, err=True)
        typer.echo("\n".join([_said(viewer, found, problem), "", *(str(file) for file in files)]))
    return Exit.DONE


def viewer_of(roles: Sequence[str], problem: Problem) -> User:
    """Whoever has the roles written as `hr` or `principal:elm,oak`. Raises WrongInput for a role or
    school that there is not.
    """
    schools: set[str] = set()
    names = []
    for written in roles:
        name, _, places = written.partition(":")
        name, mine = (
            name.strip().casefold(),
            [place.strip() for place in places.split(",") if place.strip()],
        )
        if name not in ROLES:
            fix = nearest(name, ROLES) or f"There are {', '.join(ROLES)}."
            raise WrongInput(f"There is no role '{name}'. {fix}")
        if mine and name != "principal":
            raise WrongInput(f"Only a principal has schools: write --as {name}.")
        if name == "principal" and not mine:
            raise WrongInput(
                f"Of which school? Write --as principal:{next(iter(problem.schools), 'SCHOOL')}."
            )
        for place in mine:
            if place not in problem.schools:
                fix = nearest(place, problem.schools) or f"There are {', '.join(problem.schools)}."
                raise WrongInput(f"There is no school '{place}'. {fix}")
        names.append(name)
        schools.update(mine)
    return User(" and ".join(roles), frozenset(names), frozenset(schools))


def _document(file: Path) -> PlanDocument:
    if file.suffix.lower() != ".json":
        raise WrongInput(
            f"{file} is not a plan.json. Give the plan.json beside it; after editing by hand, "
            "solve with --keep first."
        )
    return read_document_file(file)


def _warning(file: Path) -> str:
    return (
        f"Take care: {file.name} was made from another dataset, or the dataset has changed since."
    )


def _said(viewer: User, found: PlanView, problem: Problem) -> str:
    """`As principal of Juniper: 6 people, 31 groups, 120 sessions; no money.`"""
    words = Words(problem.data.district.locale)
    who = [role for role in sorted(viewer.roles) if role != "principal"]
    if viewer.schools:
        who.append(
            "principal of "
            f"{listed([problem.schools[school].name for school in sorted(viewer.schools)])}"
        )
    data = found.problem.data
    counts = [
        words.count(len(data.staff), "person", "people"),
        words.count(len(data.groups), "group"),
        words.count(len(found.plan.sessions), "session"),
    ]
    return f"As {listed(who)}: {listed(counts)}. What such a role may not see is not in the files."


def _as_data(viewer: User, found: PlanView, files: Sequence[Path], warning: str) -> dict[str, Any]:
    return {
        "roles": sorted(viewer.roles),
        "schools": sorted(viewer.schools),
        "people": len(found.problem.data.staff),
        "groups": len(found.problem.data.groups),
        "sessions": len(found.plan.sessions),
        "files": [str(file) for file in files],
        "warnings": [warning] if warning else [],
    }
