"""The screen's frame: who looks, at what, and the pages. Run by `planner ui`."""

from collections.abc import Callable

import streamlit as st

from planner.access import Denied, seen
from planner.access.viewer import DIRECTOR, HR, PRINCIPAL, VIEWER
from planner.desk import Opened
from planner.errors import DatasetError
from planner.words import Words
from ui.screen import here
from ui.screen.ahead import read_ahead
from ui.screen.people_who_may import Unknown, shared
from ui.screen.said import plain
from ui.screen.style import css
from ui.screen.views import compare, data, history, hr, money, region, scenarios, solve, start, timetable

SHEETS = {"money": "money by fund", "hr": "hr"}
"""Pages that only those have who see such a sheet of a plan's workbook."""
ROLES = {here.EVERYTHING: "", "Director": DIRECTOR, "HR": HR, "Viewer": VIEWER}


def main() -> None:
    """Draws the page that was asked for."""
    st.set_page_config(page_title="Planner", page_icon=":material/calendar_view_week:", layout="wide")
    st.html(f"<style>{css()}</style>")
    try:
        looking = here.viewer()
    except Unknown as error:
        _door(str(error))
        return
    here.remember()
    pages = _pages()
    st.session_state["pages"] = pages
    parts = {
        "": ("start",),
        "Prepare": ("data", "scenarios", "solve"),
        "Look": ("timetable", "region", "money", "hr"),
        "Decide": ("compare", "history"),
    }
    shown = {head: [pages[name] for name in names if name in pages] for head, names in parts.items()}
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
    dataset, plans = here.dataset(), here.plans_here()
    if dataset:
        at = here.kept(here.PLAN)
        read_ahead(dataset, (*((int(at),) if at.isdigit() else ()), *compare.usual(plans)))


def _pages() -> dict[str, st.Page]:
    def with_plan(show: Callable[[Opened], None]) -> Callable[[], None]:
        def page() -> None:
            found = here.opened()
            if found is None:
                start.no_plan()
            else:
                st.caption(f"{plain(found.saved.name)}: {plain(here.called(found.saved, found.words))}")
                show(found)

        page.__name__ = show.__module__.rpartition(".")[2]
        return page

    found = {
        "start": st.Page(start.show, title="Start", icon=":material/home:", default=True),
        "data": st.Page(data.show, title="Data", icon=":material/table:", url_path="data"),
        "scenarios": st.Page(scenarios.show, title="Scenarios", icon=":material/alt_route:", url_path="scenarios"),
        "solve": st.Page(solve.show, title="Solve", icon=":material/play_circle:", url_path="solve"),
        "timetable": st.Page(
            with_plan(timetable.show), title="Timetable", icon=":material/calendar_view_week:", url_path="timetable"
        ),
        "region": st.Page(with_plan(region.show), title="Region", icon=":material/map:", url_path="region"),
        "money": st.Page(with_plan(money.show), title="Money", icon=":material/payments:", url_path="money"),
        "hr": st.Page(with_plan(hr.show), title="HR", icon=":material/badge:", url_path="hr"),
        "compare": st.Page(compare.show, title="Compare", icon=":material/balance:", url_path="compare"),
        "history": st.Page(history.show, title="History", icon=":material/history:", url_path="history"),
    }
    looking = here.viewer()
    return {name: page for name, page in found.items() if name not in SHEETS or seen(looking, f"sheet:{SHEETS[name]}")}


def _choose() -> None:
    """The dataset and the plan that all pages are about."""
    datasets = [saved.name for saved in here.desk().datasets()]
    if not datasets:
        return
    name = here.kept(here.DATASET)
    chosen = st.selectbox("Dataset", datasets, index=datasets.index(name) if name in datasets else 0)
    if chosen != name:
        here.keep(here.DATASET, chosen)
        here.keep(here.PLAN, "")
    plans = {plan.number: plan for plan in here.plans_here()}
    if plans:
        number = here.kept(here.PLAN)
        words = Words()
        usual = next((plan.number for plan in plans.values() if plan.adopted), next(iter(plans)))
        current = int(number) if number.isdigit() and int(number) in plans else usual
        picked = st.selectbox(
            "Plan", list(plans), index=list(plans).index(current), format_func=lambda one: here.called(plans[one], words)
        )
        here.keep(here.PLAN, picked)


def _view_as() -> None:
    """With whose eyes the one user of this machine looks."""
    found = here.dataset()
    principals = {f"Principal of {school}": f"{PRINCIPAL}:{school}" for school in (found.schools if found else ())}
    options = {**ROLES, **principals}
    view = here.kept(here.VIEW)
    named = next((name for name, value in options.items() if value == view), here.EVERYTHING)
    picked = st.selectbox("View as", list(options), index=list(options).index(named), help="What this role would see and may do.")
    if options[picked] != view:
        here.keep(here.VIEW, options[picked])
        st.rerun()


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
