"""No command ends with a traceback: what nobody foresaw is kept as a bundle, and said in words."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from planner.words.errors import sentence_of
from ui.cli.exits import Exit
from ui.cli.streams import print_json


class CaughtGroup(TyperGroup):
    """All commands, and what becomes of an exception that none of them expects.

    It is caught here and not in `told_in_words`, because the command line is known here, and a
    command that forgets to tell its faults in words is covered, too.
    """

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:
        """Run a command."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            return super().main(args, *more, **named)
        except Exception as error:
            _tell(error, words, _names(self.commands))
            sys.exit(Exit.FAULT_OF_OURS)


def _names(commands: Mapping[str, Any]) -> set[str]:
    """The names of commands and of those inside of them."""
    inside = (_names(getattr(command, "commands", {})) for command in commands.values())
    return set(commands).union(*inside)


def _tell(error: Exception, words: Sequence[str], commands: set[str]) -> None:
    """Keep the bundle and say where it lies; as JSON where that was asked for."""
    from ui.cli.fault_bundle import keep_bundle

    try:
        place = str(keep_bundle(error, words, commands))
        told = (
            f"What is needed to find the fault is in {place}: versions, options, and the place in "
            "the program. No name, figure or text of your data is in it. Please send it to those "
            "who gave you the planner."
        )
    except OSError as unwritten:
        place = ""
        told = f"A report for the developers could not be written ({sentence_of(unwritten)})."
    if "--json" in words:
        print_json({"status": "failed", "error": type(error).__name__, "fault_report": place})
    typer.echo(
        f"The planner failed ({type(error).__name__}). That is our fault, not yours. {told}",
        err=True,
    )
