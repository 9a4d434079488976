"""`planner ui`: the pages, and beside them the workers that solve what is asked for."""

import os
import signal
import subprocess
import sys

import typer

from planner.store.place import place_of
from planner.store.store import open_store
from planner.words.errors import WrongInput
from ui.app.sign_in import notes_at_start
from ui.cli.exits import Exit


def run(port: int, address: str, workers: int, *, browser: bool, without_sign_in: bool) -> Exit:
    """Shows the pages until Ctrl-C, or until it is told to end.

    Raises StoreError where the store cannot be opened, WrongInput where pages cannot be shown or
    would be open to strangers, DatasetError where the table of roles is wrong.
    """
    for note in notes_at_start(address, os.environ, without_sign_in=without_sign_in):
        typer.echo(note, err=True)
    open_store(place_of(os.environ)).close()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    shown = [str(port), address, "browser" if browser else "no-browser"]
    pages = subprocess.Popen([sys.executable, "-m", "ui.screen.server", *shown])
    started = [
        subprocess.Popen([sys.executable, "-m", "ui.cli.main", "worker"]) for _ in range(workers)
    ]
    try:
        code = pages.wait()
    except KeyboardInterrupt:
        return Exit.DONE
    finally:
        for process in (pages, *started):
            process.terminate()
        for process in (pages, *started):
            process.wait()
    if code:
        raise WrongInput(
            f"The pages could not be shown on port {port}. Is it in use? Choose another with "
            "--port."
        )
    return Exit.DONE
