"""A plan that is looked at, as far as its viewer may see it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.access import Viewer, may
from planner.measures import Measures, measure
from planner.plan import Plan
from planner.problem.problem import Problem
from planner.words import Words


@dataclass(frozen=True, eq=False)
class Opened:
    """A plan of the store: `problem` and `plan` hold what the viewer may see and no more; `document` is its `plan.json`."""

    id: int
    dataset: str
    title: str
    viewer: Viewer
    problem: Problem
    plan: Plan
    document: dict[str, Any]

    @cached_property
    def measures(self) -> Measures:
        """The plan's figures."""
        return measure(self.problem, self.plan)

    @property
    def may_change(self) -> bool:
        """Whether the viewer may decide something about the plan."""
        return may(self.viewer, "edit_scenario")

    @property
    def words(self) -> Words:
        """Figures in the district's locale."""
        return Words(self.problem.data.district.locale)

    def school(self, school: str) -> str:
        """A school's name."""
        return self.problem.schools[school].name if school in self.problem.schools else school
