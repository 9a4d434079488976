"""Plans are made here: what is to be planned, for how long, and how far each run has come."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st
from markupsafe import Markup

from planner.access import Denied, User, may, seen
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.plan.result import GoalResult
from planner.rules.goals import GOAL_OF, GOALS
from planner.rules.goals.goal_text import PROVED, goal_text
from planner.scenario import wishes
from planner.scenario.scenario import Scenario
from planner.scenario.writing import scenario_text
from planner.store.datasets import SavedDataset
from planner.store.errors import StoreError, Unreachable
from planner.store.runs import RunState, State
from planner.store.scenarios import SavedScenario
from planner.words.errors import DatasetError, WrongInput
from planner.words.wording import Words
from solver.settings import default_seconds
from ui.app.solve_request import SolveOptions
from ui.app.workspace import Workspace
from ui.render.scenario_text import close_words, search_words
from ui.screen import page_state
from ui.screen.escape_markdown import escape_markdown
from ui.screen.picking import picked_in
from ui.screen.table import Head, HtmlCell, HtmlRow, table
from ui.screen.views.start import no_dataset
from ui.screen.worker_notice import warn_without_workers

AS_IT_IS = "The dataset as it is"
TICK = 1.0
"""Seconds between two looks at a run."""
NOTICE = 5.0
"""Seconds between two looks at whether anybody works at what waits."""
NAMES = {
    State.QUEUED: "waits for its turn",
    State.RUNNING: "is being planned",
    State.ORPHANED: "was interrupted and is taken up again",
    State.DONE: "done",
    State.FAILED: "no plan",
    State.CANCELLED: "stopped",
}
LIVE = (State.QUEUED, State.RUNNING, State.ORPHANED)
UNITS = {
    "minutes × priority": "minutes; groups with priority count more",
    "weighted units of breaking them": "points for wishes that are not kept",
}
"""What goals are counted in, where their unit is no word of planners."""
CONTRADICTION = "No plan can keep all of these at once"
CANCELLED_BY = "cancelled by "


def show() -> None:
    """The page."""
    if page_state.dataset() is None:
        no_dataset()
        return
    if may(page_state.viewer(), "solve"):
        _ask()
        if may(page_state.viewer(), "edit_scenario", ()):
            _sweep()
    else:
        st.info("You may look at plans, not make them.")
    st.header("Runs")
    _runs()


def _ask() -> None:
    saved = page_state.dataset()
    assert saved is not None
    desk = page_state.desk()
    mine = page_state.scenarios_here()
    with st.container(border=True):
        names = [AS_IT_IS, *mine]
        if (wanted := st.session_state.pop("solve_this", None)) in names:
            st.session_state["what"] = wanted
        chosen = st.selectbox("What to plan", names, key="what")
        try:
            scenario = _wishes(saved, mine[chosen]) if chosen != AS_IT_IS else Scenario(chosen)
        except DatasetError as error:
            st.error(escape_markdown(reason_of(error)))
            return
        _told_by(scenario, page_state.facts(saved))
        usual = scenario.solve.seconds or default_seconds(Problem(page_state.facts(saved)))
        seconds = st.number_input(
            "Time, seconds",
            min_value=5,
            max_value=7200,
            value=None,
            step=5,
            placeholder=f"{usual:g}",
            help="The best plan found by then. Left blank, as long as the scenario says, or else "
            "a minute and five seconds more for each further school.",
            width=220,
        )
        with st.expander("Goals, the first matters most"):
            ordered = st.multiselect(
                "Goals",
                [goal.key for goal in GOALS],
                default=scenario.goals or [goal.key for goal in GOALS],
                format_func=lambda key: GOAL_OF[key].title,
                help="To change the order, take goals out and add them again at the end.",
            )
        if st.button("Make a plan", type="primary", disabled=not ordered):
            options = SolveOptions(seconds, goals=tuple(ordered))
            try:
                applied = None
                if chosen != AS_IT_IS:
                    applied = desk.applied(mine[chosen].text, chosen, saved)
                run = desk.ask(saved, options, applied)
            except (DatasetError, Denied, WrongInput) as error:
                st.error(escape_markdown(reason_of(error)))
                return
            page_state.keep(page_state.RUN, run.number)
            st.rerun()


def _wishes(saved: SavedDataset, scenario: SavedScenario) -> Scenario:
    """A scenario with what those below it say of goals, solving and closeness; its changes are not
    applied yet. Raises DatasetError.
    """
    return page_state.desk().wishes_of(scenario.text, scenario.name, saved)


def reason_of(error: DatasetError | Denied | WrongInput) -> str:
    """Why nothing can be planned, in a sentence."""
    if isinstance(error, DatasetError):
        return " ".join(str(fault) for fault in error.faults)
    return str(error)


def _told_by(scenario: Scenario, data: Dataset) -> None:
    """What a scenario says of the solve beside what can be chosen here."""
    words = Words(data.district.locale)
    told = list(search_words(scenario.solve, words))
    if scenario.stay_close_to:
        told.append(f"stay close to {close_words(scenario.stay_close_to, words)}")
    if told:
        st.caption(escape_markdown(f"The scenario says: {'; '.join(told)}."))


def _sweep() -> None:
    """A plan for each of several amounts of a program's money."""
    saved = page_state.dataset()
    assert saved is not None
    desk = page_state.desk()
    data = page_state.facts(saved)
    programs = sorted({fund.program for fund in data.funds})
    if not programs:
        return
    with st.expander("What more or less money buys: a plan for each amount"):
        program = st.selectbox("Program", programs)
        least, most = st.slider(
            "From and to, %", min_value=-50, max_value=50, value=(-10, 10), step=5
        )
        step = st.select_slider("In steps of, %", options=(5, 10, 20, 25), value=10)
        amounts = [percent for percent in range(least, most + 1, step) if percent]
        seconds = st.number_input(
            "Time for each, seconds",
            min_value=5,
            max_value=3600,
            value=None,
            step=5,
            placeholder=f"{default_seconds(Problem(data)):g}",
        )
        if st.button(f"Make {len(amounts)} plans", disabled=not amounts):
            for percent in amounts:
                act = wishes.more if percent > 0 else wishes.less
                name = f"{program} {'+' if percent > 0 else '−'}{abs(percent)} %"
                text = scenario_text(name, saved.name, act(data, program, f"{abs(percent)}%"))
                try:
                    desk.ask(saved, SolveOptions(seconds), desk.applied(text, name, saved))
                except (DatasetError, Denied, WrongInput) as error:
                    st.error(escape_markdown(f"{name}: {reason_of(error)}"))
                    return
            st.rerun()


