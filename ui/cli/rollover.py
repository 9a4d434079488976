"""The command `planner rollover`: next year's dataset."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words

app = typer.Typer()


@app.command()
def rollover(
    data: Annotated[
        Path | None,
        typer.Argument(metavar="DATA", help="This year's workbook, or folder of CSV files."),
    ] = None,
    example: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="One of the examples instead (planner init --list)."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="NEW",
            help="A new folder, or a new name ending in .xlsx.",
            show_default="NAME-YEAR.xlsx",
        ),
    ] = None,
    year: Annotated[
        str | None, typer.Option(metavar="2026-2027", help="The year that you mean, to be sure.")
    ] = None,
    one_time: Annotated[
        list[str] | None,
        typer.Option(
            "--one-time", metavar="FUND", help="A fund that was given once; may be repeated."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Make next year's dataset from this year's.

    Dates move by 52 weeks, so that weekdays stay; people move up a step where the pay table has the
    next; groups go up a grade with their students; who and what ends before the new year is left
    out. Says what was changed, what was dropped, and what to look at. The dataset itself is never
    changed.

    Exit code 0: done; 2: the input is wrong, nothing was written.
    """
    with told_in_words(as_json):
        from ui.cli.commands import rollover as command

        raise typer.Exit(command.run(data, example, output, year, one_time or [], as_json=as_json))
