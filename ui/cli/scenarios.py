"""`planner scenario` and `planner frontier`: what other money, people and rules would change."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words

app = typer.Typer(add_completion=False, rich_markup_mode=None)
scenario = typer.Typer(
    help="Say what a scenario changes, or write a new one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(scenario, name="scenario")

Data = Annotated[
    Path | None, typer.Argument(metavar="DATA", help="A workbook, or a folder of CSV files.")
]
Example = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="One of the examples instead (planner init --list)."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result for machines.")]
Many = list[str] | None


@scenario.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A scenario (.yaml).")],
    data: Data = None,
    example: Example = None,
    as_json: Json = False,
) -> None:
    """Say what a scenario changes in its dataset, before anything is solved.

    A sentence for each row; funds that are too small for their filled positions then; goals and
    search as the scenario wants them. Without DATA it is put upon the base that it names.
    """
    with told_in_words(as_json):
        from ui.cli.commands import scenario as command

        raise typer.Exit(command.show(file, data, example, as_json=as_json))


@scenario.command()
def new(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The scenario's file (.yaml).")
    ],
    data: Data = None,
    example: Example = None,
    name: Annotated[
        str,
        typer.Option(metavar="WORDS", help="What it is called.", show_default="the file's name"),
    ] = "",
    on: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Another scenario upon which this one stands."),
    ] = None,
    cut: Annotated[
        Many,
        typer.Option(
            metavar="WHAT=BY", help="Less money: title-1=8% or t1-elm=5000 (program or fund)."
        ),
    ] = None,
    raised: Annotated[
        Many, typer.Option("--raise", metavar="WHAT=BY", help="More money, in the same way.")
    ] = None,
    close: Annotated[
        Many,
        typer.Option(
            metavar="POSITION[=DATE]",
            help="A position, and who holds no other, is no longer budgeted: at all, or after a "
            "last day.",
        ),
    ] = None,
    open_from: Annotated[
        Many,
        typer.Option(
            "--open",
            metavar="POSITION=DATE",
            help="A vacant or proposed position begins on a day.",
        ),
    ] = None,
    hand_over: Annotated[
        Many,
        typer.Option(
            metavar="POSITION=STAFF@DATE", help="Somebody else holds a position from a day on."
        ),
    ] = None,
    add: Annotated[
        Many,
        typer.Option(
            "--add-position",
            metavar="ROLE@SCHOOL=FTE",
            help="A proposed position; =0.5:FUND says who pays, else the plan.",
        ),
    ] = None,
    fte: Annotated[
        Many,
        typer.Option(
            metavar="POSITION=FTE", help="A position, and who holds it, with another FTE."
        ),
    ] = None,
    move: Annotated[
        Many,
        typer.Option(
            metavar="POSITION=SCHOOL", help="A position and who holds it, at another school."
        ),
    ] = None,
    leaves: Annotated[
        Many,
        typer.Option(
            metavar="STAFF[=DATE]", help="Somebody leaves: from the start, or with a last day."
        ),
    ] = None,
    block: Annotated[
        Many,
        typer.Option(
            metavar="WHICH=WHEN",
            help="Blocks at another time: 'elm/2 09:00-09:45=09:15-10:00' (/2: that grade).",
        ),
    ] = None,
    rule: Annotated[
        Many,
        typer.Option(
            metavar="KEY=SETTING", help="A rule off, hard, soft or soft:5 (planner rules)."
        ),
    ] = None,
    pin: Annotated[
        Many,
        typer.Option(
            metavar="DECISION",
            help="What must stand: subject=elm-2-read,staff=ESP-01,day=Mon,start=09:00",
        ),
    ] = None,
    forbid: Annotated[
        Many, typer.Option(metavar="DECISION", help="What must not be, in the same way.")
    ] = None,
    goals: Annotated[
        str, typer.Option(metavar="A,B,C", help="Only these goals, the first matters most.")
    ] = "",
    stay_close_to: Annotated[
        str, typer.Option(metavar="PLAN", help="A plan.json from which little is to change.")
    ] = "",
    max_changes: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="How many changes there may be at most.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a scenario from what is asked for, and say what it changes.

    Every option but --name, --on and --output may be given several times. The file is plain YAML:
    look through it, and edit it. What cannot be is said all at once, and then nothing is written.
    """
    with told_in_words(as_json):
        from ui.cli.commands import scenario as command

        asked = command.Wishes(
            cut or [],
            raised or [],
            close or [],
            open_from or [],
            hand_over or [],
            add or [],
            fte or [],
            move or [],
            leaves or [],
            block or [],
            rule or [],
            pin or [],
            forbid or [],
            goals,
            stay_close_to,
            max_changes,
        )
        raise typer.Exit(
            command.new(data, example, output, name, asked, on=on, force=force, as_json=as_json)
        )


@app.command()
def frontier(
    data: Data = None,
    example: Example = None,
    vary: Annotated[
        Many,
        typer.Option(
            metavar="WHAT=VALUES",
            help="title-1=-20%..20%/5%, t1-elm=-5000..5000/2500 or P-014=0.4..1/0.2; also several.",
        ),
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A scenario (.yaml) upon which the sweep stands."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Where the table goes.",
            show_default="plans/NAME-frontier",
        ),
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            metavar="N", help="How long to search each case.", show_default="as planner solve"
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="How many cases at once.", show_default="2")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Another number, other equally good plans.", show_default="1"
        ),
    ] = None,
    reproducible: Annotated[
        bool, typer.Option("--reproducible", help="The same plans every time (slower).")
    ] = False,
    goals: Annotated[
        str | None, typer.Option(metavar="A,B,C", help="Only these goals, the first matters most.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Solve the same district with more and with less of something.

    A program or a fund is varied by percentages or amounts of money, a position by its FTE; several
    --vary give every combination, at most 200 cases. Each case is solved by one processor. Shows
    cost, minutes by tier, the worst-served school and the positions gained and lost at each step,
    and writes frontier.csv, frontier.json and frontier.svg.

    More money never promises less: a plan of a neighbouring case that is legal in a case, and
    better than what was found there in its time, is shown there. Ctrl-C keeps the cases that are
    done.

    Exit code 0: done; 2: the input is wrong; 4: no case has a plan; 130: interrupted before one
    had.
    """
    with told_in_words(as_json):
        from ui.cli.commands import frontier as command
        from ui.cli.commands.solve import options

        asked = options(seconds, workers, seed, goals, reproducible=reproducible)
        raise typer.Exit(
            command.run(
                data, example, vary or [], asked, scenario=scenario, folder=output, as_json=as_json
            )
        )
