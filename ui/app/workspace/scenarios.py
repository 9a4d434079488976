"""Scenarios of the store: what one stands on, what it makes of its dataset, and who may read it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from pathlib import Path

from planner.access import Denied, Level, User, may, require, seen
from planner.access.school_scope import own_of
from planner.facts.cell_formats import nearest
from planner.facts.row import SheetRow
from planner.facts.sheets import SHEETS, Dataset, heading
from planner.facts.who import PRINCIPAL
from planner.scenario.applying import Applied, applied_to
from planner.scenario.bases import MOST_DEEP, Chain
from planner.scenario.reading import scenario_of
from planner.scenario.scenario import Scenario
from planner.sheets.dataset import tables_of
from planner.sheets.sheet_reading import columns_by_heading
from planner.store import datasets
from planner.store.scenarios import SavedScenario
from planner.store.store import Store
from planner.words.errors import DatasetError, Fault

OWNED = ("schools", "staff", "positions", "groups", "duties", "funds")
"""Sheets whose rows may be some schools' own. What their rows name beside them (a job class, a
program) is not changed by that.
"""


def chain_of(readable: Mapping[str, SavedScenario], text: str, called: str, dataset: str) -> Chain:
    """A scenario's text and the scenarios that it stands on, down to a dataset's name.

    Args:
        readable: The scenarios that whoever asks may read, by name. Others are as if they were not
            there: who stood on one would read it.
        text: The scenario's YAML.
        called: Its name.
        dataset: The name of the dataset at the bottom.

    Raises:
        DatasetError: One cannot be read, stands on nothing that is there, or on itself.
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
        if base not in readable:
            rule = f"is neither the dataset {dataset} nor a scenario of the store."
            fix = nearest(base, readable)
            raise DatasetError([Fault("", scenario.base_line, "", base, rule, fix, called)])
        text, called = readable[base].text, base


def applied(store: Store, chain: Chain, key: str) -> Applied:
    """What scenarios make of the dataset with a hash. Raises DatasetError."""
    return applied_to(tables_of(datasets.load(store, key)), chain)


def wishes_of(chain: Chain) -> Scenario:
    """The topmost scenario of a chain with what those below it say of goals, solving and
    closeness.
    """
    return reduce(lambda below, scenario: scenario.upon(below), chain.scenarios)


def find_unseen(viewer: User, chain: Chain) -> None:
    """Raises Denied where a scenario asks or changes columns that somebody does not see: what came
    of it would tell what stands there. A row that is added holds only what they write.
    """
    for scenario in chain.scenarios:
        for change in scenario.changes:
            if change.sheet not in SHEETS:  # applying it will say so
                continue
            first = heading(next(iter(SHEETS[change.sheet].model_fields)))
            values = () if change.kind == "add" else change.values
            for name in (first, *change.where, *values, change.column):
                known = name in columns_by_heading(change.sheet)
                if known and not seen(viewer, f"{change.sheet}.{name}"):
                    raise Denied(
                        f"The column {name} of {change.sheet} is not yours to change. Ask HR."
                    )


def wishing(viewer: User, whole: Dataset) -> Dataset:
    """A dataset as a wish looks at it: the rows of the whole, as an id that is free must be free in
    all of it, without the amounts and the pay of those who do not see them.
    """
    if seen(viewer, "pay.amount") is Level.ALL:
        return whole
    nothing = Decimal(0)
    changes: dict[str, list[SheetRow]] = {
        "positions": [row.model_copy(update={"lane": "", "step": ""}) for row in whole.positions],
        "assignments": [
            row.model_copy(update={"lane": "", "step": "", "paid": True, "note": ""})
            for row in whole.assignments
        ],
        "staff": [
            row.model_copy(update={"lane": "", "step": "", "leave_days": None})
            for row in whole.staff
        ],
        "pay": [row.model_copy(update={"amount": nothing}) for row in whole.pay],
        "allowances": [row.model_copy(update={"amount": nothing}) for row in whole.allowances],
    }
    data = whole.model_copy(update={sheet: tuple(rows) for sheet, rows in changes.items()})
    own = own_of(viewer.schools, whole)
    level = seen(viewer, "funds.amount")
    funds = tuple(
        fund
        if level is Level.ALL or (level is Level.OWN and fund.fund in own.funds)
        else fund.model_copy(update={"amount": nothing})
        for fund in whole.funds
    )
    return data.model_copy(update={"funds": funds, "oncosts": (), "members": ()})


def find_foreign(viewer: User, found: Applied) -> None:
    """Raises Denied where somebody who may change their own schools alone changes others: who is
    only principal, or besides may only look.
    """
    if may(viewer, "edit_scenario", ()):
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
