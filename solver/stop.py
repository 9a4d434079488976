"""When a running solve ends: the one clock of a solve, and how it is told to stop before."""

import threading
from math import inf
from time import monotonic

from ortools.sat.python import cp_model


class _Told:
    """Whether somebody asked for the end, and the search that is to hear of it."""

    def __init__(self, *, asked: bool, beside: "_Told | None" = None) -> None:
        self.asked_here = asked
        self.beside = beside
        self.solver: cp_model.CpSolver | None = None
        self.lock = threading.Lock()

    @property
    def asked(self) -> bool:
        return self.asked_here or (self.beside is not None and self.beside.asked)


class Stop:
    """Asked for by Ctrl-C or a caller, from any thread; or due, when its time is over.

    Whoever searches asks for what is left, and takes no more for a question whatever its own share
    is.
    """

    def __init__(self, *, asked: bool = False, until: float = inf) -> None:
        """Begin the clock.

        Args:
            asked: Whether the end is asked for already.
            until: When the time is over, by this machine's monotonic clock; infinite where it may
                not be looked at, because the same must come out of every run.
        """
        self.until = until
        self._told = _Told(asked=asked)

    @property
    def asked(self) -> bool:
        """Whether somebody asked for the end."""
        return self._told.asked

    @property
    def broken_off(self) -> bool:
        """Whether the end was asked for here, and not of what this runs beside."""
        return self._told.asked_here

    def ask(self) -> None:
        """Stops the running search as soon as it can, and every one after it."""
        with self._told.lock:
            self._told.asked_here = True
            if self._told.solver is not None:
                self._told.solver.stop_search()

    def within(self, seconds: float) -> "Stop":
        """The same for what may take so many seconds: whoever asks the one asks the other."""
        part = Stop(until=min(self.until, monotonic() + seconds))
        part._told = self._told
        return part

    def beside(self) -> "Stop":
        """A clock of what runs beside: nothing more is begun there either when this one ends, but
        it may be asked to end without this one, and what it is at then is not broken off with this
        one.
        """
        part = Stop(until=self.until)
        part._told = _Told(asked=False, beside=self._told)
        return part

    def left(self) -> float:
        """Seconds that are left; 0 once somebody asked for the end."""
        return 0.0 if self.asked else max(0.0, self.until - monotonic())

    @property
    def over(self) -> bool:
        """Whether nothing more is to be begun."""
        return self.left() <= 0

    def watch(self, solver: cp_model.CpSolver | None) -> None:
        """Names the search that `ask` has to stop."""
        with self._told.lock:
            self._told.solver = solver
