"""What figures were measured on, and how much memory a run and its processes took."""

from __future__ import annotations

import os
import platform
import resource
import sys
from datetime import date
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
LOOK = 0.25
"""Seconds from one look at the memory to the next."""


def machine() -> str:
    """Machine, Python and date in a line."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {date.today()}"
    )


class Memory:
    """The most memory that this process and its children hold at once while this is open.

    Linux tells it at any time (what processes share is counted for each). Elsewhere it is the peak
    of this process and of the largest child that has ended.
    """

    def __init__(self) -> None:
        self._most = 0.0
        self._over = Event()
        self._watcher = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    @property
    def megabytes(self) -> float:
        """The peak."""
        if self._most:
            return max(self._most, kilobytes(os.getpid(), "VmHWM") / 1024)
        unit = 1024**2 if sys.platform == "darwin" else 1024
        return (
            sum(
                resource.getrusage(who).ru_maxrss
                for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            )
            / unit
        )

    def _watch(self) -> None:
        while True:
            now = sum(
                kilobytes(process, "VmRSS") for process in (os.getpid(), *descendants(os.getpid()))
            )
            self._most = max(self._most, now / 1024)
            if self._over.wait(LOOK):
                return


def descendants(process: int) -> list[int]:
    """The processes that a process started, and those that they started; none where the system does
    not tell.
    """
    found: list[int] = []
    for children in PROC.glob(f"{process}/task/*/children"):
        try:
            started = [int(child) for child in children.read_text().split()]
        except OSError:
            continue
        found += started
        for child in started:
            found += descendants(child)
    return found


def kilobytes(process: int, line: str) -> int:
    """A line of a process's status, or 0 where there is none."""
    try:
        status = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(told.split()[1]) for told in status if told.startswith(f"{line}:")), 0)
