"""The `planner` command. What a command needs is imported when it runs, so that `planner --help` is
there at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.access import app as access_app
from ui.cli.compare import app as compare_app
from ui.cli.exits import told_in_words
from ui.cli.export import app as export_app
from ui.cli.rollover import app as rollover_app
from ui.cli.scenarios import app as scenarios_app
from ui.cli.screen import app as screen_app
from ui.cli.store import app as store_app
from ui.cli.streams import speak_utf8

app = typer.Typer(
    help="Staffing and timetables for school intervention staff: who serves which students, where "
    "and when.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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
    plan: Annotated[
        bool, typer.Option("--plan", help="Print the JSON Schema of plan.json instead.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Explain the sheets and columns of a dataset.

    Each column with its form, unit, range, default and meaning. With --plan the keys of a
    plan.json, for programs that read one.
    """
    with told_in_words(as_json):
        from ui.cli.commands import schema as command

        raise typer.Exit(command.run(sheet, of_plan=plan, as_json=as_json))


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
    with told_in_words(as_json):
        from ui.cli.commands import solve as command

        asked = command.SolveOptions(seconds, workers, seed, goals, reproducible)
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


app.add_typer(compare_app)
app.add_typer(export_app)
app.add_typer(access_app)
app.add_typer(store_app)
app.add_typer(scenarios_app)
app.add_typer(screen_app)
app.add_typer(rollover_app)


def main() -> None:
    """Run the command."""
    speak_utf8()
    app(prog_name="planner")


if __name__ == "__main__":
    main()
