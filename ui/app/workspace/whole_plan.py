"""A plan of the store with everything in it, read once for all who look at a part of it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from planner.document.document_reading import document_in_text
from planner.document.plan_document import PlanDocument
from planner.document.plan_file import read_document
from planner.facts.problem import Problem
from planner.funding import FundingReport, money
from planner.plan.plan import Plan
from planner.store import datasets

KEPT = 8
"""Plans that a process keeps as it read them last."""


@dataclass(frozen=True, eq=False)
class WholePlan:
    """The plan, its facts and its document."""

    document: PlanDocument
    problem: Problem
    plan: Plan

    @cached_property
    def money(self) -> FundingReport:
        """What it costs, and what funds have left."""
        return money(self.problem, self.plan)


@lru_cache(maxsize=KEPT)
def whole_plan(plan: str, dataset: str) -> WholePlan:
    """The plan in a stored text, of the dataset in another. Raises DatasetError where it does not
    belong to it.
    """
    document = document_in_text(plan, "plan.json")
    read = read_document(document, Problem(datasets.read(dataset), document.scenario))
    return WholePlan(document, read.problem, read.plan)
