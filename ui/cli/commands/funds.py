"""`planner funds`: show what each fund has, holds back, plans and has left.

Also what the money buys, and the page of a school's plan.
"""

from pathlib import Path

import typer

from planner.document.plan_file import read_rows
from planner.facts.cell_numbers import percent_of
from planner.funding import money, school_plan
from planner.plan.plan import Plan
from planner.rollover.projection import projected
from planner.words.errors import WrongInput
from ui.cli.commands.hr import known
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.plan_choice import found_plan
from ui.cli.streams import print_json
from ui.render import fund_years_text, funds_text
from ui.tables import funds_data


def run_steps(
    data: Path | None,
    example: str | None,
    percent: str,
    *,
    scenario: Path | None = None,
    as_json: bool,
) -> Exit:
    """Solve the budget again for each fund and say what it changes. Raises WrongInput or
    DatasetError.
    """
    from solver.budget.steps import steps

    problem = opened(data, example, scenario)
    try:
        step = percent_of(percent.removesuffix("%"))
    except ValueError as error:
        raise WrongInput(f"--steps {percent} {error}") from None
    if not (problem.data.funds and problem.data.positions and problem.data.pay and step):
        raise WrongInput("--steps needs funds, positions, pay and a percentage above 0.")
    found = list(steps(problem, step, lambda fund: typer.echo(f"{fund} …", err=True)))
    if as_json:
        print_json({"steps": [funds_data.step(one) for one in found]})
    else:
        typer.echo(funds_text.steps(problem, step, found))
    return Exit.DONE


def run_years(
    data: Path | None,
    example: str | None,
    plan: Path | None,
    *,
    scenario: Path | None = None,
    as_json: bool,
) -> Exit:
    """Work out this year's accounts and what rollover makes of them, and say both side by side.
    Raises WrongInput or DatasetError where dataset or plan cannot be read.
    """
    problem = opened(data, example, scenario)
    made = read_rows(found_plan(plan), problem).plan if plan else Plan()
    now, ahead = money(problem, made), projected(problem, made)
    following = money(ahead.problem, ahead.plan)
    if as_json:
        print_json(funds_data.years(problem, now, ahead, following))
    else:
        typer.echo(fund_years_text.as_text(problem, now, ahead, following))
    return Exit.DONE


def run(
    data: Path | None,
    example: str | None,
    plan: Path | None,
    school: str | None,
    *,
    scenario: Path | None = None,
    with_pay: bool,
    as_json: bool,
) -> Exit:
    """Work out and say. Raises WrongInput or DatasetError where dataset or plan cannot be read, or
    a school is unknown.
    """
    problem = opened(data, example, scenario)
    made = read_rows(found_plan(plan), problem).plan if plan else Plan()
    if school:
        known("school", school, list(problem.schools))
        page = school_plan(problem, made, school)
        if as_json:
            print_json(funds_data.page(page, with_pay=with_pay))
        else:
            typer.echo(funds_text.page(problem, page, with_pay=with_pay))
        return Exit.DONE
    found = money(problem, made)
    if as_json:
        print_json(funds_data.as_data(found))
    else:
        typer.echo(
            funds_text.as_text(
                problem, found, planned=bool(made.sessions) or made.positions is not None
            )
        )
    return Exit.DONE
