"""The screen's frame: who looks, at what, and the pages. Run by `planner ui`."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from planner.access import Denied, seen
from planner.facts.who import DIRECTOR, HR, PRINCIPAL, VIEWER
from planner.words.errors import DatasetError
from planner.words.wording import Words
from ui.app.workspace import VisiblePlan
from ui.screen import page_state
from ui.screen.choosing import choice
from ui.screen.escape_markdown import plain
from ui.screen.prefetch import read_ahead
from ui.screen.sign_in_roles import Unknown, shared
from ui.screen.style import css
from ui.screen.views import (
    compare,
    data,
    history,
    hr,
    money,
    region,
    scenarios,
    solve,
    start,
    timetable,
)

ICON = str(Path(__file__).parent / "pictures" / "icon.png")
SHEETS = {"money": "money by fund", "hr": "hr"}
"""Pages that only those have who see such a sheet of a plan's workbook."""
ROLES = {"": "Everything", DIRECTOR: "Director", HR: "HR", VIEWER: "Viewer"}


def main() -> None:
    """Draws the page that was asked for."""
    st.set_page_config(page_title="Planner", page_icon=ICON, layout="wide")
    st.html(f"<style>{css()}</style>")
    try:
        looking = page_state.viewer()
    except Unknown as error:
        _door(str(error))
        return
    page_state.remember()
    pages = _pages()
    st.session_state["pages"] = pages
    parts = {
        "": ("start",),
        "Prepare": ("data", "scenarios", "solve"),
        "Look": ("timetable", "region", "money", "hr"),
        "Decide": ("compare", "history"),
    }
    shown = {
        head: [pages[name] for name in names if name in pages] for head, names in parts.items()
    }
    page = st.navigation(shown, expanded=True)
    with st.sidebar:
        _choose()
        if shared():
            st.caption(f"Signed in as {looking.name}")
            st.button("Sign out", on_click=st.logout)
        else:
            _view_as()
    st.title(page.title)
    try:
        page.run()
    except DatasetError as error:
        for fault in error.faults:
            st.error(plain(str(fault)))
    except Denied as error:
        st.error(plain(str(error)))
    dataset, plans = page_state.dataset(), page_state.plans_here()
    if dataset:
        at = page_state.kept(page_state.PLAN)
        read_ahead(dataset, (*((int(at),) if at.isdigit() else ()), *compare.usual(plans)))


def _pages() -> dict[str, st.Page]:
    def with_plan(show: Callable[[VisiblePlan], None]) -> Callable[[], None]:
        def page() -> None:
            found = page_state.opened()
            if found is None:
                start.no_plan()
            else:
                st.caption(
                    f"{plain(found.saved.name)}: "
                    f"{plain(page_state.called(found.saved, found.words))}"
                )
                show(found)

        page.__name__ = show.__module__.rpartition(".")[2]
        return page

    found = {
        "start": st.Page(start.show, title="Start", icon=":material/home:", default=True),
        "data": st.Page(data.show, title="Data", icon=":material/table:", url_path="data"),
        "scenarios": st.Page(
            scenarios.show, title="Scenarios", icon=":material/alt_route:", url_path="scenarios"
        ),
        "solve": st.Page(
            solve.show, title="Solve", icon=":material/play_circle:", url_path="solve"
        ),
        "timetable": st.Page(
            with_plan(timetable.show),
            title="Timetable",
            icon=":material/calendar_view_week:",
            url_path="timetable",
        ),
        "region": st.Page(
            with_plan(region.show), title="Region", icon=":material/map:", url_path="region"
        ),
        "money": st.Page(
            with_plan(money.show), title="Money", icon=":material/payments:", url_path="money"
        ),
        "hr": st.Page(with_plan(hr.show), title="HR", icon=":material/badge:", url_path="hr"),
        "compare": st.Page(
            compare.show, title="Compare", icon=":material/balance:", url_path="compare"
        ),
        "history": st.Page(
            history.show, title="History", icon=":material/history:", url_path="history"
        ),
    }
    looking = page_state.viewer()
    return {
        name: page
        for name, page in found.items()
        if name not in SHEETS or seen(looking, f"sheet:{SHEETS[name]}")
    }


def _choose() -> None:
    """The dataset and the plan that all pages are about."""
    datasets = [saved.name for saved in page_state.desk().datasets()]
    if not datasets:
        return
    name = page_state.kept(page_state.DATASET)
    if name not in datasets:
        if name:
            st.toast(f"There is no dataset {plain(name)} here.")
        name = datasets[0]
        page_state.keep(page_state.DATASET, name)
        page_state.keep(page_state.PLAN, "")
    choice(st.sidebar, "Dataset", datasets, name, _go_to_dataset, key="dataset chosen")
    plans = {plan.number: plan for plan in page_state.plans_here()}
    if plans:
        words = Words()
        number = page_state.kept(page_state.PLAN)
        if not number.isdigit() or int(number) not in plans:
            if number:
                st.toast(f"There is no plan {plain(number)} of {plain(name)} that you see.")
            number = str(
                next((plan.number for plan in plans.values() if plan.adopted), next(iter(plans)))
            )
            page_state.keep(page_state.PLAN, number)
        choice(
            st.sidebar,
            "Plan",
            list(plans),
            int(number),
            lambda picked: page_state.keep(page_state.PLAN, picked),
            key="plan chosen",
            format_func=lambda one: page_state.called(plans[one], words),
        )


def _go_to_dataset(name: str) -> None:
    page_state.keep(page_state.DATASET, name)
    page_state.keep(page_state.PLAN, "")


def _view_as() -> None:
    """With whose eyes the one user of this machine looks."""
    found = page_state.dataset()
    schools = page_state.facts_for(found.hash, page_state.owner()).schools if found else ()
    views = ROLES | {
        f"{PRINCIPAL}:{school.school}": f"Principal of {school.name}"
        for school in schools
        if school.kind == "school"
    }
    now = page_state.kept(page_state.VIEW)
    choice(
        st.sidebar,
        "View as",
        list(views),
        now if now in views else "",
        lambda view: page_state.keep(page_state.VIEW, view),
        key="view chosen",
        format_func=views.__getitem__,
        help="What this role would see and may do.",
    )


def _door(said: str) -> None:
    """Where nobody whom we know has signed in."""
    st.title("Planner")
    st.write("Staffing and timetables for school intervention staff.")
    if st.user.is_logged_in:
        st.error(said)
        st.button("Sign out", on_click=st.logout)
    else:
        st.button("Sign in", type="primary", on_click=st.login)


main()
