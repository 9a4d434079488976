"""The signals that tell a process to end: Ctrl-C, and what a system sends when it shuts down."""

import signal
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread


def on_end_signals(end: Callable[[], None]) -> None:
    """Call `end` once a signal to end arrives, in a thread of its own.

    A signal is handled in the midst of what the main thread does. Where that holds the lock of an
    Event, because it waits for it, to set the Event there would wait for itself for ever.
    """
    told: SimpleQueue[int] = SimpleQueue()  # the one queue that a signal may put into at any moment

    def wait_and_end() -> None:
        told.get()
        end()

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda number, _: told.put(number))
    Thread(target=wait_and_end, name="end signals", daemon=True).start()
