"""Ctrl-C: the first keeps the best plan so far, the second ends the command at once."""

import os
import signal
import sys
import threading
from types import FrameType, TracebackType
from typing import Self

from ui.cli.exits import Exit

SHOW_CURSOR = "\x1b[?25h"


class CtrlC:
    """Listens while it is entered. `pressed` says whether there was a first; nothing else is done
    about it here, because a signal arrives in the midst of other work.
    """

    def __init__(self) -> None:
        self.pressed = False
        self._main = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Self:
        if self._main:
            self._before = signal.signal(signal.SIGINT, self._press)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._main:
            signal.signal(signal.SIGINT, self._before)

    def _press(self, number: int, frame: FrameType | None) -> None:
        if self.pressed:
            leave_at_once()
        self.pressed = True


def leave_at_once() -> None:
    """End the process without waiting for the solver's threads, which cannot be interrupted."""
    if sys.stderr.isatty():
        os.write(sys.stderr.fileno(), f"{SHOW_CURSOR}\n".encode())
    os._exit(Exit.INTERRUPTED)
