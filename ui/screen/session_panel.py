"""A session that was picked: what, who, where and why then.

It can be kept, moved, or taken from an adult when planning again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import streamlit as st

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Session
from planner.render.blocks import service_name
from planner.rules.moves import moments, other_adults
from planner.rules.pins import decided, still_decided
from planner.slots.windows import group_spans
from planner.words.wording import clock_range, kind_of_place, listed, period
from ui.app.workspace import VisiblePlan
from ui.screen.escape_markdown import escape_markdown
from ui.screen.pending_decisions import Said, stage, staged
from ui.screen.table import Head, table
from ui.screen.weeks import key_of, names_of, session_of, sessions_said

SCROLL = """
export default function ({ data, parentElement }) {
  const panel = parentElement.closest(".st-key-panel");
  if (panel && panel.dataset.shown !== data) {
    panel.dataset.shown = data;
    panel.scrollIntoView({ block: "nearest" });
  }
}
"""
"""Brings the panel into view when another session was picked."""


@cache
def _scroll() -> Any:
    return st.components.v2.component("planner_panel_in_view", js=SCROLL, isolate_styles=False)


def session_panel(opened: VisiblePlan, key: str) -> None:
    """The panel of a session."""
    session = session_of(opened.plan, key)
    if session is None:
        return
    problem = opened.problem
    service = problem.service_of[session.service]
    with st.container(border=True, key="panel"):
        st.markdown(f"### {escape_markdown(service_name(problem, service))}")
        facts = [
            ("When", f"{session.day} {clock_range(session.start, session.end)}"),
            ("Who", listed(names_of(problem, session.staff))),
            (
                "Where",
                " · ".join(
                    p
                    for p in (
                        opened.school(session.school),
                        kind_of_place(session.place or service.place),
                    )
                    if p
                ),
            ),
            *_about(opened, service, session),
        ]
        st.html(
            str(
                table(
                    (Head("About"), Head("This session")),
                    facts,
                    caption="The session that was picked",
                )
            )
        )
        if opened.may_change:
            _decide(opened, service, session)
        _scroll()(data=key, key="panel_in_view")


def _about(opened: VisiblePlan, service: Service, session: Session) -> list[tuple[str, str]]:
    words = opened.words
    facts = [
        (
            f"This {period(opened.problem.cycle)}",
            sessions_said(words, service, opened.plan.minutes_of(service.id)),
        )
    ]
    if service.group:
        facts.insert(0, ("For", f"{words.count(service.size, 'student')}, tier {service.tier}"))
        facts.append(("Why then", _why_then(opened.problem, service, session)))
        others = other_adults(opened.problem, session)
        facts.append(
            (
                "Who else could",
                listed(names_of(opened.problem, others[:4])) or "nobody who is at this school",
            )
        )
    return facts


def _why_then(problem: Problem, service: Service, session: Session) -> str:
    spans = group_spans(problem, service, session.day)
    open_ = listed([clock_range(*span) for span in spans]) or "the whole day"
    here = next(
        (span for span in spans if span[0] <= session.start and session.end <= span[1]), None
    )
    inside = f"it lies in {clock_range(*here)}, one of" if here and len(spans) > 1 else "it lies in"
    kept = " A decision keeps it there." if decided(problem, session) else ""
    return (
        f"On {session.day} the group may be served {open_}; {inside} these times.{kept}"
        if here
        else f"Open: {open_}.{kept}"
    )


def _decide(opened: VisiblePlan, service: Service, session: Session) -> None:
    when = f"{session.day} {clock(session.start)}"
    name = service_name(opened.problem, service)
    keep, move, never = st.columns(3)
    adult = session.staff[0] if session.staff else ""
    then = {"day": session.day, "start": clock(session.start)}
    long = {"minutes": str(session.minutes)} if service.varied else {}
    if keep.button(
        "Keep it here",
        help="When planning again, this session stays at this time with these adults.",
        width="stretch",
    ):
        stays = _pin("session", service, adult, then | long, f"{name} stays on {when}")
        _wait(opened, session, [stays])
    with move.popover("Move it …", width="stretch"):
        open_to_it = moments(opened.problem, opened.plan, session)
        if not open_to_it:
            st.caption(f"There is no other time that is open to this {service.kind}.")
        else:
            chosen = st.selectbox(
                "To",
                open_to_it,
                format_func=lambda m: f"{m[0]} {clock_range(m[1], m[1] + session.minutes)}",
            )
            st.caption(
                f"When planning again, what stands there makes way, and this {service.kind} is "
                f"not on {when} any more."
            )
            if chosen and st.button("Move it there", type="primary"):
                to = {"day": chosen[0], "start": clock(chosen[1])}
                _wait(
                    opened,
                    session,
                    [
                        _pin(
                            "session",
                            service,
                            "",
                            to | long,
                            f"{name} moves from {when} to {to['day']} {to['start']}",
                        ),
                        _pin("forbid", service, "", then, f"{name} is not on {when} any more"),
                    ],
                )
    without = replace(session, staff=session.staff[1:])
    if adult and still_decided(opened.problem, session, without):
        called = opened.problem.person_of[adult].name
        if never.button(
            f"Not with {called}",
            help=f"When planning again, this adult has no part in this {service.kind}.",
            width="stretch",
        ):
            _wait(
                opened,
                session,
                [_pin("forbid", service, adult, {}, f"{name} is not with {called}")],
            )


def _pin(kind: str, service: Service, staff: str, when: Mapping[str, str], words: str) -> Said:
    row = {"kind": kind, "subject": service.id} | ({"staff": staff} if staff else {}) | dict(when)
    return {"add": {"sheet": "pins", "row": row}}, words


def _wait(opened: VisiblePlan, session: Session, decision: Sequence[Said]) -> None:
    stage(decision, opened.number, key_of(session))
    st.toast(f"{decision[0][1]}: waits for a scenario.")
    st.rerun()


def waiting() -> None:
    """What was decided and waits, and the way to where a scenario takes it."""
    waits = staged()
    if not waits:
        return
    with st.container(border=True, key="waiting"):
        st.markdown("**Decisions that wait**")
        st.markdown("\n".join(f"- {escape_markdown(one.words)}" for one in waits))
        st.page_link(
            st.session_state["pages"]["scenarios"],
            label="Take them into a scenario",
            icon=":material/alt_route:",
        )
