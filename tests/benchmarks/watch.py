"""What a solve says while it runs, as moments."""

from __future__ import annotations

from collections import defaultdict
from time import monotonic

from solver.settings import Progress

WHOLE = ""
"""Where progress is of all there is; other places are parts, to be added up."""


class Watch:
    """How much the goals together had reached, and when. A solve speaks now and then, so moments
    are no earlier than the truth.
    """

    def __init__(self) -> None:
        self.began = monotonic()
        self.reached: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.totals: list[tuple[float, int]] = []

    def __call__(self, progress: Progress) -> None:
        if progress.value is not None:
            self.reached[progress.goal.key][progress.where] = progress.value
            self.totals.append((self.seconds, self.total))

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.began

    @property
    def total(self) -> int:
        """What is reached by now."""
        return sum(
            max(parts.get(WHOLE, 0), sum(value for where, value in parts.items() if where != WHOLE))
            for parts in self.reached.values()
        )

    def when(self, least: float) -> float | None:
        """Seconds until so much was reached."""
        return next((seconds for seconds, total in self.totals if total >= least), None)
