"""Scenarios: what if? Changes in planners' words, and what they make of the dataset before anything is solved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
import yaml

from planner.access import Denied, may
from planner.errors import DatasetError
from planner.scenario.applying import Applied
from planner.scenario.writing import ChangeMap, scenario_text
from planner.store.datasets import SavedDataset
from planner.store.errors import SavedMeanwhile
from planner.store.scenarios import SavedScenario
from planner.words import Words
from ui.screen import here
from ui.screen.faults import fault_table
from ui.screen.said import plain
from ui.screen.staged import staged, unstage
from ui.screen.views.start import no_dataset
from ui.screen.wish_forms import FORMS

NEW = "A new scenario"
DRAFT = "draft"


@dataclass
class Draft:
    """A scenario as it is being written; `seen` is the version that was opened, 0 for a new one, and `before` holds its changes
    before each step.
    """

    name: str
    base: str
    changes: list[ChangeMap] = field(default_factory=list)
    stay_close_to: dict[str, Any] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)
    seen: int = 0
    before: list[list[ChangeMap]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its YAML."""
        goals, solve = self.rest.get("goals") or (), self.rest.get("solve")
        return scenario_text(self.name, self.base, self.changes, goals=goals, solve=solve, stay_close_to=self.stay_close_to)


def draft_of(saved: SavedScenario) -> Draft:
    """A scenario of the store, to be changed."""
    said = yaml.safe_load(saved.text) or {}
    rest = {key: said.get(key) for key in ("goals", "solve")}
    return Draft(
        saved.name,
        str(said.get("base") or ""),
        list(said.get("changes") or []),
        said.get("stay_close_to") or {},
        rest,
        saved.version,
    )


def show() -> None:
    """The page."""
    saved = here.dataset()
    if saved is None:
        no_dataset()
        return
    if not may(here.viewer(), "edit_scenario"):
        st.info("You may look at plans and compare them, not write scenarios.")
        return
    _choose(saved)
    draft: Draft = st.session_state[DRAFT]
    _name(draft, saved)
    applied = _shown(draft, saved)
    _waiting(draft)
    _more(draft, saved)
    _close_to(draft)
    _foot(draft, applied)


def _choose(saved: SavedDataset) -> None:
    """An existing scenario, a copy of one, or a new one."""
    mine = {one.name: one for one in here.desk().scenarios()}
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    now = st.session_state.get("chosen_scenario", NEW)
    options = [NEW, *mine]
    chosen = left.selectbox("Scenario", options, index=options.index(now) if now in options else 0)
    before = st.session_state.get(DRAFT)
    if before is None or chosen != now:
        st.session_state["chosen_scenario"] = chosen
        st.session_state[DRAFT] = draft_of(mine[chosen]) if chosen in mine else Draft("", saved.name)
    if chosen in mine and right.button("Copy it", width="stretch"):
        copy = draft_of(mine[chosen])
        copy.name, copy.seen = f"{copy.name} (copy)", 0
        st.session_state[DRAFT], st.session_state["chosen_scenario"] = copy, NEW
        st.rerun()


def _name(draft: Draft, saved: SavedDataset) -> None:
    left, right = st.columns(2)
    if draft.seen:
        left.text_input("Name", value=draft.name, disabled=True, help="To rename it, copy it under another name.")
    else:
        draft.name = left.text_input("Name", value=draft.name, max_chars=120, placeholder="Title I cut 8 %").strip()
    bases = [saved.name, *(one.name for one in here.desk().scenarios() if one.name != draft.name)]
    at = bases.index(draft.base) if draft.base in bases else 0
    draft.base = right.selectbox("Stands on", bases, index=at, help="The dataset, or a scenario whose changes come first.")


def _shown(draft: Draft, saved: SavedDataset) -> Applied | None:
    """What the changes make of the dataset, in words."""
    with st.container(border=True):
        st.header("What it changes")
        if draft.before and st.button("Undo the last step", icon=":material/undo:"):
            draft.changes = draft.before.pop()
            st.rerun()
        if not draft.changes:
            st.caption("Nothing yet. Add a change below.")
            return None
        try:
            found = here.desk().applied(draft.text, draft.name or "scenario", saved)
        except DatasetError as error:
            st.error("These changes cannot be made.")
            st.html(str(fault_table(error.faults)))
            found = None
        except Denied as error:
            st.error(plain(str(error)))
            found = None
        for one in found.differences[:80] if found else ():
            st.markdown(f"- {plain(one.words)}")
        for remark in found.remarks if found else ():
            st.caption(plain(remark))
        for fault in found.overdrawn if found else ():
            st.warning(plain(f"{fault.what} The plan decides who stays."))
        with st.popover("Take a change out"):
            for number, change in enumerate(draft.changes):
                if st.button(plain(_called(change)), key=f"out {number}", icon=":material/delete:"):
                    _step(draft, [*draft.changes[:number], *draft.changes[number + 1 :]])
        return found


