"""A desk at the store: whatever is read is cut to what its viewer may see, whatever is changed asks
first whether they may, and whether they see what they would change.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from planner.access import (
    Denied,
    audit_for,
    dataset_for,
    may,
    remarks_for,
    require,
    tables_for,
    view_of,
)
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.scenario.scenario import Scenario
from planner.scenario.writing import ChangeMap
from planner.sheets.dataset import parse, tables_of
from planner.sheets.raw_table import RawSheet
from planner.store import adoption, audit, datasets, plans, runs, scenarios, verify, workers
from planner.store.adoption import Adoption
from planner.store.audit import Verdict
from planner.store.datasets import SavedDataset
from planner.store.errors import NotThere
from planner.store.plans import SavedPlan
from planner.store.runs import RunState
from planner.store.scenarios import SavedScenario
from planner.words.errors import Fault
from ui.app.reference_plan import plan_in_store
from ui.app.solve_request import SolveOptions, SolveRequest, request_of
from ui.app.workspace import editing, visible_scenario
from ui.app.workspace.editing import EditedDataset, Rows, find_hidden, rejoined
from ui.app.workspace.hidden_rows import find_guessed
from ui.app.workspace.scenarios import (
    applied,
    chain_of,
    find_foreign,
    find_unseen,
    may_read,
    wishes_of,
    wishing,
)
from ui.app.workspace.visible_plan import VisiblePlan
from ui.app.workspace.visible_scenario import VisibleScenario
from ui.app.workspace.visible_store import VisibleStore, newest
from ui.app.workspace.visible_texts import faults_told, texts_of, visible_event, visible_run
from ui.app.workspace.whole_plan import whole_plan

Json = dict[str, Any]
ALTERED = "Something that is kept here is not as the trail tells. Ask HR or a director."
"""What a principal is told of a trail that does not hold: the fault may name other schools'."""


