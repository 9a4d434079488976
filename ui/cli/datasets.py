"""`planner init`, `validate` and `schema`: a dataset before anything is planned."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words
from ui.cli.options import Data, Example, Json, Scenario

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def init(
    place: Annotated[
        Path | None,
        typer.Argument(metavar="DIR_OR_FILE", help="A folder, or a name ending in .xlsx."),
    ] = None,
    example: Annotated[
        str | None, typer.Option(metavar="NAME", help="Write this example instead of the template.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="Name the examples.")] = False,
) -> None:
    """Write a workbook to start from.

    A template with notes and a worked row on every sheet, or one of the examples.
    """
    with told_in_words():
        from ui.cli.commands import init as command

        raise typer.Exit(
            command.list_examples() if list_ else command.run(place, example, force=force)
        )


@app.command()
def validate(
    data: Data = None, example: Example = None, scenario: Scenario = None, as_json: Json = False
) -> None:
    """Say whether a dataset is in order.

    If it is not: every fault with its place and how to mend it.

    Exit code 0: in order; 2: not. With --json a list of faults, of sheets still missing and of
    warnings (see kind), empty where there are none.
    """
    with told_in_words(as_json):
        from ui.cli.commands import validate as command

        raise typer.Exit(command.run(data, example, scenario=scenario, as_json=as_json))


@app.command()
def schema(
    sheet: Annotated[str | None, typer.Argument(metavar="SHEET", help="One sheet only.")] = None,
    as_json: Json = False,
) -> None:
    """Explain the sheets and columns of a dataset.

    Each column with its form, unit, range, default and meaning.
    """
    with told_in_words(as_json):
        from ui.cli.commands import schema as command

        raise typer.Exit(command.run(sheet, as_json=as_json))
