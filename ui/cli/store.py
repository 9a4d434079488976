"""The commands of the store: `planner store`, `adopt`, `history`, `backup`, `restore`, `purge`."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import told_in_words

app = typer.Typer()
store = typer.Typer()
app.add_typer(store, name="store")

Json = Annotated[bool, typer.Option("--json", help="Print the result for machines.")]
Who = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Who does it.", show_default="your user name"),
]
Data = Annotated[
    Path | None, typer.Argument(metavar="DATA", help="A workbook, or a folder of CSV files.")
]
Example = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="One of the examples instead (planner init --list)."),
]
PlanNumber = Annotated[
    int, typer.Argument(metavar="PLAN", help="The number of a plan in the store.")
]


@store.callback(invoke_without_command=True)
def contents(context: typer.Context, as_json: Json = False) -> None:
    """Keep datasets and plans, and list what is kept: datasets, scenarios, runs, plans, what is
    adopted.

    The store is the PostgreSQL database that PLANNER_DATABASE_URL names
    (postgresql://user:password@host/name), else the file that PLANNER_STORE names, else
    plans/store.sqlite here. Only its owner may read the file.
    """
    if context.invoked_subcommand is None:
        with told_in_words(as_json):
            from ui.cli.commands import store as command

            raise typer.Exit(command.run(as_json=as_json))


@store.command()
def save(
    data: Data = None,
    example: Example = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Its name there.", show_default="as the file")
    ] = None,
    by: Who = None,
    as_json: Json = False,
) -> None:
    """Keep a dataset, as the next version of its name."""
    with told_in_words(as_json):
        from ui.cli.commands import store_save as command

        raise typer.Exit(command.run(data, example, name, by, as_json=as_json))


@store.command()
def keep(
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN", help="The folder of a solved plan, or its plan.json.")
    ],
    data: Annotated[
        Path | None,
        typer.Option(metavar="DATA", help="The dataset it was made from, if it is not kept yet."),
    ] = None,
    example: Annotated[
        str | None, typer.Option(metavar="NAME", help="The example it was made from.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Whose plan it is, once adopted.",
            show_default="its dataset's name",
        ),
    ] = None,
    by: Who = None,
    as_json: Json = False,
) -> None:
    """Keep a plan, and the dataset from which it was made."""
    with told_in_words(as_json):
        from ui.cli.commands import store_keep as command

        raise typer.Exit(command.run(plan, data, example, name, by, as_json=as_json))


@store.command()
def get(
    plan: PlanNumber,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="A new folder.")],
    as_json: Json = False,
) -> None:
    """Write a plan of the store into a folder, with its dataset."""
    with told_in_words(as_json):
        from ui.cli.commands import store_get as command

        raise typer.Exit(command.run(plan, output, as_json=as_json))


@app.command()
def adopt(
    plan: PlanNumber,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, in a sentence.")] = "",
    by: Who = None,
    as_json: Json = False,
) -> None:
    """Say that a plan of the store is ours.

    It takes the place of the one that was adopted for the same dataset before.
    """
    with told_in_words(as_json):
        from ui.cli.commands import adopt as command

        raise typer.Exit(command.run(plan, note, by, as_json=as_json))


@app.command()
def history(
    last: Annotated[
        int, typer.Option(metavar="N", help="How many of the newest entries; 0 is all.", min=0)
    ] = 30,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check that nothing was altered since it was written.")
    ] = False,
    known: Annotated[
        str,
        typer.Option(
            metavar="HASH", help="With --verify: a hash that you noted earlier must still be there."
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Show who did what when in the store.

    Each entry bears a hash of the one before. --verify names the first that was altered, removed or
    moved, and whatever else is not as it was stored. Note the newest hash elsewhere now and then:
    whoever may write to the database could make the whole trail anew, and only that hash (--known)
    would tell.

    Exit code 0: done; 1: --verify found something; 2: there is no store, or it cannot be read.
    """
    with told_in_words(as_json):
        from ui.cli.commands import history as command

        raise typer.Exit(command.run(last, verify=verify, known=known, as_json=as_json))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, such as office.zip.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
    by: Who = None,
    as_json: Json = False,
) -> None:
    """Copy the whole store into a file, also while others use it.

    The file is the same for SQLite and PostgreSQL: what is copied from one can be restored into the
    other. It holds everything, pay and students too; only its owner may read it.
    """
    with told_in_words(as_json):
        from ui.cli.commands import backup as command

        raise typer.Exit(command.run(file, by, force=force, as_json=as_json))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What planner backup wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="In the place of what the store holds now.")
    ] = False,
    by: Who = None,
    as_json: Json = False,
) -> None:
    """Fill the store from a backup.

    The store must be empty, or --replace be said. The whole file is verified first; a damaged one
    changes nothing.
    """
    with told_in_words(as_json):
        from ui.cli.commands import restore as command

        raise typer.Exit(command.run(file, by, replace=replace, as_json=as_json))


@app.command()
def purge(
    students: Annotated[
        bool, typer.Option("--students", help="Students' keys, and in which groups they are.")
    ] = False,
    by: Who = None,
    as_json: Json = False,
) -> None:
    """Take all students out of the store, for good.

    Out of datasets, plans, runs and scenarios. How many students a group has stays. Backups that
    were made before still hold them: delete those too.
    """
    with told_in_words(as_json):
        from ui.cli.commands import purge as command

        raise typer.Exit(command.run(by, students=students, as_json=as_json))
