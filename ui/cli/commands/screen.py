"""`planner ui`: the pages, and beside them the workers that solve what is asked for."""

import os
import signal
import sys
from contextlib import suppress
from time import sleep

import typer

from planner.store import workers as living_workers
from planner.store.errors import StoreError
from planner.store.place import place_of
from planner.store.store import open_store
from planner.store.worker import Worker, this_worker
from planner.words.errors import WrongInput
from ui.app.sign_in import notes_at_start
from ui.app.supervision import Supervised
from ui.cli.exits import Exit

TICK = 0.2
"""Seconds between two looks at whether all processes live."""


def run(port: int, address: str, workers: int, *, browser: bool, without_sign_in: bool) -> Exit:
    """Shows the pages until Ctrl-C, or until it is told to end. A process of it that ends before
    is begun again.

    Raises StoreError where the store cannot be opened, WrongInput where pages cannot be shown or
    would be open to strangers, DatasetError where the table of roles is wrong.
    """
    for note in notes_at_start(address, os.environ, without_sign_in=without_sign_in):
        typer.echo(note, err=True)
    store = open_store(place_of(os.environ))
    signal.signal(signal.SIGTERM, signal.default_int_handler)

    def greet(pid: int) -> None:
        """Says for a worker that it lives: it needs seconds until it can do so itself."""
        with suppress(StoreError):
            living_workers.beat(store, Worker(this_worker().host, pid))

    serve = [sys.executable, "-P", "-m", "ui.screen.server", str(port), address]
    work = [sys.executable, "-P", "-m", "ui.cli.main", "worker"]
    begun: list[Supervised] = []
    try:
        shown = "browser" if browser else "no-browser"
        pages = Supervised("server", [*serve, shown], [*serve, "no-browser"])
        begun.append(pages)
        for _ in range(workers):
            begun.append(Supervised("worker", work, begun=greet))
        while True:
            code = pages.ended()
            if code == 0:
                return Exit.DONE
            # A signal, or a server that had been well, says nothing of the port.
            if code is not None and code > 0 and not pages.is_steady:
                raise WrongInput(
                    f"The pages could not be shown on port {port}. Is it in use? Choose another "
                    "with --port."
                )
            for process in begun:
                process.tend()
            sleep(TICK)
    except KeyboardInterrupt:
        return Exit.DONE
    finally:
        for process in begun:
            process.end()
        for process in begun:
            process.wait()
        store.close()
