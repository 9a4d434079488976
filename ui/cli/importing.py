"""`planner import`: another system's export into a sheet."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words
from ui.cli.options import Json

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("import")
def import_(
    export: Annotated[
        Path,
        typer.Argument(
            metavar="EXPORT", help="A .csv or .xlsx file; for oneroster a folder or .zip."
        ),
    ],
    sheet: Annotated[
        str, typer.Option("--as", metavar="SHEET", help="The sheet that it fills, or oneroster.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DATASET",
            help="A folder of CSV files or a workbook; may be new.",
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Which of their headings and codes are ours."),
    ] = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a first mapping to edit, and import nothing."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The secret behind students' keys; made if it is not there."
        ),
    ] = None,
    sheet_of_export: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar="NAME", help="A sheet of an .xlsx export.", show_default="the first"
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Drop the rows that the export does not have; columns of your own stay.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Read an export of another system into a sheet.

    Rows with a key that is there already are changed in the columns that the export fills, new ones
    are added, others are kept. Faults are said all at once, and then nothing is written.

    Students become keys: HMAC-SHA-256 of their number with the secret in the --key file, the same
    in every import, and nothing else about them is written. Keep that file to yourself; without it
    nobody can tell who a key is.

    A mapping says which of their headings are our columns, what their codes mean, how they write
    dates, what is constant and which rows to leave out. Without one, only headings that are our own
    are read.

    Exit code 0: done; 2: the input is wrong, nothing was written.
    """
    with told_in_words(as_json):
        from ui.cli.commands import import_ as command

        asked = command.ImportOptions(
            export, sheet, output, mapping, save_mapping, key, sheet_of_export, replace
        )
        raise typer.Exit(command.run(asked, as_json=as_json))
