"""`planner hr`: show positions and people as HR looks at them, to the minute and the cent.

And what the money rules find.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from planner.document.plan_file import read_rows
from planner.facts.cell_formats import nearest
from planner.facts.problem import Problem
from planner.hr import Hr, hr
from planner.plan.plan import Plan
from planner.words.errors import WrongInput
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.plan_choice import found_plan
from ui.cli.streams import print_json
from ui.render import hr_text
from ui.tables import hr_data


def run(
    data: Path | None,
    example: str | None,
    plan: Path | None,
    person: str | None,
    school: str | None,
    *,
    scenario: Path | None = None,
    as_of: str | None = None,
    with_pay: bool,
    as_json: bool,
) -> Exit:
    """Work out and say. Raises WrongInput or DatasetError where dataset or plan cannot be read, or
    a name is unknown.
    """
    problem = opened(data, example, scenario)
    made = read_rows(found_plan(plan), problem).plan if plan else Plan()
    day = _day(problem, as_of) if as_of else None
    found = _chosen(hr(problem, made, day), person, school)
    if as_json:
        print_json(hr_data.as_data(found, with_pay=with_pay, in_full=bool(person)))
    else:
        typer.echo(
            hr_text.as_text(
                problem, found, person or "", with_pay=with_pay, control=not (person or school)
            )
        )
    return Exit.BROKEN_RULE if found.broken else Exit.DONE


def _chosen(found: Hr, person: str | None, school: str | None) -> Hr:
    if person:
        known("person", person, [record.staff for record in found.people])
        found = found.of_person(person)
    if school:
        known("school", school, list(found.problem.schools))
        found = (
            replace(found.at_school(school), findings=found.findings)
            if person
            else found.at_school(school)
        )
    return found


def _day(problem: Problem, text: str) -> date:
    """A date of the school year. Raises WrongInput."""
    district = problem.data.district
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise WrongInput(f"--as-of {text}: write a date like 2026-01-31.") from None
    if not district.year_start <= day <= district.year_end:
        year = f"{district.year_start.isoformat()} to {district.year_end.isoformat()}"
        raise WrongInput(f"--as-of {text}: the school year is {year}.")
    return day


def known(what: str, name: str, names: list[str]) -> None:
    """Raises WrongInput for a name that is none of these."""
    if name not in names:
        fix = nearest(name, names) or f"There are {', '.join(names)}."
        raise WrongInput(f"There is no {what} '{name}'. {fix}")
