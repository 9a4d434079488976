"""`planner rules`: every rule and goal, with its formula, unit and setting."""

import typer

from ui.cli.exits import Exit
from ui.render import rules_table


def run(*, as_markdown: bool) -> Exit:
    """Print the tables."""
    typer.echo(rules_table.markdown() if as_markdown else rules_table.text())
    return Exit.DONE
