"""Processes that are begun again where they end, and that end with who began them."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from time import monotonic

from ui.app.back_off import BackOff

SUPERVISED = "PLANNER_SUPERVISED"
"""Set for a process whose standard input ends when its supervisor does."""
STEADY = 30.0
"""Seconds after which a process counts as well: should it end then, it is begun again soon."""
ENDING = 60.0
"""Seconds in which a process ends that was told to; a worker keeps its best plan meanwhile."""
FIRST, LONGEST = 1.0, 60.0
"""Seconds until a process that ended is begun again, the first time and at most."""


class Supervised:
    """A process that is begun again where it ends, later each time that it does so at once."""

    def __init__(
        self,
        called: str,
        command: Sequence[str],
        again: Sequence[str] | None = None,
        begun: Callable[[int], None] = lambda pid: None,
        back_off: BackOff | None = None,
    ) -> None:
        """Begin it.

        Args:
            called: What messages call it.
            command: Its program and arguments.
            again: The same for every later time, where that differs.
            begun: Hears its process id, every time.
            back_off: How long to wait before it is begun again.
        """
        self.called = called
        self._again = command if again is None else again
        self._begun = begun
        self._back_off = back_off or BackOff(FIRST, LONGEST)
        self._due: float | None = None
        self._begin(command)

    def _begin(self, command: Sequence[str]) -> None:
        self._since = monotonic()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, env=os.environ | {SUPERVISED: "1"}
        )
        self._begun(self.process.pid)

    @property
    def is_steady(self) -> bool:
        """Whether it has been running for a while, or had been when it ended."""
        return monotonic() - self._since >= STEADY

    def ended(self) -> int | None:
        """How it ended, once, where it has: its exit code, below zero for a signal."""
        return None if self._due is not None else self.process.poll()

    def tend(self) -> None:
        """Begin it again where it has ended and its time has come."""
        code = self.ended()
        if code is not None:
            self.wait()
            if self.is_steady:
                self._back_off.succeeded()
            wait = self._back_off.wait_seconds()
            self._due = monotonic() + wait
            how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
            sys.stderr.write(
                f"{self.called} {self.process.pid} ended {how}; another starts in {wait:g} s.\n"
            )
        elif self._due is not None and monotonic() >= self._due:
            self._due = None
            self._begin(self._again)

    def end(self) -> None:
        """Tell it to end."""
        self.process.terminate()

    def wait(self) -> None:
        """Wait until it has ended, and let go of its standard input. One that does not end though
        it was told to is killed: of a worker nothing is lost by that.
        """
        try:
            self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


def end_with_supervisor(
    end: Callable[[], None] = lambda: os.kill(os.getpid(), signal.SIGTERM),
) -> None:
    """End with the process that supervises this one, also where that one is killed: it would else
    go on unseen, and hold its port or work beside its successor. Nothing for a process of one's
    own.
    """
    if os.environ.pop(SUPERVISED, ""):
        threading.Thread(target=_listen, args=(end,), name="supervisor", daemon=True).start()


def _listen(end: Callable[[], None]) -> None:
    with os.fdopen(os.dup(0), "rb", buffering=0) as line:
        while line.read(1):
            pass
    end()
