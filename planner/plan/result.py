"""What a solve gives back.

How far it came, the plan, what each goal reached, what was left out and what the check found.
"""

from dataclasses import dataclass
from enum import Enum

from planner.plan.plan import Plan


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
class Result:
    """The whole answer. `stopped` is `deadline` or `interrupt` where the search did not end by
    itself; `conflict` are the sentences that contradict each other where no plan can be (status
    INFEASIBLE).
    """

    status: Status
    plan: Plan | None = None
    goals: tuple[GoalResult, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    findings: tuple[Finding, ...] = ()
    conflict: tuple[str, ...] = ()
    stopped: str = ""
