"""How a solve runs, and what it says while it runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals import GOALS
from planner.rules.goals.goal import Goal


@dataclass(frozen=True)
class SolveSettings:
    """How one problem is solved.

    `goals` in order; `seconds` of search (None: by the number of schools; deterministic seconds
    where the run must be reproducible); `workers` threads.

    `start` is where the search begins, with its positions where they are still legal; nothing
    holds it there. `reference` is the plan that people know: from it as little is changed as the
    goals allow, and at most `most_changes` (None: as many as the goals ask for). They are two,
    because a search that was interrupted begins with the best plan that it had found, and its
    changes still count against the plan that was there before it. Without a `start` the search
    begins with the `reference`.
    """

    goals: Sequence[Goal] = field(default_factory=lambda: tuple(GOALS))
    seconds: float | None = None
    workers: int = 2
    seed: int = 1
    reproducible: bool = False
    start: Plan | None = None
    reference: Plan | None = None
    most_changes: int | None = None

    @property
    def limited(self) -> bool:
        """Whether there is a limit of changes."""
        return self.reference is not None and self.most_changes is not None

    @property
    def beginnings(self) -> tuple[Plan, ...]:
        """The plans to begin with, the first that can be kept counts."""
        return tuple(
            {id(plan): plan for plan in (self.start, self.reference) if plan is not None}.values()
        )

    def afresh(self) -> "SolveSettings":
        """The same with no plan to begin with or to stay close to."""
        return replace(self, start=None, reference=None, most_changes=None)


def default_seconds(problem: Problem) -> float:
    """Seconds that a problem of so many schools deserves: a minute, and five more for each school
    beyond the first.
    """
    schools = {service.school for service in problem.services if service.school}
    return 60.0 + 5.0 * max(0, len(schools) - 1)


@dataclass(frozen=True)
class Progress:
    """What a running solve has reached: the goal, where, its value and bound so far, seconds since
    the start.
    """

    goal: Goal
    where: str
    value: int | None
    bound: int | None
    seconds: float

    def __str__(self) -> str:
        reached = "" if self.value is None else f" {self.value}"
        bound = "" if self.bound is None else f" (bound {self.bound})"
        where = f" at {self.where}" if self.where else ""
        return f"{self.seconds:.1f} s: {self.goal.key}{reached}{bound}{where}"


OnProgress = Callable[[Progress], None]

OnPlan = Callable[[Plan], None]
"""Called now and then with the plan as far as it has come: whole, not yet checked, and not always
better than the one before.
"""


def unheard(plan: Plan) -> None:
    """Where nobody asks for plans so far."""