def _called(change: ChangeMap) -> str:
    """A change in short: `adjust funds: program title-1, amount -8%`."""
    kind, said = next(iter(change.items()))
    parts = [f"{name} {what}" for part in said.values() if isinstance(part, Mapping) for name, what in part.items()]
    return f"{kind} {said.get('sheet', '')}: {', '.join(parts)}"


def _step(draft: Draft, changes: list[ChangeMap]) -> None:
    """Change the list of changes, so that it can be undone."""
    draft.before.append(draft.changes)
    draft.changes = changes
    st.rerun()


def _waiting(draft: Draft) -> None:
    """Decisions that were taken in the timetable."""
    waits = staged()
    if not waits:
        return
    with st.container(border=True):
        st.header("Decisions from the timetable that wait")
        st.markdown("\n".join(f"- {plain(one.words)}" for one in waits))
        left, right = st.columns(2)
        if left.button("Take them into this scenario", type="primary", width="stretch"):
            draft.stay_close_to = {"plan": f"plan {waits[-1].of}"}
            unstage(waits)
            _step(draft, [*draft.changes, *(one.change for one in waits)])
        if right.button("Forget them", width="stretch"):
            unstage(waits)
            st.rerun()


def _more(draft: Draft, saved: SavedDataset) -> None:
    with st.container(border=True):
        st.header("Add a change")
        data = here.facts(saved)
        kind = st.selectbox("What happens", [name for name, form in FORMS.items() if form.fits(data)])
        send = FORMS[kind].draw(data)
        if st.button("Add this change", icon=":material/add:"):
            try:
                added = send()
            except DatasetError as error:
                for fault in error.faults:
                    st.error(plain(fault.what))
                return
            _step(draft, [*draft.changes, *added])


def _close_to(draft: Draft) -> None:
    """Whether its plan may be quite another one, or stays close to one that people know."""
    plans = {f"plan {plan.number}": plan for plan in here.plans_here()}
    names = {"": "Any plan", "adopted": "The adopted plan"} if any(plan.adopted for plan in plans.values()) else {"": "Any plan"}
    names |= {key: here.called(plan, Words()) for key, plan in plans.items()}
    now = str(draft.stay_close_to.get("plan", ""))
    names.setdefault(now, now)
    left, right = st.columns([3, 1])
    chosen = left.selectbox(
        "Its plan stays close to",
        list(names),
        index=list(names).index(now),
        format_func=names.__getitem__,
        help="Among plans that serve as much, the one that changes least is chosen.",
    )
    most = right.number_input(
        "Changes at most",
        min_value=0,
        value=draft.stay_close_to.get("max_changes"),
        disabled=not chosen,
        placeholder="any",
        help="Sessions that move, change hands or fall away. Left blank, as many as serve more.",
    )
    draft.stay_close_to = {"plan": chosen} | ({"max_changes": int(most)} if most is not None else {}) if chosen else {}


def _foot(draft: Draft, applied: Applied | None) -> None:
    with st.expander("The same as a file"):
        st.code(draft.text, language="yaml")
        st.download_button("Download the file", draft.text, "scenario.yaml", on_click="ignore")
    ready = applied is not None and bool(draft.name)
    left, right = st.columns(2)
    keep = left.button("Save", disabled=not ready, width="stretch")
    plan = right.button("Save and make its plan", type="primary", disabled=not ready, width="stretch")
    if not draft.name and draft.changes:
        st.caption("Give it a name, to save it.")
    if keep or plan:
        try:
            kept = here.desk().save_scenario(draft.name, draft.base, draft.text, seen=draft.seen)
        except SavedMeanwhile as error:
            st.error(plain(str(error.faults[0].what)))
            return
        draft.seen = kept.version
        st.session_state["chosen_scenario"] = kept.name
        st.toast("Saved.")
        if plan:
            st.session_state["solve_this"] = kept.name
            st.switch_page(st.session_state["pages"]["solve"])
        st.rerun()
