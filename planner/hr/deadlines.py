"""Dates that HR watches: credentials that end within the school year, or have ended, and training
with its deadlines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.plan.plan import Plan
from planner.plan.training_minutes import minutes_had


@dataclass(frozen=True)
class Expiry:
    """A credential that ends before the school year does; `required` says that the job class asks
    for it.
    """

    credential: str
    expires: date
    ended: bool
    required: bool


@dataclass(frozen=True)
class TrainingDue:
    """Minutes of a training needed by a date (None: at any time), and those that the plan gives in
    time.
    """

    training: str
    due: date | None
    needed: int
    planned: int

    @property
    def met(self) -> bool:
        """Whether the plan gives all of it in time."""
        return self.planned >= self.needed


def expiries(problem: Problem, person: Staff) -> Iterator[Expiry]:
    """The credentials of a person that do not last until the year ends, the first to end first."""
    district = problem.data.district
    asked = {name for either in problem.roles[person.role].requires for name in either}
    ending = [c for c in person.credentials if c.expires and c.expires < district.year_end]
    for found in sorted(ending, key=lambda c: (c.expires or date.max, c.name)):
        assert found.expires
        yield Expiry(
            found.name, found.expires, found.expires < district.day_planned, found.name in asked
        )


def training_due(problem: Problem, plan: Plan, staff: str) -> Iterator[TrainingDue]:
    """What training a person needs, the next deadline first."""
    mine = [need for need in problem.training_needs if need.person.staff == staff]
    for need in sorted(mine, key=lambda need: (need.due or date.max, need.training)):
        yield TrainingDue(need.training, need.due, need.minutes, minutes_had(plan, need))
