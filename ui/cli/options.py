"""Arguments and options that many commands share."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None, typer.Argument(metavar="DATA", help="A workbook, or a folder of CSV files.")
]
Example = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="One of the examples instead (planner init --list)."),
]
Scenario = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A scenario (.yaml) to put upon the dataset, or upon the base that it names.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result for machines.")]

WithoutPay = Annotated[
    bool, typer.Option("--without-pay", help="Leave out what single positions are paid.")
]
