"""What a scenario stands on: other scenarios, and under them one dataset."""

from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from planner.facts.cell_formats import nearest
from planner.scenario.reading import read_scenario
from planner.scenario.scenario import Scenario
from planner.sheets.dataset import WORKBOOKS
from planner.sheets.dataset_name import FOLDER, inside, name_of
from planner.sheets.examples import example_names, example_path
from planner.words.errors import DatasetError, Fault

SCENARIOS = (".yaml", ".yml")
MOST_DEEP = 20
"""Scenarios that may stand on one another."""


@dataclass(frozen=True)
class Chain:
    """The scenarios from the one on the dataset to the one that was asked for, and the dataset's
    place and name.
    """

    scenarios: tuple[Scenario, ...]
    data: Path
    name: str


def chain(path: Path, given: tuple[Path, str] | None = None) -> Chain:
    """The scenario in a file and all that it stands on.

    A base is, in this order: a scenario file or dataset beside the scenario (`autumn`,
    `autumn.xlsx`, `cuts.yaml`), the dataset in whose folder the scenario lies, an example's name. A
    dataset that is `given` counts where its name is the base's, where the scenario names none, and
    where the base is not beside it; else another one is a fault: the changes were written for the
    base.
    Raises DatasetError where a file cannot be read, nothing is found, or scenarios are each other's
    base.
    """
    scenarios: list[Scenario] = []
    seen: list[Path] = []
    while True:
        scenario = read_scenario(path)
        scenarios.insert(0, scenario)
        seen.append(path.resolve())
        found = _base(scenario, given)
        if not isinstance(found, Path):
            return Chain(tuple(scenarios), *found)
        if found.resolve() in seen or len(seen) >= MOST_DEEP:
            said = " → ".join([*(place.name for place in seen), found.name])
            rule = (
                f"stands on itself: {said}."
                if found.resolve() in seen
                else f"is one of more than {MOST_DEEP} on one another."
            )
            raise _fault(scenario, rule, "Name a dataset as the base of one of them.")
        path = found


def _base(scenario: Scenario, given: tuple[Path, str] | None) -> Path | tuple[Path, str]:
    """The scenario below, or the dataset with its name."""
    if not scenario.base:
        if given is None:
            raise _fault(
                scenario,
                "names no base, so that the dataset must be given.",
                "Give it, or write `base: NAME` into the file.",
            )
        return given
    named = scenario.base
    if PureWindowsPath(named).is_absolute() or Path(named).is_absolute():
        raise _fault(
            scenario,
            "must be a name, or a path from the scenario's own folder.",
            "Write it like `base: ../autumn.xlsx`.",
        )
    here = (scenario.file or Path()).parent
    below = _scenario_beside(here, named)
    if below:
        return below
    if given is not None and given[1] == _stem(named):
        return given
    found = _dataset_beside(here, named)
    if given is not None and found is not None:
        fix = f"Leave the dataset out, or change the base to {given[1]}."
        raise _fault(scenario, f"is the base, and the dataset that was given is {given[1]}.", fix)
    if given is not None:
        return given
    if found is None and named in example_names():
        found = example_path(named)
    if found is not None:
        return found, name_of(found)
    known = [*example_names(), *_names_beside(here, scenario)]
    raise _fault(
        scenario,
        "is no dataset, scenario or example that could be found.",
        nearest(named, known) or "Give the dataset.",
    )


def _scenario_beside(here: Path, named: str) -> Path | None:
    """A scenario file: by its whole name, or by its name without the ending."""
    tried = (
        [named]
        if named.lower().endswith(SCENARIOS)
        else [f"{named}{ending}" for ending in SCENARIOS]
    )
    return next(
        (
            here / name
            for name in tried
            if (here / name).is_file() and not _is_dataset(here / named)
        ),
        None,
    )


def _dataset_beside(here: Path, named: str) -> Path | None:
    for name in (named, *(f"{named}{ending}" for ending in WORKBOOKS)):
        if _is_dataset(here / name):
            return inside(here / name)
    if here.resolve().name == named and (here / FOLDER).is_dir():
        return here / FOLDER
    return None


def _is_dataset(path: Path) -> bool:
    return path.is_dir() or (path.is_file() and path.suffix.lower() in WORKBOOKS)


def _stem(named: str) -> str:
    """A base's name without folder and ending."""
    last = Path(named).name
    return Path(last).stem if Path(last).suffix.lower() in WORKBOOKS else last


def _names_beside(here: Path, scenario: Scenario) -> list[str]:
    """What could be meant: scenarios, workbooks and folders beside a scenario."""
    found = [path for path in here.iterdir() if path != scenario.file] if here.is_dir() else []
    return [
        path.name
        for path in found
        if path.is_dir() or path.suffix.lower() in (*WORKBOOKS, *SCENARIOS)
    ]


def _fault(scenario: Scenario, rule: str, fix: str) -> DatasetError:
    return DatasetError(
        [Fault("", scenario.base_line, "", scenario.base, rule, fix, scenario.file_name)]
    )