def _runs() -> None:
    runs = page_state.runs_here()
    live = any(run.state in LIVE for run in runs)
    asks = may(page_state.viewer(), "solve")
    if asks:
        st.fragment(warn_without_workers, run_every=NOTICE if live else None)()
    if not runs:
        how = " “Make a plan” starts one; it goes on when you leave this page." if asks else ""
        st.info(f"No plan has been asked for yet.{how}")
        return
    st.fragment(_board, run_every=TICK if live else None)(live)


def _board(live: bool) -> None:
    """All runs of the dataset; those that are being planned with their goals."""
    try:
        runs = page_state.runs_here()
    except Unreachable:
        st.rerun()  # the whole page waits for the database
    if live and not any(run.state in LIVE for run in runs):
        st.rerun()
    for run in runs[:12]:
        if run.state in LIVE:
            _live(run)
    ended = [run for run in runs if run.state not in LIVE][:12]
    for run in ended:
        _ended(run)


def _live(run: RunState) -> None:
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(run.scenario or AS_IT_IS)}** {NAMES[run.state]}")
        events = page_state.desk().events(run.number)
        if not events:
            st.caption(
                "Its turn comes when a worker is free."
                if run.state is State.QUEUED
                else "Reading the data …"
            )
        else:
            last = events[-1][2]
            limit = float(last.get("limit") or 0)
            # Until the last word of its worker, and not until now: that is another clock.
            spent = (
                (run.heartbeat - run.started_at).total_seconds()
                if run.heartbeat and run.started_at
                else 0.0
            )
            st.progress(min(1.0, spent / limit) if limit else 0.0, text=time_spent(spent, limit))
            if last["goals"]:
                picked_in(
                    _goals([event for _, _, event in events], str(last.get("now", ""))),
                    f"goals {run.number}",
                )
            elif last["now"] != "":
                st.caption("Being planned …")
            else:
                st.caption("Filling the timetable …")
        stopping = bool(run.cancel_asked_by)
        stop = (
            "Take out of the queue"
            if run.state is not State.RUNNING and not run.has_best
            else "Stop and keep this plan"
        )
        if st.button(
            "Stopping …" if stopping else stop,
            key=f"stop {run.number}",
            disabled=stopping,
            icon=":material/stop:",
        ):
            with suppress(StoreError):  # it has ended meanwhile
                page_state.desk().cancel(run.number)
            st.rerun(scope="fragment")


