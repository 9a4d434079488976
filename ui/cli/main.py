"""The `planner` command. What a command needs is imported when it runs, so that `planner --help` is
there at once.
"""

import typer

from ui.cli.access import app as access_app
from ui.cli.caught import CaughtGroup
from ui.cli.compare import app as compare_app
from ui.cli.datasets import app as datasets_app
from ui.cli.export import app as export_app
from ui.cli.importing import app as importing_app
from ui.cli.planning import app as planning_app
from ui.cli.questions import app as questions_app
from ui.cli.rollover import app as rollover_app
from ui.cli.scenarios import app as scenarios_app
from ui.cli.screen import app as screen_app
from ui.cli.store import app as store_app
from ui.cli.streams import speak_utf8

app = typer.Typer(
    help="Staffing and timetables for school intervention staff: who serves which students, where "
    "and when.",
    cls=CaughtGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for topic in (
    datasets_app,
    planning_app,
    importing_app,
    questions_app,
    compare_app,
    export_app,
    access_app,
    store_app,
    scenarios_app,
    screen_app,
    rollover_app,
):
    app.add_typer(topic)


def main() -> None:
    """Run the command."""
    speak_utf8()
    app(prog_name="planner")


if __name__ == "__main__":
    main()
