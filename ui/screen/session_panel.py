"""A session that was picked: what, who, where and why then; to be kept, moved, or taken from an adult when planning again."""

import streamlit as st

from planner.desk import Opened
from planner.plan import Session
from planner.problem.cells import clock
from planner.problem.problem import Problem
from planner.problem.service import Service
from planner.reports.blocks import service_name
from planner.rules.qualification import lacks
from planner.slots.windows import group_spans
from planner.words import clock_range, kind_of_place, listed
from ui.screen.said import plain
from ui.screen.staged import stage
from ui.screen.table import Head, table
from ui.screen.weeks import names_of, session_of

Moment = tuple[str, int]


def session_panel(opened: Opened, key: str) -> None:
    """The panel below a grid."""
    session = session_of(opened.plan, key)
    if session is None:
        st.info("The session that was picked is not in this plan.")
        return
    problem = opened.problem
    service = problem.service_of[session.service]
    with st.container(border=True):
        st.markdown(f"### {plain(service_name(problem, service))}")
        facts = [
            ("When", f"{session.day} {clock_range(session.start, session.end)}"),
            ("Who", listed(names_of(problem, session.staff))),
            ("Where", " · ".join(p for p in (opened.school(session.school), kind_of_place(session.place or service.place)) if p)),
            *_about(opened, service, session),
        ]
        st.html(str(table((Head("About"), Head("This session")), facts, caption="The session that was picked")))
        if opened.may_change:
            _decide(opened, service, session)


def _about(opened: Opened, service: Service, session: Session) -> list[tuple[str, str]]:
    words = opened.words
    given = len(opened.plan.sessions_of.get(service.id, ()))
    facts = [("This week", f"{words.count(given, 'session')} of {service.sessions}, {service.minutes} minutes each")]
    if service.group:
        facts.insert(0, ("For", f"{words.count(service.size, 'student')}, tier {service.tier}"))
        facts.append(("Why then", _why_then(opened.problem, service, session)))
        others = _others(opened.problem, service, session)
        facts.append(("Who else could", listed(names_of(opened.problem, others[:4])) or "nobody who is at this school"))
    return facts


def _why_then(problem: Problem, service: Service, session: Session) -> str:
    spans = group_spans(problem, service, session.day)
    open_ = listed([clock_range(*span) for span in spans]) or "the whole day"
    here = next((span for span in spans if span[0] <= session.start and session.end <= span[1]), None)
    pinned = any(p.kind == "session" and p.subject == service.id and (not p.day or session.day in p.day) for p in problem.pins)
    inside = f"it lies in {clock_range(*here)}, one of" if here and len(spans) > 1 else "it lies in"
    kept = " A decision keeps it there." if pinned else ""
    return f"On {session.day} the group may be served {open_}; {inside} these times.{kept}" if here else f"Open: {open_}.{kept}"


def _others(problem: Problem, service: Service, session: Session) -> list[str]:
    """Other adults who are qualified and may be at the school on that day."""
    others = (person for person in problem.people if person.id not in session.staff and not lacks(problem, person, service))
    return [p.id for p in others if any(s.day == session.day and s.school == session.school for s in p.shifts)]


def _decide(opened: Opened, service: Service, session: Session) -> None:
    when = f"{session.day} {clock(session.start)}"
    name = service_name(opened.problem, service)
    keep, move, never = st.columns(3)
    pin = {"kind": "session", "subject": service.id}
    if keep.button("Keep it here", help="When planning again, this session stays at this time with these adults.", width="stretch"):
        _pin(
            opened, {**pin, "staff": session.staff[0], "day": session.day, "start": clock(session.start)}, f"{name} stays on {when}"
        )
    with move.popover("Move it …", width="stretch"):
        moments = _moments(opened.problem, service, session)
        if not moments:
            st.caption("There is no other time at which this group may be served.")
        else:
            chosen = st.selectbox("To", moments, format_func=lambda m: f"{m[0]} {clock_range(m[1], m[1] + service.minutes)}")
            st.caption("What stands there now makes way when the plan is made again.")
            if chosen and st.button("Move it there", type="primary"):
                day, start = chosen
                _pin(opened, {**pin, "day": day, "start": clock(start)}, f"{name} moves from {when} to {day} {clock(start)}")
    adult = opened.problem.person_of[session.staff[0]].name
    if never.button(f"Not with {adult}", help="When planning again, this adult does not serve this group.", width="stretch"):
        _pin(opened, {"kind": "forbid", "subject": service.id, "staff": session.staff[0]}, f"{name} is not served by {adult}")


def _pin(opened: Opened, row: dict[str, str], words: str) -> None:
    stage({"add": {"sheet": "pins", "row": row}}, words, opened.number)
    st.toast(f"{words}: waits at the foot of the page.")
    st.rerun()


def _moments(problem: Problem, service: Service, session: Session) -> list[Moment]:
    """Every start at which the group may be served, but this one and those that it has already."""
    step = problem.data.district.grid_minutes
    found = []
    for day in problem.cycle:
        for start, end in group_spans(problem, service, day):
            found += [(day, at) for at in range(-(-start // step) * step, end - service.minutes + 1, step)]
    return [moment for moment in found if moment != (session.day, session.start)]