def time_spent(spent: float, limit: float) -> str:
    """How many seconds of a run's time are over; then what is left to do."""
    return (
        f"{spent:.0f} of at most {limit:.0f} s"
        if spent < limit or not limit
        else "The time is over: writing the plan …"
    )


def _goals(events: Sequence[Mapping[str, Any]], current: str, *, ended: bool = False) -> Markup:
    """What each goal has reached, how it came there, and what is still possible."""
    words = Words()
    rows: list[HtmlRow] = []
    for one in events[-1]["goals"]:
        if not seen(page_state.viewer(), f"goal:{one['goal']}"):
            continue
        told = goal_text(GoalResult(one["goal"], one["value"], one["bound"]), words)
        looking = " (being improved)" if one["goal"] == current and told.possible != PROVED else ""
        unit = UNITS.get(GOAL_OF[one["goal"]].unit, told.unit)
        rows.append(
            [
                HtmlCell(told.title),
                told.value,
                unit,
                HtmlCell("", curve=_curve(events, one["goal"])),
                f"{told.possible}{looking}",
            ]
        )
    heads = (
        Head("Goal"),
        Head("Reached" if ended else "So far", figures=True),
        Head("Unit"),
        Head("Since the start"),
        Head("Still possible"),
    )
    return table(
        heads,
        rows,
        caption="What each goal reached" if ended else "What each goal has reached so far",
    )


def _curve(events: Sequence[Mapping[str, Any]], goal: str) -> str:
    """A goal's values over the seconds, as points of a line in a field of 80 by 20; nothing before
    there are two.
    """
    found = [
        (event["seconds"], one["value"])
        for event in events
        for one in event["goals"]
        if one["goal"] == goal
    ]
    low, high = min(value for _, value in found), max(value for _, value in found)
    last = max(events[-1]["seconds"], 0.1)
    points = [
        (2 + 76 * seconds / last, 17 - 14 * (value - low) / (high - low or 1))
        for seconds, value in found
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points) if len(points) > 1 else ""


def _ended(run: RunState) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    when = f"{run.ended_at:%Y-%m-%d %H:%M} UTC" if run.ended_at else ""
    stopped = f" {why_stopped(run)}" if run.state is State.CANCELLED else ""
    left.markdown(
        f"**{escape_markdown(run.scenario or AS_IT_IS)}** · "
        f"{NAMES[run.state]}{escape_markdown(stopped)} · {when}"
    )
    if run.message and run.state is State.FAILED:
        left.error(as_list(run.message))
    told = _told(run.number, page_state.viewer(), page_state.epoch()) if run.plan else []
    if told and told[-1]["goals"]:
        with left.expander("What it reached"):
            st.html(str(_goals(told, "", ended=True)))
    if run.plan and right.button("Open the plan", key=f"open {run.number}", width="stretch"):
        page_state.keep(page_state.PLAN, run.plan)
        st.switch_page(
            st.session_state["pages"]["timetable"],
            query_params={page_state.DATASET: run.name, page_state.PLAN: str(run.plan)},
        )


def why_stopped(run: RunState) -> str:
    """By whom, and what became of it."""
    by = run.message.removeprefix(CANCELLED_BY)
    if run.started_at is None:
        return f"by {by} while it waited"
    return f"by {by}; " + (
        "the best plan until then is kept" if run.plan else "there was no plan yet"
    )


def as_list(message: str) -> str:
    """What contradicts what as a list in Markdown: a line each, and what to do; other messages as
    they are.
    """
    head, colon, rest = message.partition(": ")
    sentences = [part if part.endswith(".") else f"{part}." for part in rest.split(".; ") if part]
    if head != CONTRADICTION or not colon:
        return escape_markdown(message)
    if not sentences:
        return escape_markdown(
            "No plan can keep all hard rules at once. Which of them contradict each other is not "
            "known."
        )
    lines = "\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences)
    return f"{escape_markdown(head)}:\n\n{lines}\n\nChange one of them and solve again\\."


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=page_state.BY_EYES)
def _told(number: int, looking: User, epoch: int) -> list[Mapping[str, Any]]:
    """What a run that has ended told of its progress."""
    return [event for _, _, event in Workspace(page_state.store(), looking).events(number)]
