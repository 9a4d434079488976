"""Scenarios of the store: what one stands on, what it makes of its dataset, and who may read it."""

from functools import reduce
from pathlib import Path

from planner.access import Level, User, require, seen
from planner.access.school_scope import own_of
from planner.access.viewer import PRINCIPAL
from planner.facts.sheets import SHEETS
from planner.scenario.applying import Applied, applied_to
from planner.scenario.bases import MOST_DEEP, Chain
from planner.scenario.reading import scenario_of
from planner.scenario.scenario import Scenario
from planner.sheets.dataset import tables_of
from planner.store import datasets, scenarios
from planner.store.errors import NotThere
from planner.store.scenarios import SavedScenario
from planner.store.store import Store
from planner.words.errors import DatasetError, Fault

OWNED = ("schools", "staff", "positions", "groups", "duties", "funds")
"""Sheets whose rows may be some schools' own. What their rows name beside them (a job class, a
program) is not changed by that.
"""


def chain_of(store: Store, text: str, called: str, dataset: str) -> Chain:
    """A scenario's text and the stored scenarios that it stands on, down to a dataset's name.

    Raises DatasetError where one cannot be read, stands on nothing that is there, or on itself.
    """
    found: list[Scenario] = []
    seen_names: list[str] = []
    while True:
        scenario = scenario_of(text, Path(called))
        found.insert(0, scenario)
        seen_names.append(called)
        base = scenario.base
        if not base or base == dataset:
            return Chain(tuple(found), Path(dataset), dataset)
        if base in seen_names or len(seen_names) >= MOST_DEEP:
            rule, fix = (
                f"stands on itself: {' → '.join([*seen_names, base])}.",
                "Name the dataset as the base of one of them.",
            )
            raise DatasetError([Fault("", scenario.base_line, "", base, rule, fix, called)])
        try:
            text, called = scenarios.load(store, base).text, base
        except NotThere as error:
            rule = f"is neither the dataset {dataset} nor a scenario of the store."
            fix = error.faults[0].fix
            raise DatasetError(
                [Fault("", scenario.base_line, "", base, rule, fix, called)]
            ) from None


def applied(store: Store, text: str, called: str, key: str, dataset: str) -> Applied:
    """What a scenario's text makes of the dataset with a hash, whose name is given. Raises
    DatasetError.
    """
    found = chain_of(store, text, called, dataset)
    return applied_to(tables_of(datasets.load(store, key)), found)


def wishes_of(chain: Chain) -> Scenario:
    """The topmost scenario of a chain with what those below it say of goals, solving and
    closeness.
    """
    return reduce(lambda below, scenario: scenario.upon(below), chain.scenarios)


def find_foreign(viewer: User, found: Applied) -> None:
    """Raises Denied where somebody who is only principal changes what is not their own schools'."""
    if viewer.roles != {PRINCIPAL}:
        return
    for data in (found.before, found.after):
        own = own_of(viewer.schools, data)
        known = {getattr(row, SHEETS[sheet].KEY[0]) for sheet in OWNED for row in data.rows(sheet)}
        pooled = {fund.fund for fund in data.funds if not fund.school}
        mine = own.schools | own.people | own.positions | own.groups | own.duties | own.funds
        for one in found.differences:
            named = {one.key, *one.subjects}
            foreign = sorted(named & known - mine - pooled)
            if foreign or not named & mine:
                require(viewer, "edit_scenario", foreign or ["all"])


def may_read(viewer: User, saved: SavedScenario) -> bool:
    """Whether somebody may see a scenario: their own always; others' where they see every column
    that it touches, and all of it.
    """
    if saved.saved_by == viewer.name:
        return True
    if viewer.roles == {PRINCIPAL}:
        return False
    try:
        changes = scenario_of(saved.text, Path(saved.name)).changes
    except DatasetError:
        return False
    touched = {(c.sheet, name) for c in changes for name in (*c.where, *c.values, c.column) if name}
    return all(seen(viewer, f"{sheet}.{name}") is Level.ALL for sheet, name in touched)
