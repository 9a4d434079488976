"""How a solve runs, and what it says while it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field

from planner.goals import GOALS
from planner.goals.goal import Goal


@dataclass(frozen=True)
class SolveSettings:
    """`goals` in order; `seconds` of search (deterministic seconds where the run must be reproducible); `workers` threads."""

    goals: tuple[Goal, ...] = field(default=GOALS)
    seconds: float = 60.0
    workers: int = 2
    seed: int = 1
    reproducible: bool = False


@dataclass(frozen=True)
class Progress:
    """What a running solve has reached: the goal, where, its value and bound so far, seconds since the start."""

    goal: Goal
    where: str
    value: int | None
    bound: int | None
    seconds: float


OnProgress = Callable[[Progress], None]
