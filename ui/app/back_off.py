"""Try again, and later each time: what is down comes back sooner when nobody hammers at it."""

import logging
from collections.abc import Callable
from threading import Event
from typing import TypeVar

from planner.store.errors import Unreachable

LOG = logging.getLogger("planner.worker")
T = TypeVar("T")


class BackOff:
    """The seconds to wait before the next try: twice as many each time, up to `longest`."""

    def __init__(self, first: float = 0.5, longest: float = 5.0) -> None:
        self._first, self._longest = first, longest
        self._next = first

    def wait_seconds(self) -> float:
        """How long to wait now."""
        seconds = self._next
        self._next = min(2 * seconds, self._longest)
        return seconds

    def succeeded(self) -> None:
        """Begin with short waits again."""
        self._next = self._first


def patiently(act: Callable[[], T], quit_: Event) -> T:
    """Do something at the store, again and again while the database does not answer.

    Raises what it raises, and Unreachable where `quit_` is set while it waits.
    """
    back_off = BackOff()
    while True:
        try:
            return act()
        except Unreachable as error:
            LOG.warning("%s", error)
            if quit_.wait(back_off.wait_seconds()):
                raise
