"""A plan of the store that is looked at, as far as its viewer may see it."""

from dataclasses import dataclass, field
from functools import cached_property

from planner.access import User, accounts_for, may, money_for
from planner.access.money_view import SeenAccount
from planner.access.plan_view import PlanView
from planner.document.plan_document import PlanDocument
from planner.facts.problem import Problem
from planner.funding import FundingReport
from planner.hr import Hr, hr
from planner.plan.measures import Measures, measure
from planner.plan.plan import Plan
from planner.render.workbook.plan_workbook import Shown, shown_to
from planner.store.plans import SavedPlan
from planner.words.wording import Words
from ui.app.workspace.whole_plan import WholePlan


@dataclass(frozen=True, eq=False)
class VisiblePlan:
    """A plan as `viewer` sees it: `view` holds no more than that. The whole stays inside, for sums
    that need all of it.
    """

    saved: SavedPlan
    viewer: User
    view: PlanView
    _whole: WholePlan = field(repr=False)

    @property
    def number(self) -> int:
        """The plan's number in the store."""
        return self.saved.number

    @property
    def problem(self) -> Problem:
        """The facts."""
        return self.view.problem

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.view.plan

    @property
    def document(self) -> PlanDocument:
        """Its document."""
        return self.view.document

    @cached_property
    def measures(self) -> Measures:
        """Its figures, worked out of what is seen."""
        return measure(self.problem, self.plan)

    @cached_property
    def money(self) -> FundingReport | None:
        """The whole view of money; None for who does not get it."""
        return money_for(self.viewer, self._whole.problem, self._whole.money)

    @cached_property
    def accounts(self) -> tuple[SeenAccount, ...]:
        """The accounts of the funds whose amounts are seen."""
        return accounts_for(self.viewer, self._whole.problem, self._whole.plan, self._whole.money)

    @cached_property
    def shown(self) -> Shown:
        """What the plan's workbook holds for the viewer."""
        return shown_to(self.viewer, self._whole.problem, self._whole.plan, self._whole.money)

    @cached_property
    def hr(self) -> Hr:
        """What HR asks of its people."""
        return hr(self.problem, self.plan)

    @property
    def sees_pay(self) -> bool:
        """Whether the viewer sees what single people are paid."""
        return may(self.viewer, "see_pay")

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
