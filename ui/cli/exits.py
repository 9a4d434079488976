"""How a command ends: its exit codes, and wrong input said in words instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from planner.words.errors import DatasetError, WrongInput
from ui.cli.fault_list import say


class Exit(IntEnum):
    """What the exit codes mean; they are part of the data contract."""

    DONE = 0
    BROKEN_RULE = 1
    INPUT_WRONG = 2
    CONTRADICTION = 3
    NO_PLAN = 4
    FAULT_OF_OURS = 5
    INTERRUPTED = 130


@contextmanager
def told_in_words(as_json: bool = False) -> Iterator[None]:
    """Ends the command with the right code where the input is wrong or Ctrl-C is pressed."""
    try:
        yield
    except (DatasetError, WrongInput) as error:
        say(error, as_json=as_json)
        raise typer.Exit(Exit.INPUT_WRONG) from None
    except KeyboardInterrupt:
        typer.echo("Interrupted; nothing was written.", err=True)
        raise typer.Exit(Exit.INTERRUPTED) from None
