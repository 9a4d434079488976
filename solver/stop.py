"""How a running solve is told to stop: by Ctrl-C, a deadline or a caller, from any thread."""

import threading
from dataclasses import dataclass, field

from ortools.sat.python import cp_model


@dataclass
class Stop:
    """Asked for by Ctrl-C, a deadline or a caller; may be set from another thread."""

    asked: bool = False
    _solver: cp_model.CpSolver | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self) -> None:
        """Stops the running search as soon as it can, and every one after it."""
        with self._lock:
            self.asked = True
            if self._solver is not None:
                self._solver.stop_search()

    def watch(self, solver: cp_model.CpSolver | None) -> None:
        """Names the search that `ask` has to stop."""
        with self._lock:
            self._solver = solver
