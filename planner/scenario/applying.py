"""Make a dataset of a scenario: read it, apply it to its base, and check it.

The check is the one that a planner's own typing passes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from planner.facts.sheets import Dataset
from planner.scenario.bases import Chain, chain
from planner.scenario.changing import CannotChange, change
from planner.scenario.contracts import contracts_left_behind
from planner.scenario.differences import Difference, differences
from planner.scenario.draft import SheetDraft
from planner.scenario.scenario import Scenario
from planner.sheets.dataset import parse, read_tables
from planner.sheets.raw_table import RawSheet
from planner.words.errors import DatasetError, Fault


@dataclass(frozen=True)
class ScenarioStep:
    """What one scenario makes of the dataset under it, and what is to be said of that beside the
    differences.
    """

    scenario: Scenario
    before: Dataset
    after: Dataset
    remarks: tuple[str, ...] = ()

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What this scenario alone changes."""
        return differences(self.before, self.after)


@dataclass(frozen=True)
class Applied:
    """A scenario with the dataset that it makes. `scenario` holds the wishes of all below it, too;
    `overdrawn` are the funds that cannot pay for their filled positions now, as warnings: the
    budget decides then who stays.
    """

    scenario: Scenario
    data: Path
    name: str
    tables: Mapping[str, RawSheet]
    steps: tuple[ScenarioStep, ...]
    overdrawn: tuple[Fault, ...] = ()

    @property
    def before(self) -> Dataset:
        """The dataset without any scenario."""
        return self.steps[0].before

    @property
    def after(self) -> Dataset:
        """The dataset as the scenario has it."""
        return self.steps[-1].after

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said of all steps beside the differences."""
        return tuple(remark for step in self.steps for remark in step.remarks)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What the scenario and all below it change together."""
        return differences(self.before, self.after)


def applied(path: Path, given: tuple[Path, str] | None = None) -> Applied:
    """The scenario in a file, applied to its base, or to a dataset that is `given` with its name
    (see `bases.chain`).

    Raises DatasetError where a file cannot be read, a change cannot be applied, or what it makes is
    no legal dataset.
    """
    found = chain(path, given)
    return applied_to(read_tables(found.data), found)


def applied_to(tables: Mapping[str, RawSheet], found: Chain) -> Applied:
    """A chain of scenarios applied to the sheets of its dataset. Raises DatasetError as `applied`
    does.
    """
    before, _ = parsed(tables)
    draft = SheetDraft(tables)
    steps: list[ScenarioStep] = []
    overdrawn: list[Fault] = []
    merged = found.scenarios[0]
    for scenario in found.scenarios:
        merged = scenario.upon(merged)
        remarks = _changed(draft, scenario)
        overdrawn = []
        try:
            after = parse(draft.tables(), overdrawn)
        except DatasetError as error:
            raise DatasetError(
                [_placed(fault, draft, scenario) for fault in error.faults]
            ) from None
        below = steps[-1].after if steps else before
        remarks += contracts_left_behind(below, after)
        steps.append(ScenarioStep(scenario, below, after, tuple(remarks)))
    return Applied(merged, found.data, found.name, draft.tables(), tuple(steps), tuple(overdrawn))


def applied_upon(below: Applied, scenario: Scenario) -> Applied:
    """A further scenario upon one that is applied. Raises DatasetError as `applied` does."""
    chained = Chain((*(step.scenario for step in below.steps), scenario), below.data, below.name)
    return applied_to(read_tables(below.data), chained)


def parsed(tables: Mapping[str, RawSheet]) -> tuple[Dataset, tuple[Fault, ...]]:
    """A dataset as a scenario takes it, and the funds that cannot pay for their filled positions.
    Raises DatasetError.
    """
    overdrawn: list[Fault] = []
    return parse(tables, overdrawn), tuple(overdrawn)


def _changed(draft: SheetDraft, scenario: Scenario) -> list[str]:
    """Applies all changes of a scenario; what is to be said of them. Raises DatasetError with each
    that cannot be applied.
    """
    remarks: list[str] = []
    faults: list[Fault] = []
    for each in scenario.changes:
        try:
            remarks.append(change(draft, each, scenario.file_name))
        except CannotChange as error:
            faults.append(error.fault)
    if faults:
        raise DatasetError(faults)
    return [remark for remark in remarks if remark]


def _placed(fault: Fault, draft: SheetDraft, scenario: Scenario) -> Fault:
    """A fault of the changed dataset at the line of the change that wrote its cell; else where it
    stands, with a word on why.
    """
    there = fault.row in draft.rows(fault.sheet)
    origin = draft.origin(fault.sheet, fault.row, fault.column) if there else None
    if origin is None:
        rule = (
            f"{fault.rule} So it is after the changes of {scenario.file_name}; without them "
            "the dataset is in order."
        )
        return replace(fault, rule=rule)
    place = f"{fault.sheet} {draft.called(fault.sheet, fault.row)}"
    value = (
        f"{place}, {fault.column}" + (f" {fault.value}" if fault.value else "")
        if fault.column
        else place
    )
    return Fault("", origin.line, "", value, fault.rule, fault.fix, origin.file)
