"""`planner slots`, `rescue`, `hr`, `funds` and `rules`: what there is to know of a dataset, a plan
and the rules.
"""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words
from ui.cli.options import Data, Example, Json, Scenario, WithoutPay

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def slots(
    data: Data = None,
    example: Example = None,
    scenario: Scenario = None,
    plan: Annotated[
        Path | None,
        typer.Option(metavar="PLAN", help="A plan.json or plan.xlsx: says what is taken."),
    ] = None,
    school: Annotated[str | None, typer.Option(metavar="ID", help="This school only.")] = None,
    grade: Annotated[
        str | None, typer.Option(metavar="GRADE", help="This grade only, day by day.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show when each grade can be served, and which is short in any plan.

    A row a school and grade: minutes usable, taken and free, owed and delivered. With --grade a map
    of each day, and who is free in the open stretches. Short is what no plan can give; the
    arithmetic is said.
    """
    with told_in_words(as_json):
        from ui.cli.commands import slots as command

        raise typer.Exit(
            command.run(data, example, plan, school, grade, scenario=scenario, as_json=as_json)
        )


@app.command()
def rescue(
    plan: Annotated[
        Path,
        typer.Argument(metavar="PLAN", help="A plan.json, or a plan.xlsx, also edited by hand."),
    ],
    data: Annotated[
        Path | None, typer.Option(metavar="DATA", help="The dataset it belongs to.")
    ] = None,
    example: Annotated[
        str | None, typer.Option(metavar="NAME", help="The example it belongs to.")
    ] = None,
    scenario: Scenario = None,
    as_json: Json = False,
) -> None:
    """Propose which groups the students who are left over could join.

    Proposals only: nothing is changed.
    """
    with told_in_words(as_json):
        from ui.cli.commands import rescue as command

        raise typer.Exit(command.run(plan, data, example, scenario=scenario, as_json=as_json))


@app.command()
def hr(
    data: Data = None,
    example: Example = None,
    scenario: Scenario = None,
    plan: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="A plan.json or plan.xlsx.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(metavar="ID", help="This person only, with every cost line.")
    ] = None,
    school: Annotated[
        str | None, typer.Option(metavar="ID", help="The people of this school only.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Who holds what on this day, and position control of it.",
            show_default="the planned day",
        ),
    ] = None,
    without_pay: WithoutPay = False,
    as_json: Json = False,
) -> None:
    """Show people and positions as HR looks at them.

    What the rules on money and contracts find, with what to write where; position control; for each
    person FTE, hours, days, funds, differentials, credentials and training that run out, benefits
    by paid hours, and planned time and effort beside what each fund pays. A planned share is no
    certification.

    Exit code 0: no hard rule on money or contracts is broken; 1: one is; 2: dataset or plan cannot
    be read.
    """
    with told_in_words(as_json):
        from ui.cli.commands import hr as command

        pay = not without_pay
        raise typer.Exit(
            command.run(
                data,
                example,
                plan,
                person,
                school,
                scenario=scenario,
                as_of=as_of,
                with_pay=pay,
                as_json=as_json,
            )
        )


@app.command()
def funds(
    data: Data = None,
    example: Example = None,
    scenario: Scenario = None,
    plan: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="A plan.json or plan.xlsx.")
    ] = None,
    school: Annotated[
        str | None, typer.Option(metavar="ID", help="The page of this school's plan (SPSA).")
    ] = None,
    steps: Annotated[
        str | None,
        typer.Option(metavar="PERCENT", help="What so much more, or less, of each fund changes."),
    ] = None,
    without_pay: WithoutPay = False,
    as_json: Json = False,
) -> None:
    """Show what each fund has, holds back, plans and has left.

    Costs by program, school and job class; with a plan also for each student and each
    student-minute of the year. With
    --school: for each position need, activity, fund, percentage and amount.
    """
    with told_in_words(as_json):
        from ui.cli.commands import funds as command

        if steps:
            raise typer.Exit(
                command.run_steps(data, example, steps, scenario=scenario, as_json=as_json)
            )
        pay = not without_pay
        raise typer.Exit(
            command.run(
                data, example, plan, school, scenario=scenario, with_pay=pay, as_json=as_json
            )
        )


@app.command()
def rules(
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="As the tables of the README.")
    ] = False,
) -> None:
    """List the rules and goals with their formulas."""
    with told_in_words():
        from ui.cli.commands import rules as command

        raise typer.Exit(command.run(as_markdown=as_markdown))
