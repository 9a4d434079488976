"""`planner export`: what it takes.

What it does stands in ui/cli/commands/export.py; which formats there are, in
planner/render/formats.py.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.render.formats import FORMATS, KINDS
from ui.cli.exits import told_in_words

app = typer.Typer()
HELP = f"""Write a plan as calendars, CSV files and printed pages.

{" ".join(f"{form.name}: {form.writes}." for form in FORMATS)}

Files that an earlier export wrote are replaced; others only with --force.

Exit code 0: done; 2: the input is wrong, nothing was written.
"""


@app.command(help=HELP)
def export(
    plan: Annotated[
        Path,
        typer.Argument(metavar="PLAN", help="A plan.json, or a plan.xlsx, also edited by hand."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="The folder that the files go into."),
    ],
    to: Annotated[
        str,
        typer.Option(metavar="WHAT", help=f"{', '.join(KINDS)} or all; several with commas."),
    ] = "all",
    data: Annotated[
        Path | None, typer.Option(metavar="DATA", help="The dataset it belongs to.")
    ] = None,
    example: Annotated[
        str | None, typer.Option(metavar="NAME", help="The example it belongs to.")
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="This person; may be given several times."),
    ] = None,
    school: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="This school and who works there; may be given several times."
        ),
    ] = None,
    with_: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="A,B,C",
            help="Also in people's calendars: lunch, preparation, travel, shift.",
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            help="Of calendars, like America/Los_Angeles.",
            show_default="the district's; without one, clock times",
        ),
    ] = None,
    dated: Annotated[
        datetime | None,
        typer.Option(
            metavar="DATE",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
            help="When calendars are dated: a later date replaces what an earlier one said.",
            show_default="when the plan was made or edited",
        ),
    ] = None,
    replaces: Annotated[
        str | None,
        typer.Option(
            metavar="PLAN",
            help="Also cancel what an earlier plan held, a file or the adopted one of the store "
            "(adopted): calendars that were imported lose it.",
            show_default="what the last export into DIR held",
        ),
    ] = None,
    locale: Annotated[
        str | None,
        typer.Option(
            metavar="LOCALE",
            help="Of dates, numbers and paper: en_US, en_GB, …",
            show_default="the district's",
        ),
    ] = None,
    without_pay: Annotated[
        bool, typer.Option("--without-pay", help="Leave out what single positions are paid.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace files that this command did not write as they are."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Read the options, and hand them on."""
    with told_in_words(as_json):
        from ui.cli.commands import export as command

        asked = command.ExportOptions(
            plan,
            output,
            to,
            tuple(person or ()),
            tuple(school or ()),
            with_,
            timezone,
            dated,
            locale,
            without_pay,
            force,
            replaces,
        )
        raise typer.Exit(command.run(asked, data, example, as_json=as_json))
