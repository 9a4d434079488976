"""When a running solve ends: the one clock of a solve, and how it is told to stop before."""

import threading
from dataclasses import dataclass, field
from math import inf
from time import monotonic

from ortools.sat.python import cp_model


@dataclass
class Stop:
    """Asked for by Ctrl-C or a caller, from any thread; or due, when its time is over.

    Whoever searches asks for what is left, and takes no more for a question whatever its own share
    is.
    """

    asked: bool = False
    until: float = inf
    """When the time is over, by this machine's monotonic clock; infinite where it may not be looked
    at, because the same must come out of every run.
    """
    _solver: cp_model.CpSolver | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self) -> None:
        """Stops the running search as soon as it can, and every one after it."""
        with self._lock:
            self.asked = True
            if self._solver is not None:
                self._solver.stop_search()

    def end_within(self, seconds: float) -> None:
        """The time is over in so many seconds, unless it is sooner."""
        self.until = min(self.until, monotonic() + seconds)

    def left(self) -> float:
        """Seconds that are left; 0 once somebody asked for the end."""
        return 0.0 if self.asked else max(0.0, self.until - monotonic())

    @property
    def over(self) -> bool:
        """Whether nothing more is to be begun."""
        return self.left() <= 0

    def watch(self, solver: cp_model.CpSolver | None) -> None:
        """Names the search that `ask` has to stop."""
        with self._lock:
            self._solver = solver
