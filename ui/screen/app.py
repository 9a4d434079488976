"""The screen's frame: who looks, at what, and the pages. Run by `planner ui`."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from planner.access import Denied, seen
from planner.access.viewer import DIRECTOR, HR, PRINCIPAL, VIEWER
from planner.desk import Opened
from planner.errors import DatasetError
from planner.words import Words
from ui.screen import here
from ui.screen.ahead import read_ahead
from ui.screen.choosing import choice
from ui.screen.people_who_may import Unknown, shared
from ui.screen.said import plain
from ui.screen.style import css
from ui.screen.views import compare, data, history, hr, money, region, scenarios, solve, start, timetable

ICON = str(Path(__file__).parent / "pictures" / "icon.png")
SHEETS = {"money": "money by fund", "hr": "hr"}
"""Pages that only those have who see such a sheet of a plan's workbook."""
ROLES = {"": "Everything", DIRECTOR: "Director", HR: "HR", VIEWER: "Viewer"}


def main() -> None:
    """Draws the page that was asked for."""
    st.set_page_config(page_title="Planner", page_icon=ICON, layout="wide")
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
    if name not in datasets:
        if name:
            st.toast(f"There is no dataset {plain(name)} here.")
        name = datasets[0]
        here.keep(here.DATASET, name)
        here.keep(here.PLAN, "")
    choice(st.sidebar, "Dataset", datasets, name, _go_to_dataset, key="dataset chosen")
    plans = {plan.number: plan for plan in here.plans_here()}
    if plans:
        words = Words()
        number = here.kept(here.PLAN)
        if not number.isdigit() or int(number) not in plans:
            if number:
                st.toast(f"There is no plan {plain(number)} of {plain(name)} that you see.")
            number = str(next((plan.number for plan in plans.values() if plan.adopted), next(iter(plans))))
            here.keep(here.PLAN, number)
        choice(
            st.sidebar,
            "Plan",
            list(plans),
            int(number),
            lambda picked: here.keep(here.PLAN, picked),
            key="plan chosen",
            format_func=lambda one: here.called(plans[one], words),
        )


def _go_to_dataset(name: str) -> None:
    here.keep(here.DATASET, name)
    here.keep(here.PLAN, "")


def _view_as() -> None:
    """With whose eyes the one user of this machine looks."""
    found = here.dataset()
    schools = here.facts_for(found.hash, here.owner()).schools if found else ()
    views = ROLES | {f"{PRINCIPAL}:{school.school}": f"Principal of {school.name}" for school in schools if school.kind == "school"}
    now = here.kept(here.VIEW)
    choice(
        st.sidebar,
        "View as",
        list(views),
        now if now in views else "",
        lambda view: here.keep(here.VIEW, view),
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
