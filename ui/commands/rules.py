"""`planner rules`: every rule and goal, with its formula, unit and setting."""

import typer

from ui import rules_table
from ui.exits import Exit


def run(*, as_markdown: bool) -> Exit:
    """Print the tables."""
    typer.echo(rules_table.markdown() if as_markdown else rules_table.text())
    return Exit.DONE
