"""`planner ui` and `planner worker`: the screen, and who solves what is asked for there."""

from typing import Annotated

import typer

from ui.cli.exits import told_in_words

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def ui(
    port: Annotated[
        int, typer.Option(metavar="N", min=1, max=65535, help="The port of the pages.")
    ] = 8501,
    address: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Who may reach them: 0.0.0.0 for others, who sign in."
        ),
    ] = "localhost",
    workers: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, max=64, help="Workers to start here; 0: they run elsewhere."
        ),
    ] = 1,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the pages in a browser.")
    ] = True,
    without_sign_in: Annotated[
        bool,
        typer.Option(
            "--without-sign-in",
            help="Show them to others though nobody signs in: everybody is director and HR.",
        ),
    ] = False,
) -> None:
    """Open the screen: plans, scenarios and comparisons in a browser."""
    with told_in_words(as_json=False):
        from ui.cli.commands import screen as command

        raise typer.Exit(
            command.run(port, address, workers, browser=browser, without_sign_in=without_sign_in)
        )


@app.command()
def worker(
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Solve regions on a Dask cluster, tcp://HOST:8786."),
    ] = None,
) -> None:
    """Solve what was asked for on the screen, one run after the other, until Ctrl-C."""
    with told_in_words(as_json=False):
        from ui.cli.commands import worker as command

        raise typer.Exit(command.run(cluster))
