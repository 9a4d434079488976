"""The command `planner compare`."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words

app = typer.Typer()


@app.command()
def compare(
    plans: Annotated[
        list[Path],
        typer.Argument(
            metavar="PLAN PLAN [PLAN [PLAN]]", help="Folders of plans, or their plan.json."
        ),
    ],
    base: Annotated[
        int, typer.Option(metavar="N", help="Compare the others with the N-th of them.")
    ] = 1,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DATA",
            help="The dataset of plans that an older version wrote, to measure them again.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.xlsx", help="Write it as a workbook, too."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List what does not differ, too.")
    ] = False,
    without_pay: Annotated[
        bool, typer.Option("--without-pay", help="Leave out what single positions are paid.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Show two to four plans side by side.

    Who is served, what it costs, who is affected, what is wrong: a column a plan, beside each
    figure how it differs from the first plan. Where a scenario was planned and one of its changes
    alone explains a difference, that change is named.

    Exit code 0: done; 2: a plan cannot be read or compared.
    """
    with told_in_words(as_json):
        from ui.cli.commands import compare as command

        asked = command.CompareOptions(
            tuple(plans), base, data, output, everything, not without_pay
        )
        raise typer.Exit(command.run(asked, as_json=as_json))
