"""Scenarios: what if?

Changes in planners' words, and what they make of the dataset before anything is solved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import streamlit as st
import yaml

from planner.access import Denied, may
from planner.scenario.writing import ChangeMap, scenario_text
from planner.store.datasets import SavedDataset
from planner.store.errors import SavedMeanwhile
from planner.store.scenarios import SavedScenario
from planner.words.errors import DatasetError
from planner.words.wording import Words
from ui.app.workspace import VisibleScenario
from ui.screen import page_state
from ui.screen.choosing import choice, line, number
from ui.screen.escape_markdown import escape_markdown
from ui.screen.faults import fault_table
from ui.screen.pending_decisions import staged, unstage
from ui.screen.views.start import no_dataset
from ui.screen.wish_forms import FORMS

NEW = "A new scenario"
MOST_SHOWN = 80
"""Differences before the rest is counted."""


@dataclass(frozen=True)
class Wish:
    """What was asked for at once, in words, and the changes that it is in a file."""

    said: str
    changes: Sequence[ChangeMap]


@dataclass
class ScenarioDraft:
    """A scenario as it is being written; `seen` is the version that was opened, 0 for a new one,
    and `before` holds its wishes before each step.
    """

    name: str
    base: str
    wishes: list[Wish] = field(default_factory=list)
    stay_close_to: dict[str, Any] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)
    seen: int = 0
    before: list[list[Wish]] = field(default_factory=list)
    key: str = field(default_factory=lambda: uuid4().hex)

    @property
    def text(self) -> str:
        """Its YAML."""
        goals, solve = self.rest.get("goals") or (), self.rest.get("solve")
        changes = [change for wish in self.wishes for change in wish.changes]
        return scenario_text(
            self.name,
            self.base,
            changes,
            goals=goals,
            solve=solve,
            stay_close_to=self.stay_close_to,
        )

    def step(self, wishes: list[Wish]) -> None:
        """Other wishes, so that they can be undone."""
        self.before.append(self.wishes)
        self.wishes = wishes


def draft_of(saved: SavedScenario) -> ScenarioDraft:
    """A scenario of the store, to be changed."""
    said = yaml.safe_load(saved.text) or {}
    wishes = [Wish(_change_name(change), [change]) for change in said.get("changes") or []]
    rest = {key: said.get(key) for key in ("goals", "solve")}
    return ScenarioDraft(
        saved.name,
        str(said.get("base") or ""),
        wishes,
        said.get("stay_close_to") or {},
        rest,
        saved.version,
    )


def _change_name(change: ChangeMap) -> str:
    """A change in short: `adjust funds: program title-1, amount -8%`."""
    kind, said = next(iter(change.items()))
    parts = [
        f"{name} {what}"
        for part in said.values()
        if isinstance(part, Mapping)
        for name, what in part.items()
    ]
    return f"{kind} {said.get('sheet', '')}: {', '.join(parts)}"


def show() -> None:
    """The page."""
    saved = page_state.dataset()
    if saved is None:
        no_dataset()
        return
    if not may(page_state.viewer(), "edit_scenario"):
        st.info("You may look at plans and compare them, not write scenarios.")
        return
    draft = _choose(saved)
    _name(draft, saved)
    applied = _shown(draft, saved)
    _waiting(draft)
    _more(draft, saved, applied)
    _close_to(draft)
    _foot(draft, saved, applied)


# -- which scenario


def _drafts(saved: SavedDataset) -> dict[str, ScenarioDraft]:
    """What is being written for a dataset, by scenario; it stays until it is saved."""
    drafts: dict[str, ScenarioDraft] = st.session_state.setdefault(f"drafts of {saved.name}", {})
    return drafts


def _forget(drafts: dict[str, ScenarioDraft], scenario: str) -> None:
    del drafts[scenario]


def _turn_to(saved: SavedDataset, scenario: str) -> None:
    st.session_state[f"scenario of {saved.name}"] = scenario


def _choose(saved: SavedDataset) -> ScenarioDraft:
    """An existing scenario, a copy of one, or a new one."""
    mine, drafts = page_state.scenarios_here(), _drafts(saved)
    now = st.session_state.get(f"scenario of {saved.name}", NEW)
    now = now if now in mine else NEW
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    choice(
        left, "Scenario", [NEW, *mine], now, lambda one: _turn_to(saved, one), key="scenario chosen"
    )
    fresh = draft_of(mine[now]) if now in mine else ScenarioDraft("", saved.name)
    draft = drafts.setdefault(now, fresh)
    if draft.seen < fresh.seen and not draft.before:
        draft = drafts[now] = fresh
    if draft.seen < fresh.seen:
        st.warning(
            f"Version {fresh.seen} was saved after you opened version {draft.seen}. Yours is not "
            "saved."
        )
        theirs, mine_too = st.columns(2)
        theirs.button("Open what was saved", width="stretch", on_click=_forget, args=(drafts, now))
        mine_too.button("Keep mine as a copy", width="stretch", on_click=_copy, args=(saved, draft))
    if now in mine:
        right.button("Copy it", width="stretch", on_click=_copy, args=(saved, fresh))
    return draft


def _copy(saved: SavedDataset, copy: ScenarioDraft) -> None:
    _drafts(saved)[NEW] = replace(copy, name=f"{copy.name} (copy)", seen=0)
    _turn_to(saved, NEW)


def _name(draft: ScenarioDraft, saved: SavedDataset) -> None:
    def named(text: str) -> None:
        draft.name = text.strip()

    def based(name: str) -> None:
        draft.base = name

    left, right = st.columns(2)
    helped = (
        {"help": "To rename it, copy it under another name."}
        if draft.seen
        else {"placeholder": "Title I cut 8 %"}
    )
    line(
        left,
        "Name",
        draft.name,
        named,
        key=f"name {draft.key}",
        max_chars=120,
        disabled=bool(draft.seen),
        **helped,
    )
    bases = [saved.name, *(name for name in page_state.scenarios_here() if name != draft.name)]
    choice(
        right,
        "Stands on",
        bases,
        draft.base if draft.base in bases else saved.name,
        based,
        key=f"base {draft.key}",
        help="The dataset, or a scenario whose changes come first.",
    )


# -- what it changes


def _shown(draft: ScenarioDraft, saved: SavedDataset) -> VisibleScenario | None:
    """What the changes make of the dataset, in words."""
    with st.container(border=True):
        st.header("What it changes")
        if draft.before:
            st.button("Undo the last step", icon=":material/undo:", on_click=_undo, args=(draft,))
        if not draft.wishes:
            st.caption("Nothing yet. Add a change below.")
            return None
        try:
            found = page_state.desk().applied(draft.text, draft.name or "scenario", saved)
        except DatasetError as error:
            st.error("These changes cannot be made.")
            st.html(str(fault_table(error.faults)))
            found = None
        except Denied as error:
            st.error(escape_markdown(str(error)))
            found = None
        for one in found.differences[:MOST_SHOWN] if found else ():
            st.markdown(f"- {escape_markdown(one.words)}")
        if found and len(found.differences) > MOST_SHOWN:
            st.caption(f"… and {len(found.differences) - MOST_SHOWN} more.")
        if found and not found.differences:
            st.caption("The dataset says the same as before.")
        for remark in found.remarks if found else ():
            st.caption(escape_markdown(remark))
        _overdrawn(found)
        with st.popover("Take a change out"):
            for number, wish in enumerate(draft.wishes):
                left = [*draft.wishes[:number], *draft.wishes[number + 1 :]]
                st.button(
                    escape_markdown(wish.said),
                    key=f"out {draft.key} {number}",
                    icon=":material/delete:",
                    on_click=draft.step,
                    args=(left,),
                )
        return found


def _undo(draft: ScenarioDraft) -> None:
    draft.wishes = draft.before.pop()


def _overdrawn(found: VisibleScenario | None) -> None:
    """Funds that no longer pay for everybody on them."""
    if not found or not found.overdrawn:
        return
    for one in found.overdrawn:
        if one.what:
            st.warning(escape_markdown(f"Fund {one.fund}: {one.what} The plan decides who stays."))
    names = [one.fund for one in found.overdrawn if not one.what]
    if names:
        st.warning(
            escape_markdown(
                f"Not enough for everybody who is paid by {', '.join(names)}. The plan decides "
                "who stays."
            )
        )


def _waiting(draft: ScenarioDraft) -> None:
    """Decisions that were taken in the timetable."""
    known = {plan.number for plan in page_state.plans_here()}
    waits = [one for one in staged() if one.of in known]
    if not waits:
        return
    with st.container(border=True):
        st.header("Decisions from the timetable that wait")
        st.markdown("\n".join(f"- {escape_markdown(one.words)}" for one in waits))
        left, right = st.columns(2)
        if left.button("Take them into this scenario", type="primary", width="stretch"):
            draft.stay_close_to = {"plan": f"plan {waits[-1].of}"}
            draft.step([*draft.wishes, *(Wish(one.words, [one.change]) for one in waits)])
            unstage(waits)
            st.rerun()
        if right.button("Forget them", width="stretch"):
            unstage(waits)
            st.rerun()


def _more(draft: ScenarioDraft, saved: SavedDataset, applied: VisibleScenario | None) -> None:
    with st.container(border=True):
        st.header("Add a change")
        everywhere = page_state.viewer().sees_every_school
        data = page_state.facts(saved)
        if not everywhere:
            # A program and a pooled fund are other schools', too.
            funds = tuple(fund for fund in data.funds if fund.school)
            data = data.model_copy(update={"programs": (), "funds": funds})
        fitting = [
            name for name, form in FORMS.items() if form.fits(data) and (form.local or everywhere)
        ]
        kind = st.selectbox("What happens", fitting)
        said, act = FORMS[kind].draw(data)
        if st.button("Add this change", icon=":material/add:"):
            try:
                changes = page_state.desk().wished(act, saved, applied)
            except DatasetError as error:
                for fault in error.faults:
                    st.error(escape_markdown(fault.what))
                return
            draft.step([*draft.wishes, Wish(f"{kind}: {said}", changes)])
            st.rerun()


def _close_to(draft: ScenarioDraft) -> None:
    """Whether its plan may be quite another one, or stays close to one that people know."""
    plans = {f"plan {plan.number}": plan for plan in page_state.plans_here()}
    names = (
        {"": "Any plan", "adopted": "The adopted plan"}
        if any(plan.adopted for plan in plans.values())
        else {"": "Any plan"}
    )
    names |= {key: page_state.display_name(plan, Words()) for key, plan in plans.items()}
    now = str(draft.stay_close_to.get("plan", ""))
    names.setdefault(now, now)

    def close(plan: str) -> None:
        draft.stay_close_to = {**draft.stay_close_to, "plan": plan} if plan else {}

    def at_most(most: int | None) -> None:
        draft.stay_close_to = {"plan": now} | (
            {"max_changes": int(most)} if most is not None else {}
        )

    left, right = st.columns([3, 1])
    choice(
        left,
        "Its plan stays close to",
        list(names),
        now,
        close,
        key=f"close {draft.key}",
        format_func=names.__getitem__,
        help="Among plans that serve as much, the one that changes least is chosen.",
    )
    number(
        right,
        "Changes at most",
        draft.stay_close_to.get("max_changes"),
        at_most,
        key=f"most {draft.key}",
        min_value=0,
        disabled=not now,
        placeholder="any",
        help="Sessions that move, change hands or fall away. Left blank, as many as serve more.",
    )


def _foot(draft: ScenarioDraft, saved: SavedDataset, applied: VisibleScenario | None) -> None:
    with st.expander("The same as a file"):
        st.code(draft.text, language="yaml")
        st.download_button("Download the file", draft.text, "scenario.yaml", on_click="ignore")
    ready = applied is not None and bool(draft.name)
    left, right = st.columns(2)
    keep = left.button("Save", disabled=not ready, width="stretch")
    plan = right.button("Save and go to Solve", type="primary", disabled=not ready, width="stretch")
    if not draft.name and draft.wishes:
        st.caption("Give it a name, to save it.")
    if keep or plan:
        try:
            kept = page_state.desk().save_scenario(
                draft.name, draft.base, draft.text, seen=draft.seen
            )
        except SavedMeanwhile as error:
            st.error(escape_markdown(str(error.faults[0].what)))
            return
        except Denied as error:
            st.error(escape_markdown(str(error)))
            return
        drafts = _drafts(saved)
        drafts.pop(NEW if not draft.seen else draft.name, None)
        draft.seen, draft.before = kept.version, []
        drafts[kept.name] = draft
        _turn_to(saved, kept.name)
        st.toast("Saved.")
        if plan:
            st.session_state["solve_this"] = kept.name
            st.switch_page(st.session_state["pages"]["solve"])
        st.rerun()
