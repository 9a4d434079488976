"""What a solve gives back.

How far it came, the plan, what each goal reached, what was left out and what the check found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from planner.facts.problem import Problem
from planner.plan.plan import Plan

if TYPE_CHECKING:
    from planner.plan.frames import Frames


class Status(Enum):
    """OPTIMAL: every goal proved best in turn. NO_PLAN_YET: stopped before a plan was found.
    FAILED: a fault of ours.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NO_PLAN_YET = "no_plan_yet"
    FAILED = "failed"


@dataclass(frozen=True)
class GoalResult:
    """What one goal reached, in its unit; `bound` is what can at most (or must at least) be
    reached, None where unknown.
    """

    goal: str
    value: int
    bound: int | None

    @property
    def gap(self) -> float | None:
        """How far the bound is from the value, as a share of the larger of the two; None without a
        bound.
        """
        if self.bound is None:
            return None
        return abs(self.bound - self.value) / max(abs(self.bound), abs(self.value), 1)

    @property
    def proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.bound == self.value


@dataclass(frozen=True)
class Finding:
    """What the independent check says of a plan; `amount` in the rule's unit."""

    rule: str
    severity: str
    subject: str
    amount: int
    unit: str
    message: str


@dataclass(frozen=True)
class Unserved:
    """A service that did not get all it is owed, and what stopped the rest."""

    service: str
    sessions_owed: int
    sessions_given: int
    rule: str
    reason: str


@dataclass(frozen=True)
class SolveRecord:
    """How a result was found, which may differ between equal plans: when the search began, how many
    seconds it took in all and by goal (its key), with how many processes and which seed.
    """

    started: datetime
    seconds: float
    goal_seconds: Mapping[str, float]
    workers: int
    seed: int


@dataclass(frozen=True)
class Result:
    """The whole answer. `stopped` is `deadline` or `interrupt` where the search did not end by
    itself; `conflict` are the sentences that contradict each other where no plan can be (status
    INFEASIBLE).

    `problem` is what the plan is a plan of, with the people whom its positions pay, and `record`
    says how it was found; both are None inside a search. Results are equal where their answers are.
    """

    status: Status
    plan: Plan | None = None
    goals: tuple[GoalResult, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    findings: tuple[Finding, ...] = ()
    conflict: tuple[str, ...] = ()
    stopped: str = ""
    problem: Problem | None = field(default=None, compare=False, repr=False)
    record: SolveRecord | None = field(default=None, compare=False, repr=False)

    def to_frames(self) -> "Frames":
        """Data frames of what the result says beside its plan, for analysts and notebooks.

        Returns:
            A `pandas.DataFrame` under each of "goals", "unserved" and "findings", whose columns and
            types `planner.plan.frames.COLUMNS` lists. The plan has frames of its own.
        """
        from planner.plan.frames import frames_of

        return frames_of(
            {"goals": self.goals, "unserved": self.unserved, "findings": self.findings}
        )
