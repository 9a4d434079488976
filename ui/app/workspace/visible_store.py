"""What somebody may see at all of the store: its datasets, plans and notes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from planner.access import User, seen
from planner.access.texts import A_SCENARIO
from planner.facts.sheets import Dataset
from planner.facts.who import DIRECTOR, HR, PRINCIPAL
from planner.store import datasets, plans, runs, scenarios
from planner.store.datasets import SavedDataset
from planner.store.errors import NotThere
from planner.store.plans import SavedPlan
from planner.store.scenarios import SavedScenario
from planner.store.store import Store
from ui.app.workspace.visible_texts import texts_of

Saved = TypeVar("Saved", SavedDataset, SavedScenario)


def newest(versions: Iterable[Saved]) -> tuple[Saved, ...]:
    """The first of each name: versions come the newest first."""
    found: dict[str, Saved] = {}
    for saved in versions:
        found.setdefault(saved.name, saved)
    return tuple(found.values())


class VisibleStore:
    """The store as `viewer` sees it: what is not theirs to see is as if it were not there."""

    def __init__(self, store: Store, viewer: User) -> None:
        self._store = store
        self.viewer = viewer

    @property
    def _is_principal(self) -> bool:
        """Whether the viewer sees their own schools alone."""
        return self.viewer.roles == {PRINCIPAL}

    def plans(self) -> tuple[SavedPlan, ...]:
        """Every plan, the newest first; a principal's own and the adopted ones, without figures of
        other schools' money.
        """
        found = plans.saved(self._store)
        if self._is_principal:
            names = {saved.name for saved in self._versions()}
            found = tuple(
                plan
                for plan in found
                if plan.name in names and (plan.adopted or self._of_mine(plan.saved_by))
            )
        return tuple(map(self._listed, found))

    def _of_mine(self, by: str) -> bool:
        return not self._is_principal or by == self.viewer.name

    def _versions(self) -> tuple[SavedDataset, ...]:
        """Every version of every dataset; a principal's are those that have a school of theirs, and
        name no other.
        """
        found = datasets.saved(self._store)
        if not self._is_principal:
            return found
        mine = self.viewer.schools
        return tuple(
            replace(saved, schools=tuple(school for school in saved.schools if school in mine))
            for saved in found
            if mine.intersection(saved.schools)
        )

    def _find_unseen_dataset(self, key: str) -> None:
        """Raises NotThere where nothing that the viewer sees is of the dataset with a hash."""
        if not self._is_principal:
            return
        of = {saved.hash for saved in self._versions()} | {p.dataset_hash for p in self.plans()}
        of |= {run.dataset_hash for run in runs.runs(self._store) if self._of_mine(run.asked_by)}
        if key not in of:
            raise NotThere(key, "is not among the datasets that you see.")

    def _whole(self, key: str) -> Dataset:
        """All of a dataset that the viewer sees something of: to be cut, solved or kept."""
        self._find_unseen_dataset(key)
        return datasets.load(self._store, key)

    def _newest_scenarios(self) -> tuple[SavedScenario, ...]:
        return newest(scenarios.saved(self._store))

    def _plan(self, number: int) -> SavedPlan:
        saved = next((plan for plan in self.plans() if plan.number == number), None)
        if saved is None:
            raise NotThere(f"plan {number}", "is not among the plans that you see.")
        return saved

    def _note(self, plan: int, note: str) -> str:
        """What somebody typed when a plan was adopted: for those who read notes in the trail, and
        without what it tells of people and pay that they do not see.
        """
        if not note or not seen(self.viewer, "audit:detail.note"):
            return ""
        key = next((one.dataset_hash for one in self.plans() if one.number == plan), "")
        return texts_of(self._store, self.viewer, key).cut(note) if key else ""

    def _listed(self, plan: SavedPlan) -> SavedPlan:
        """A plan in a list: the office's has what it costs. What somebody called its scenario may
        name what is hidden.
        """
        if self.viewer.roles & {DIRECTOR, HR}:
            return plan
        scenario = plan.scenario
        if self._is_principal and not self._of_mine(plan.saved_by) and not plan.is_as_it_is:
            texts = texts_of(self._store, self.viewer, plan.dataset_hash)
            scenario = scenario if texts.may_show(scenario) else A_SCENARIO
        return replace(plan, cost=None, scenario=scenario)
