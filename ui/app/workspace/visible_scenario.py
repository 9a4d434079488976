"""A scenario applied to a dataset of the store, as far as its viewer may see what it makes."""

from dataclasses import dataclass, field
from functools import cached_property

from planner.access import Level, User, dataset_for, seen
from planner.access.texts import Texts
from planner.facts.sheets import Dataset
from planner.scenario.applying import Applied
from planner.scenario.differences import Difference, differences
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class OverdrawnFund:
    """A fund that cannot pay for its filled positions any more; `what` says how much is missing, to
    who sees what funds have left.
    """

    fund: str
    what: str


@dataclass(frozen=True, eq=False)
class VisibleScenario:
    """What a scenario makes of a dataset, as `viewer` sees it. The whole stays inside, to be
    solved.
    """

    viewer: User
    _whole: Applied = field(repr=False)
    _texts: Texts = field(repr=False)

    @property
    def scenario(self) -> Scenario:
        """The scenario with the wishes of all below it."""
        return self._whole.scenario

    @cached_property
    def before(self) -> Dataset:
        """The dataset without any scenario."""
        return dataset_for(self.viewer, self._whole.before)

    @cached_property
    def after(self) -> Dataset:
        """The dataset as the scenario has it."""
        return dataset_for(self.viewer, self._whole.after)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What it changes of what is seen: a difference of the whole would tell what a hidden cell
        held.
        """
        return differences(self.before, self.after)

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said beside the differences."""
        return tuple(map(self._texts.cut, self._whole.remarks))

    @cached_property
    def overdrawn(self) -> tuple[OverdrawnFund, ...]:
        """The funds that cannot pay for their filled positions; the plan decides who stays."""
        if not self._whole.overdrawn:  # also where there is no sheet of funds
            return ()
        told = seen(self.viewer, "plan:measures.cost.fund_left.*") is Level.ALL
        rows = dict(self._whole.tables["funds"].rows)
        shown = {fund.fund for fund in self.after.funds}
        names = ((str(rows[fault.row]["fund"]), fault.what) for fault in self._whole.overdrawn)
        return tuple(
            OverdrawnFund(name, what if told else "") for name, what in names if name in shown
        )


def whole_of(scenario: VisibleScenario) -> Applied:
    """All that a scenario makes: for the store and the queue, never for a page."""
    return scenario._whole
