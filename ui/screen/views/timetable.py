"""The week as a grid: by person, by school, by group; and the slots that are open to a grade."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.slots.open_slots import FreeTime, Opening, open_slots
from planner.words.wording import clock_range, listed, period
from ui.app.workspace import VisiblePlan
from ui.screen.downloads import take_along
from ui.screen.picking import picked_in
from ui.screen.session_panel import session_panel, waiting
from ui.screen.table import Head, HtmlCell, table
from ui.screen.week import Week
from ui.screen.weeks import (
    group_in_words,
    group_week,
    names_of,
    person_week,
    school_day,
    slots_week,
)

VIEWS = ("People", "Schools", "Groups", "Open slots")
MOST_OPENINGS = 40


def show(opened: VisiblePlan) -> None:
    """The page."""
    view = st.segmented_control(
        "Show", VIEWS, default=VIEWS[0], required=True, key="show", bind="query-params"
    )
    {"People": _people, "Schools": _schools, "Groups": _groups, "Open slots": _slots}[
        view or VIEWS[0]
    ](opened)
    take_along(opened)


def _people(opened: VisiblePlan) -> None:
    problem = opened.problem
    left, right = _side_by_side(opened)
    with left:
        place = _school(opened, everywhere=True)
    people = [
        p.id
        for p in problem.people
        if not place or any(shift.school == place for shift in p.shifts)
    ]
    called = {one.id: f"{one.name} · {one.role.title}" for one in problem.people}
    with right:
        person = _choice("Person", people, called.__getitem__, "person")
    if person:
        _grid(opened, person_week(problem, opened.plan, opened.measures, person))


def _schools(opened: VisiblePlan) -> None:
    place = _school(opened)
    day = st.segmented_control(
        "Day",
        opened.problem.cycle,
        default=opened.problem.cycle[0],
        required=True,
        key="day",
        bind="query-params",
    )
    if place and day:
        _grid(opened, school_day(opened.problem, opened.plan, place, day))


def _groups(opened: VisiblePlan) -> None:
    problem = opened.problem
    left, right = _side_by_side(opened)
    with left:
        place = _school(opened)
    share = {dose.service.id: dose for dose in opened.measures.groups}

    def said(group: str) -> str:
        dose = share[group]
        missing = (
            ""
            if not dose.minutes.missing
            else f" · {opened.words.minutes(dose.minutes.missing)} short"
        )
        return f"{group_in_words(problem, group)}{missing}"

    with right:
        group = _choice(
            "Group (worst served first)",
            [d for d in share if share[d].service.school == place],
            said,
            "group",
        )
    if group:
        _grid(opened, group_week(problem, opened.plan, group))
        reasons = [left.reason for left in opened.view.result.unserved if left.service == group]
        if reasons:
            st.info(f"What stopped the rest: {' '.join(reasons)}", icon=":material/info:")


def _slots(opened: VisiblePlan) -> None:
    problem = opened.problem
    place = _school(opened)
    found = open_slots(problem, opened.plan, [place]).grades
    if not found:
        st.info("This school has neither blocks nor groups, so that no slot can be open.")
        return
    grade = st.segmented_control(
        "Grade",
        [slots.grade for slots in found],
        default=found[0].grade,
        required=True,
        key="grade",
        bind="query-params",
    )
    slots = next((one for one in found if one.grade == grade), found[0])
    words = opened.words
    figures = (
        ("Usable", slots.usable),
        ("Taken", slots.taken),
        ("Free", slots.free),
        ("Certainly short", slots.short),
    )
    for place_, (name, minutes) in zip(st.columns(4), figures, strict=True):
        place_.metric(
            name, words.minutes(minutes), help=f"Minutes a {period(problem.cycle)} of this grade."
        )
    picked_in(slots_week(problem, slots).html(), "slots")
    st.header("Who could serve somebody then")
    openings = list(FreeTime(problem, opened.plan).openings(slots))
    heads = (
        Head("Day"),
        Head("Time"),
        Head("Length", figures=True),
        Head("How"),
        Head("Rooms free", figures=True),
        Head("Who is free"),
    )
    picked_in(
        table(
            heads,
            [_opening(opened, one) for one in openings[:MOST_OPENINGS]],
            caption="Open slots of the grade",
        ),
        "openings",
    )
    if len(openings) > MOST_OPENINGS:
        st.caption(
            f"The first {MOST_OPENINGS} of {len(openings)} open slots. The workbook's sheet “who "
            "is free” holds all."
        )


def _opening(opened: VisiblePlan, one: Opening) -> list[HtmlCell | str]:
    who = listed(names_of(opened.problem, [adult.staff for adult in one.adults])) or "nobody"
    rooms = "–" if one.rooms is None else str(one.rooms)
    way = "pull-out" if one.way == "pull_out" else "in class"
    return [
        one.day,
        clock_range(one.start, one.end),
        opened.words.minutes(one.minutes),
        way,
        rooms,
        who,
    ]


def _grid(opened: VisiblePlan, week: Week) -> None:
    """The grid, and above it what is to be known of the session that is picked in it, and the
    decisions that wait.
    """
    chosen = str(st.session_state.get("session", ""))
    if not week.holds(chosen):
        chosen = st.session_state["session"] = ""
    st.header(week.title)
    if chosen:
        session_panel(opened, chosen)
    else:
        st.caption(
            "Pick a session to see who and why, to move it or to keep it where it is. To print, "
            "use the browser's print."
        )
    waiting()
    if found := picked_in(week.html(chosen), "week"):
        st.session_state["session"] = "" if found == chosen else found
        st.rerun()


def _side_by_side(opened: VisiblePlan) -> Sequence[DeltaGenerator]:
    """Places for the school and for what is at it; where there is one school, nobody chooses it."""
    return st.columns(2) if len(opened.problem.schools) > 1 else (st.container(), st.container())


def _school(opened: VisiblePlan, *, everywhere: bool = False) -> str:
    schools = list(opened.problem.schools)
    if len(schools) == 1:
        return schools[0]
    return _choice(
        "School",
        ["", *schools] if everywhere else schools,
        lambda one: opened.school(one) or "All schools",
        "school",
    )


def _choice(label: str, options: Sequence[str], said: Callable[[str], str], key: str) -> str:
    """One of some ids, which stands in the address: whoever changes it there, as by a link, changes
    the choice.
    """
    if not options:
        st.info(f"There is no {label.lower().partition(' ')[0]} to show here.")
        return ""
    widget, written = f"chosen {key}", f"{key} in the address"
    asked, before = st.query_params.get(key), st.session_state.get(written)
    now = asked if asked in options and asked != before else st.session_state.get(widget, before)
    st.session_state[widget] = now if now in options else options[0]
    chosen = str(st.selectbox(label, options, format_func=said, key=widget))
    st.session_state[written] = chosen
    if chosen:
        st.query_params[key] = chosen
    elif key in st.query_params:
        del st.query_params[key]
    return chosen
