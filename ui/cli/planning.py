"""`planner solve` and `planner check`: a plan, and whether it keeps the rules."""

from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from ui.cli.exits import told_in_words
from ui.cli.options import Data, Example, Json, Scenario

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def solve(
    data: Data = None,
    example: Example = None,
    scenario: Scenario = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Where the plan goes.", show_default="plans/NAME"
        ),
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            metavar="N",
            help="How long to search.",
            show_default="60, and 5 for each school beyond the first",
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="How many processors to use.", show_default="2")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Another number, another equally good plan.", show_default="1"
        ),
    ] = None,
    reproducible: Annotated[
        bool, typer.Option("--reproducible", help="The same plan every time (slower).")
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A Dask scheduler (tcp://host:8786) whose workers plan a region's schools.",
        ),
    ] = None,
    goals: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C", help="Only these goals, the first matters most (planner rules)."
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="PLAN",
            help="Begin with this plan.xlsx; what was changed in it by hand stands (or a "
            "plan.json).",
        ),
    ] = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="With --keep: every row stands, changed or not.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Find the best plan, and say what it leaves out.

    With --keep what was changed by hand in a plan's workbook stands: changed and added rows as they
    are, deleted ones not at that place again. Everything else begins as it is in that plan.

    With --scenario its changes are made first; its goals, its seconds and the plan that it stays
    close to count where the command line says nothing else.

    Ctrl-C stops and keeps the best plan so far; pressed again, it ends at once.

    Exit code 0: done; 2: the input is wrong; 3: the hard rules contradict each other; 4: the time
    was over before a plan was found; 5: a fault of ours, with a report; 130: interrupted before a
    plan was found.
    """
    began = monotonic()
    with told_in_words(as_json):
        from ui.cli.commands import solve as command

        asked = command.options(seconds, workers, seed, goals, reproducible=reproducible)
        kept = command.keep_from(keep, everything=keep_all)
        done = command.run(
            data,
            example,
            output,
            asked,
            keep=kept,
            cluster=cluster,
            scenario=scenario,
            as_json=as_json,
            began=began,
        )
        raise typer.Exit(done)


@app.command()
def check(
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
    """Check a plan, also one edited by hand.

    Exit code 0: no hard rule is broken; 1: one is; 2: plan or dataset cannot be read.
    """
    with told_in_words(as_json):
        from ui.cli.commands import check as command

        raise typer.Exit(command.run(plan, data, example, scenario=scenario, as_json=as_json))
