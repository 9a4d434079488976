"""`planner worker`: solves the runs of the store's queue."""

import logging
import os
from contextlib import nullcontext
from threading import Event

from planner.store.place import place_of
from planner.store.store import open_store
from planner.store.worker import this_worker
from ui.app.supervision import end_with_supervisor
from ui.app.worker import serve
from ui.cli.commands.solve import engine_of
from ui.cli.end_signals import on_end_signals
from ui.cli.exits import Exit


def run(cluster: str | None) -> Exit:
    """Works until it is told to end. Raises StoreError where there is no store, WrongInput where
    there is no such cluster.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    store, quit_ = open_store(place_of(os.environ)), Event()
    on_end_signals(quit_.set)
    end_with_supervisor(quit_.set)
    with engine_of(cluster) if cluster else nullcontext() as engine:
        serve(store, this_worker(), quit_, engine)
    return Exit.DONE