class Workspace(VisibleStore):
    """The store as `viewer` works with it. Raises Denied for what they may not do, and StoreError
    as the store does.

    Each method begins with what the viewer may see: a run, a plan, a scenario or a dataset that is
    not theirs to see is as if it were not there. tests/ui/app/test_workspace_leaks.py calls every
    public method as every role and looks for what is hidden in all that it gives.
    """

    # -- datasets

    def datasets(self) -> tuple[SavedDataset, ...]:
        """The newest version of every dataset, by name."""
        return newest(self._versions())

    def versions(self, name: str) -> tuple[SavedDataset, ...]:
        """Every version of a dataset, the newest first."""
        return tuple(saved for saved in self._versions() if saved.name == name)

    def dataset(self, key: str) -> Dataset:
        """The dataset with a hash, as far as it is seen."""
        return dataset_for(self.viewer, self._whole(key))

    def tables(self, key: str) -> dict[str, RawSheet]:
        """The same as sheets of text, without the columns that are not seen."""
        return tables_for(self.viewer, self._whole(key))

    def remarks(self, key: str) -> tuple[Fault, ...]:
        """What is allowed in the dataset and yet hardly meant, of what is seen."""
        return remarks_for(self.viewer, self._whole(key))

    def edited(self, key: str, sheets: Mapping[str, Rows]) -> EditedDataset:
        """A dataset whose sheets were edited; cells that the viewer does not see stay as they are.
        Raises DatasetError.
        """
        require(self.viewer, "edit_dataset")
        whole = tables_of(self._whole(key))
        shown = self.tables(key)
        for sheet, rows in sheets.items():
            find_hidden(self.viewer, sheet, rows)
        none = RawSheet()
        made = {
            sheet: rejoined(whole.get(sheet, none), shown.get(sheet, none), rows)
            for sheet, rows in sheets.items()
        }
        with faults_told(self._store, self.viewer, key):
            return EditedDataset(self.viewer, parse(whole | made))

    def save(self, dataset: Dataset | EditedDataset, name: str) -> SavedDataset:
        """Keep a dataset as the newest version of its name."""
        require(self.viewer, "edit_dataset")
        whole = dataset if isinstance(dataset, Dataset) else editing.whole_of(dataset)
        return datasets.save(self._store, whole, name, by=self.viewer.name)

    # -- scenarios

    def scenarios(self) -> tuple[SavedScenario, ...]:
        """The newest version of every scenario that may be read."""
        return tuple(saved for saved in self._newest_scenarios() if may_read(self.viewer, saved))

    def save_scenario(self, name: str, base: str, text: str, *, seen: int) -> SavedScenario:
        """Keep a scenario as its next version; `seen` is the version that was changed, 0 for a new
        one. Raises Denied where one of that name is there that the viewer may not read.
        """
        require(self.viewer, "edit_scenario")
        name = " ".join(name.split())
        there = next((saved for saved in self._newest_scenarios() if saved.name == name), None)
        if there is not None and not self._may_replace(there):
            raise Denied(
                "There is a scenario of that name that you do not see. Choose another name."
            )
        return scenarios.save(self._store, name, base, text, seen=seen, by=self.viewer.name)

    def _may_replace(self, there: SavedScenario) -> bool:
        """Whether the viewer may keep a next version of a scenario: who changes the scenarios of
        their own schools alone, of what they saved themselves.
        """
        return may_read(self.viewer, there) and (
            there.saved_by == self.viewer.name or may(self.viewer, "edit_scenario", ())
        )

    def applied(self, text: str, called: str, dataset: SavedDataset) -> VisibleScenario:
        """What a scenario makes of a dataset. Raises DatasetError, and Denied where a principal
        changes other schools, or somebody what they do not see.
        """
        require(self.viewer, "edit_scenario")
        self._find_unseen_dataset(dataset.hash)
        with faults_told(self._store, self.viewer, dataset.hash):
            chain = chain_of(self._readable(), text, called, dataset.name)
            find_unseen(self.viewer, chain)
            find_guessed(self.viewer, chain, lambda: self._whole(dataset.hash))
            whole = applied(self._store, chain, dataset.hash)
        find_foreign(self.viewer, whole)
        return VisibleScenario(self.viewer, whole, texts_of(self._store, self.viewer, dataset.hash))

    def wishes_of(self, text: str, called: str, dataset: SavedDataset) -> Scenario:
        """A scenario with what those below it say of goals, solving and closeness, before its
        changes are made. Raises DatasetError.
        """
        return wishes_of(chain_of(self._readable(), text, called, dataset.name))

    def wished(
        self,
        act: Callable[[Dataset], Sequence[ChangeMap]],
        dataset: SavedDataset,
        after: VisibleScenario | None = None,
    ) -> Sequence[ChangeMap]:
        """The changes that a wish makes to a dataset, `after` what a scenario does already. Raises
        DatasetError.

        The wish looks at every row: an id that is free must be free in all of it. Pay and money are
        cut from what it looks at for who does not see them.
        """
        require(self.viewer, "edit_scenario")
        whole = visible_scenario.whole_of(after).after if after else self._whole(dataset.hash)
        with faults_told(self._store, self.viewer, dataset.hash):
            return act(wishing(self.viewer, whole))

    # -- runs

    def ask(
        self, dataset: SavedDataset, options: SolveOptions, scenario: VisibleScenario | None = None
    ) -> RunState:
        """Put a solve into the queue: of a dataset as it is, or as a scenario has it. What was
        shown is what will be solved.

        Raises WrongInput for a setting that makes no sense, DatasetError where the plan that the
        scenario stays close to is not among those that are seen.
        """
        request = self._request(dataset, options, scenario)
        key, name = dataset.hash, ""
        if scenario:
            whole = visible_scenario.whole_of(scenario)
            name = whole.scenario.name
            key = datasets.hold(self._store, whole.after, by=self.viewer.name)
        run = runs.ask(
            self._store,
            dataset.name,
            key,
            scenario=name,
            settings=request.as_data(),
            by=self.viewer.name,
        )
        return visible_run(self._store, self.viewer, run)

    def _request(
        self, dataset: SavedDataset, options: SolveOptions, scenario: VisibleScenario | None = None
    ) -> SolveRequest:
        """What a solve of a dataset is asked to do, as it is or as a scenario has it."""
        require(self.viewer, "solve")
        if scenario is None:
            return request_of(Problem(self._whole(dataset.hash), dataset.name), options)
        self._find_unseen_dataset(dataset.hash)
        whole = visible_scenario.whole_of(scenario)
        problem = Problem(whole.after, whole.scenario.name)
        close = whole.scenario.stay_close_to
        with faults_told(self._store, self.viewer, dataset.hash):
            reference = (
                plan_in_store(close, problem, dataset.name, self._store, self.plans())
                if close
                else None
            )
        return request_of(
            problem, options, whole.scenario, reference=reference, changes=whole.differences
        )

    def runs(self) -> tuple[RunState, ...]:
        """Every run, the newest first; a principal's own."""
        return tuple(
            visible_run(self._store, self.viewer, run)
            for run in runs.runs(self._store)
            if self._of_mine(run.asked_by)
        )

    def run(self, number: int) -> RunState | None:
        """The run with a number; None where there is none that is seen."""
        return next((run for run in self.runs() if run.number == number), None)

    def has_workers(self) -> bool:
        """Whether anybody works at what is asked for."""
        return bool(workers.living(self._store))

    def events(
        self, number: int, after: int = 0
    ) -> tuple[tuple[int, datetime, Mapping[str, Any]], ...]:
        """What a run told of its progress."""
        if self.run(number) is None:
            return ()
        return tuple(
            (place, at, visible_event(self.viewer, event))
            for place, at, event in runs.events(self._store, number, after)
        )

    def cancel(self, number: int) -> RunState:
        """Ask that a run stops and keeps what it has. Raises NotThere where it is not seen."""
        require(self.viewer, "solve")
        seen = self.run(number)
        if seen is None:
            raise NotThere(f"run {number}", "is not among the runs that you see.")
        if seen.asked_by != self.viewer.name:
            require(self.viewer, "solve", ())
        run = runs.ask_cancel(self._store, number, by=self.viewer.name)
        return visible_run(self._store, self.viewer, run)

    # -- plans

    def open(self, number: int) -> VisiblePlan:
        """A plan. Raises NotThere where there is none that is seen."""
        return self._visible(self._plan(number))

    def adopted_before(self, number: int) -> VisiblePlan | None:
        """The plan by which people worked before another one: the adopted plan of its dataset's
        name or, where that is the plan itself, the one adopted before. As its viewer saw it then.
        """
        name = self.open(number).saved.name
        trail = (one.plan for one in self.adoptions() if one.name == name)
        earlier = next((plan for plan in trail if plan != number), None)
        every = plans.saved(self._store) if earlier is not None else ()
        found = (self._listed(plan) for plan in every if plan.number == earlier)
        return next(map(self._visible, found), None)

    def _visible(self, saved: SavedPlan) -> VisiblePlan:
        whole = whole_plan(
            plans.content(self._store, saved.number),
            datasets.content(self._store, saved.dataset_hash),
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
        self._plan(number)
        return adoption.adopt(self._store, number, note=note, by=self.viewer.name)

    def adoptions(self) -> tuple[Adoption, ...]:
        """Every adoption, the newest first; notes for those who read them in the trail."""
        names = {saved.name for saved in self._versions()} if self._is_principal else None
        return tuple(
            replace(one, note=self._note(one.plan, one.note))
            for one in adoption.adoptions(self._store)
            if names is None or one.name in names
        )

    def history(self, last: int | None = None) -> list[Json]:
        """The audit trail, oldest first."""
        require(self.viewer, "audit")
        entries = audit_for(
            self.viewer, [entry.as_data() for entry in audit.entries(self._store, last)]
        )
        for entry in entries:
            kind, _, number = str(entry["subject"]).partition(" ")
            detail = entry.get("detail") or {}
            if kind == "plan" and detail.get("note"):
                entry["detail"] = detail | {"note": self._note(int(number), detail["note"])}
        return entries

    def verify(self) -> Verdict:
        """Whether the audit trail is as it was written."""
        require(self.viewer, "audit")
        verdict = verify.verify(self._store)
        return replace(verdict, fault=ALTERED) if verdict.fault and self._is_principal else verdict

    def _readable(self) -> Mapping[str, SavedScenario]:
        return {saved.name: saved for saved in self.scenarios()}
