"""A desk at the store: whatever is read is cut to what its viewer may see, whatever is changed asks
first whether they may.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from planner.access import (
    Level,
    User,
    audit_for,
    dataset_for,
    remarks_for,
    require,
    seen,
    tables_for,
    view_of,
)
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.facts.who import DIRECTOR, HR, PRINCIPAL
from planner.scenario.applying import Applied
from planner.scenario.scenario import Scenario
from planner.scenario.writing import ChangeMap
from planner.sheets.dataset import parse, tables_of
from planner.sheets.raw_table import RawSheet
from planner.store import adoption, audit, datasets, plans, runs, scenarios, verify
from planner.store.adoption import Adoption
from planner.store.audit import Verdict
from planner.store.datasets import SavedDataset
from planner.store.errors import NotThere
from planner.store.plans import SavedPlan
from planner.store.runs import RunState
from planner.store.scenarios import SavedScenario
from planner.store.store import Store
from planner.words.errors import Fault
from ui.app.reference_plan import plan_in_store
from ui.app.solve_request import SolveOptions, SolveRequest, request_of
from ui.app.workspace.editing import Rows, find_hidden, rejoined
from ui.app.workspace.scenarios import applied, chain_of, find_foreign, may_read, wishes_of
from ui.app.workspace.visible_plan import VisiblePlan
from ui.app.workspace.whole_plan import whole_plan

Json = dict[str, Any]


class Workspace:
    """The store as `viewer` works with it. Raises Denied for what they may not do, and StoreError
    as the store does.
    """

    def __init__(self, store: Store, viewer: User) -> None:
        self._store = store
        self.viewer = viewer

    # -- datasets

    def datasets(self) -> tuple[SavedDataset, ...]:
        """The newest version of every dataset, by name."""
        newest: dict[str, SavedDataset] = {}
        for saved in datasets.saved(self._store):
            newest.setdefault(saved.name, saved)
        return tuple(newest.values())

    def versions(self, name: str) -> tuple[SavedDataset, ...]:
        """Every version of a dataset, the newest first."""
        return tuple(saved for saved in datasets.saved(self._store) if saved.name == name)

    def dataset(self, key: str) -> Dataset:
        """The dataset with a hash, as far as it is seen."""
        return dataset_for(self.viewer, datasets.load(self._store, key))

    def tables(self, key: str) -> dict[str, RawSheet]:
        """The same as sheets of text, without the columns that are not seen."""
        return tables_for(self.viewer, datasets.load(self._store, key))

    def remarks(self, key: str) -> tuple[Fault, ...]:
        """What is allowed in the dataset and yet hardly meant, of what is seen."""
        return remarks_for(self.viewer, datasets.load(self._store, key))

    def edited(self, key: str, sheets: Mapping[str, Rows]) -> Dataset:
        """A dataset whose sheets were edited; cells that the viewer does not see stay as they are.
        Raises DatasetError.
        """
        require(self.viewer, "edit_dataset")
        whole = tables_of(datasets.load(self._store, key))
        shown = self.tables(key)
        for sheet, rows in sheets.items():
            find_hidden(self.viewer, sheet, rows)
        none = RawSheet()
        made = {
            sheet: rejoined(whole.get(sheet, none), shown.get(sheet, none), rows)
            for sheet, rows in sheets.items()
        }
        return parse(whole | made)

    def save(self, dataset: Dataset, name: str) -> SavedDataset:
        """Keep a dataset as the newest version of its name."""
        require(self.viewer, "edit_dataset")
        return datasets.save(self._store, dataset, name, by=self.viewer.name)

    # -- scenarios

    def scenarios(self) -> tuple[SavedScenario, ...]:
        """The newest version of every scenario that may be read."""
        newest: dict[str, SavedScenario] = {}
        for saved in scenarios.saved(self._store):
            newest.setdefault(saved.name, saved)
        return tuple(saved for saved in newest.values() if may_read(self.viewer, saved))

    def save_scenario(self, name: str, base: str, text: str, *, seen: int) -> SavedScenario:
        """Keep a scenario as its next version; `seen` is the version that was changed, 0 for a new
        one.
        """
        require(self.viewer, "edit_scenario")
        return scenarios.save(self._store, name, base, text, seen=seen, by=self.viewer.name)

    def applied(self, text: str, called: str, dataset: SavedDataset) -> Applied:
        """What a scenario makes of a dataset. Raises DatasetError, and Denied where a principal
        changes other schools.
        """
        require(self.viewer, "edit_scenario")
        found = applied(self._store, text, called, dataset.hash, dataset.name)
        find_foreign(self.viewer, found)
        return found

    def wishes_of(self, text: str, called: str, dataset: SavedDataset) -> Scenario:
        """A scenario with what those below it say of goals, solving and closeness, before its
        changes are made. Raises DatasetError.
        """
        return wishes_of(chain_of(self._store, text, called, dataset.name))

    def wished(
        self,
        act: Callable[[Dataset], Sequence[ChangeMap]],
        dataset: SavedDataset,
        after: Applied | None = None,
    ) -> Sequence[ChangeMap]:
        """The changes that a wish makes to a dataset, `after` what a scenario does already. Raises
        DatasetError.

        The wish looks at the whole: an id that is free must be free in all of it. Nobody's lane and
        step are read off for who does not see them.
        """
        require(self.viewer, "edit_scenario")
        whole = after.after if after else datasets.load(self._store, dataset.hash)
        if seen(self.viewer, "positions.step") is not Level.ALL:
            unpaid = tuple(
                row.model_copy(update={"lane": "", "step": ""}) for row in whole.positions
            )
            whole = whole.model_copy(update={"positions": unpaid})
        return act(whole)

    # -- runs

    def request(
        self, dataset: SavedDataset, options: SolveOptions, scenario: Applied | None = None
    ) -> SolveRequest:
        """What a solve of a dataset is asked to do, as it is or as a scenario has it.

        Raises WrongInput for a setting that makes no sense, DatasetError where the plan that the
        scenario stays close to is not among those that are seen.
        """
        require(self.viewer, "solve")
        if scenario is None:
            whole = datasets.load(self._store, dataset.hash)
            return request_of(Problem(whole, dataset.name), options)
        problem = Problem(scenario.after, scenario.scenario.name)
        close = scenario.scenario.stay_close_to
        reference = (
            plan_in_store(close, problem, dataset.name, self._store, self.plans())
            if close
            else None
        )
        return request_of(
            problem,
            options,
            scenario.scenario,
            reference=reference,
            changes=scenario.differences,
        )

    def ask(
        self, dataset: SavedDataset, options: SolveOptions, scenario: Applied | None = None
    ) -> RunState:
        """Put a solve into the queue: of a dataset as it is, or as a scenario has it. What was
        shown is what will be solved. Raises as `request` does.
        """
        request = self.request(dataset, options, scenario)
        key = dataset.hash
        if scenario:
            key = datasets.hold(self._store, scenario.after, by=self.viewer.name)
        return runs.ask(
            self._store,
            dataset.name,
            key,
            scenario=scenario.scenario.name if scenario else "",
            settings=request.as_data(),
            by=self.viewer.name,
        )

    def runs(self) -> tuple[RunState, ...]:
        """Every run, the newest first; a principal's own."""
        return tuple(run for run in runs.runs(self._store) if self._of_mine(run.asked_by))

    def run(self, number: int) -> RunState | None:
        """The run with a number; None where there is none that is seen."""
        return next((run for run in self.runs() if run.number == number), None)

    def events(
        self, number: int, after: int = 0
    ) -> tuple[tuple[int, datetime, Mapping[str, Any]], ...]:
        """What a run told of its progress."""
        return runs.events(self._store, number, after) if self.run(number) else ()

    def cancel(self, number: int) -> RunState:
        """Ask that a run stops and keeps what it has."""
        require(self.viewer, "solve")
        return runs.ask_cancel(self._store, number, by=self.viewer.name)

    # -- plans

    def plans(self) -> tuple[SavedPlan, ...]:
        """Every plan, the newest first; a principal's own and the adopted ones, without figures of
        other schools' money.
        """
        found = (
            plan
            for plan in plans.saved(self._store)
            if plan.adopted or self._of_mine(plan.saved_by)
        )
        office = bool(self.viewer.roles & {DIRECTOR, HR})
        return tuple(plan if office else replace(plan, cost=None) for plan in found)

    def open(self, number: int) -> VisiblePlan:
        """A plan. Raises NotThere where there is none that is seen."""
        saved = next((plan for plan in self.plans() if plan.number == number), None)
        if saved is None:
            raise NotThere(f"plan {number}", "is not among the plans that you see.")
        whole = whole_plan(
            plans.content(self._store, number), datasets.content(self._store, saved.dataset_hash)
        )
        return VisiblePlan(
            saved,
            self.viewer,
            view_of(self.viewer, whole.document, whole.problem, whole.plan),
            whole,
        )

    # -- adoption and history

    def adopt(self, number: int, note: str = "") -> Adoption:
        """Make a plan the one of its dataset's name."""
        require(self.viewer, "adopt")
        return adoption.adopt(self._store, number, note=note, by=self.viewer.name)

    def adoptions(self) -> tuple[Adoption, ...]:
        """Every adoption, the newest first."""
        return adoption.adoptions(self._store)

    def history(self, last: int | None = None) -> list[Json]:
        """The audit trail, oldest first."""
        require(self.viewer, "audit")
        return audit_for(
            self.viewer, [entry.as_data() for entry in audit.entries(self._store, last)]
        )

    def verify(self) -> Verdict:
        """Whether the audit trail is as it was written."""
        require(self.viewer, "audit")
        return verify.verify(self._store)

    def _of_mine(self, by: str) -> bool:
        return self.viewer.roles != {PRINCIPAL} or by == self.viewer.name
