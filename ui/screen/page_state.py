"""Where one is: whose eyes, which dataset, which plan.

It stands in the address, so that a link leads back here.
"""

import os

import streamlit as st
from streamlit.runtime.caching.hashing import HashFuncsDict

from planner.access import User
from planner.facts.sheets import Dataset
from planner.facts.who import DIRECTOR, HR, PRINCIPAL, VIEWER
from planner.sheets.raw_table import RawSheet
from planner.store.datasets import SavedDataset
from planner.store.place import place_of
from planner.store.plans import SavedPlan
from planner.store.purge import PurgeWatch
from planner.store.runs import RunState
from planner.store.scenarios import SavedScenario
from planner.store.store import Store, open_store
from planner.words.errors import Fault
from planner.words.wording import Words
from ui.app.workspace import VisiblePlan, Workspace, forget
from ui.screen.sign_in_roles import signed_in

AS_IT_IS = "as the dataset is"
"""What a plan of no scenario is of."""
DATASET, PLAN, RUN, VIEW = "dataset", "plan", "run", "view"
EPOCH = "epoch"
KEPT = (DATASET, PLAN, RUN, VIEW)
"""What the address keeps from page to page."""


@st.cache_resource
def store() -> Store:
    """The store of this server, opened once."""
    return open_store(place_of(os.environ))


@st.cache_resource
def _purges() -> PurgeWatch:
    """What tells when students were taken out of the store, asked once for all pages."""
    return PurgeWatch(store())


def epoch() -> int:
    """The part of every cache's key that changes when students are taken out of the store, by
    whatever process: what was kept before is then neither shown nor held any longer.
    """
    return _purges().epoch()


def forget_students() -> None:
    """At the start of every run: where students were taken out since this visit's last one, what
    the visit holds of the store (edits of sheets, drafts, a workbook's faults) is let go, and so is
    what the process has read.
    """
    now = epoch()
    before = st.session_state.setdefault(EPOCH, now)
    if before == now:
        return
    forget()
    for cached in (_opened, _facts, _tables, _remarks):
        cached.clear()
    for name in list(st.session_state):
        if not str(name).startswith("kept_"):
            del st.session_state[name]
    st.session_state[EPOCH] = now


def kept(name: str) -> str:
    """What the address, or else this visit, says of something."""
    return str(st.query_params.get(name) or st.session_state.get(f"kept_{name}", ""))


def keep(name: str, value: str | int) -> None:
    """Keep something for the pages to come, and in the address."""
    st.session_state[f"kept_{name}"] = str(value)
    if str(value):
        st.query_params[name] = str(value)
    elif name in st.query_params:
        del st.query_params[name]


def remember() -> None:
    """At the start of every run: what the address says is kept, and what was kept stands in the
    address.
    """
    for name in KEPT:
        found = kept(name)
        if found:
            keep(name, found)


def viewer() -> User:
    """Who looks: somebody who signed in, or the one user of this machine, who may look with others'
    eyes.
    """
    known = signed_in()
    if known is not None:
        return known
    view = kept(VIEW)
    role, _, school = view.partition(":")
    if role == PRINCIPAL and school:
        return User(owner().name, frozenset({PRINCIPAL}), frozenset({school}))
    if role in (DIRECTOR, HR, VIEWER):
        return User(owner().name, frozenset({role}))
    return owner()


def owner() -> User:
    """The one user of this machine, where nobody signs in."""
    return User(
        os.environ.get("USER") or os.environ.get("USERNAME") or "planner", frozenset({DIRECTOR, HR})
    )


def desk() -> Workspace:
    """The desk of who looks."""
    return Workspace(store(), viewer())


def dataset() -> SavedDataset | None:
    """The dataset that one is at."""
    found = desk().datasets()
    return next((saved for saved in found if saved.name == kept(DATASET)), None)


def plans_here() -> tuple[SavedPlan, ...]:
    """The plans of the dataset that one is at, the newest first."""
    return tuple(plan for plan in desk().plans() if plan.name == kept(DATASET))


def runs_here() -> tuple[RunState, ...]:
    """The runs of the dataset that one is at, the newest first."""
    return tuple(run for run in desk().runs() if run.name == kept(DATASET))


def scenarios_here() -> dict[str, SavedScenario]:
    """The scenarios that stand on the dataset that one is at, directly or on others that do, by
    name.
    """
    found = {one.name: one for one in desk().scenarios()}

    def is_about(name: str) -> bool:
        seen = set[str]()
        while name in found and name not in seen:
            seen.add(name)
            name = found[name].base
        return name in ("", kept(DATASET))

    return {name: one for name, one in found.items() if is_about(name)}


def opened() -> VisiblePlan | None:
    """The plan that one is at."""
    number = kept(PLAN)
    seen = {plan.number for plan in plans_here()}
    return opened_for(int(number), viewer()) if number.isdigit() and int(number) in seen else None


def facts(saved: SavedDataset) -> Dataset:
    """A dataset as who looks may see it."""
    return facts_for(saved.hash, viewer())


def _eyes(looking: User) -> tuple[str, list[str], list[str]]:
    """What tells those who see the same from all others."""
    return looking.name, sorted(looking.roles), sorted(looking.schools)


BY_EYES: HashFuncsDict = {User: _eyes}
"""What was worked out once serves all who see the same."""


def opened_for(number: int, looking: User) -> VisiblePlan:
    """A plan as somebody may see it."""
    return _opened(number, looking, epoch())


def facts_for(key: str, looking: User) -> Dataset:
    """The dataset with a hash as somebody may see it."""
    return _facts(key, looking, epoch())


def tables_for(key: str, looking: User) -> dict[str, RawSheet]:
    """The same as sheets of text."""
    return _tables(key, looking, epoch())


def remarks_for(key: str, looking: User) -> tuple[Fault, ...]:
    """What is allowed in a dataset and yet hardly meant."""
    return _remarks(key, looking, epoch())


@st.cache_resource(max_entries=40, show_spinner=False, hash_funcs=BY_EYES)
def _opened(number: int, looking: User, epoch: int) -> VisiblePlan:
    return Workspace(store(), looking).open(number)


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs=BY_EYES)
def _facts(key: str, looking: User, epoch: int) -> Dataset:
    return Workspace(store(), looking).dataset(key)


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs=BY_EYES)
def _tables(key: str, looking: User, epoch: int) -> dict[str, RawSheet]:
    return Workspace(store(), looking).tables(key)


@st.cache_resource(max_entries=20, show_spinner="Looking at the sheets …", hash_funcs=BY_EYES)
def _remarks(key: str, looking: User, epoch: int) -> tuple[Fault, ...]:
    return Workspace(store(), looking).remarks(key)


def display_name(plan: SavedPlan, words: Words) -> str:
    """A plan in a list: `plan 3, adopted · Title I cut 8 % · 94 % served`."""
    share = plan.delivered / plan.owed if plan.owed else 1.0
    adopted = ", adopted" if plan.adopted else ""
    return f"plan {plan.number}{adopted} · {scenario_of(plan)} · {words.percent(share)} served"


def scenario_of(plan: SavedPlan) -> str:
    """The scenario that a plan is of: `Title I cut 8 %`, `as the dataset is`."""
    return AS_IT_IS if plan.is_as_it_is else plan.scenario
