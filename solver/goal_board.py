"""What each goal has reached while a solve runs: the parts of a district come one by one, and are
added up here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from planner.plan.result import GoalResult
from planner.rules.goals.goal import Goal
from planner.rules.goals.goal_text import GoalText, goal_text
from planner.words.wording import Words
from solver.settings import Progress


@dataclass
class GoalState:
    """One goal: its values and bounds by part, where the search is now, and when it began and last
    said something.
    """

    goal: Goal
    values: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, int | None] = field(default_factory=dict)
    where: str = ""
    began: float = 0.0
    seconds: float = 0.0

    @property
    def so_far(self) -> GoalResult | None:
        """What the parts that have answered reached together; None before the first."""
        if not self.values:
            return None
        together: Callable[[Sequence[int]], int] = min if self.goal.takes_least else sum
        known = [bound for bound in self.bounds.values() if bound is not None]
        bound = together(known) if len(known) == len(self.values) else None
        return GoalResult(self.goal.key, together(list(self.values.values())), bound)

    @property
    def spent(self) -> float:
        """Seconds that went into it."""
        return max(0.0, self.seconds - self.began)


def silent(ended: Sequence[GoalState]) -> None:
    """Where nobody waits for a goal's end."""


class GoalBoard:
    """All goals in order. `tell` may be called from any thread; `on_ended` gets, on that thread,
    the goals that have just come to their end.
    """

    def __init__(
        self,
        goals: Sequence[Goal],
        words: Words,
        on_ended: Callable[[Sequence[GoalState]], None] = silent,
    ) -> None:
        self.states = {goal.key: GoalState(goal) for goal in goals}
        self.current = ""
        self._words = words
        self._on_ended = on_ended
        self._lock = Lock()

    def tell(self, progress: Progress) -> None:
        """Note what a solve says."""
        ended: list[GoalState] = []
        with self._lock:
            state = self.states[progress.goal.key]
            if progress.goal.key != self.current:
                before = self.states.get(self.current)
                ended = [before] if before else []
                state.began = before.seconds if before else 0.0
                self.current = progress.goal.key
            state.where, state.seconds = progress.where, progress.seconds
            if progress.value is not None:
                state.values[progress.where] = progress.value
                state.bounds[progress.where] = progress.bound
        if ended:
            self._on_ended(ended)

    def last(self) -> list[GoalState]:
        """The goal that is searched now; none before the first."""
        return [self.states[self.current]] if self.current else []

    def words_of(self, state: GoalState) -> GoalText | None:
        """What a goal has reached so far, in words."""
        with self._lock:
            so_far = state.so_far
        return goal_text(so_far, self._words) if so_far else None

    def goal_seconds(self) -> dict[str, float]:
        """Seconds by goal, for those that were searched; the first includes filling the
        timetable.
        """
        return {key: state.spent for key, state in self.states.items() if state.seconds}
