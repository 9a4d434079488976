"""The command `planner view`: a plan as somebody may see it."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words

app = typer.Typer()


@app.command()
def view(
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN", help="A plan.json, or the folder that holds it.")
    ],
    role: Annotated[
        list[str],
        typer.Option(
            "--as",
            metavar="ROLE",
            help="director, hr, viewer or principal:SCHOOL[,SCHOOL]; several add up.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where the files go.")
    ],
    data: Annotated[
        Path | None, typer.Option(metavar="DATA", help="The dataset it belongs to.")
    ] = None,
    example: Annotated[
        str | None, typer.Option(metavar="NAME", help="The example it belongs to.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Write of a plan what a role may see.

    plan.xlsx, plan.json and the dataset that goes with them, without the people, groups and money
    of others: a principal gets their own schools and nobody's pay, of people who also work
    elsewhere the part at these schools; a director everything but what single people are paid; HR
    everything but students' keys; a viewer what a director sees, without money. Amounts that a
    dataset must have and that are hidden are 0 in it.

    Exit code 0: done; 2: plan, dataset or role cannot be read, nothing was written.
    """
    with told_in_words(as_json):
        from ui.cli.commands import view as command

        raise typer.Exit(command.run(plan, data, example, role, output, as_json=as_json))
