"""The screen's frame: who looks, at what, and the pages. Run by `planner ui`."""

from collections.abc import Callable
from pathlib import Path
from time import sleep

import streamlit as st

from planner.access import Denied
from planner.facts.who import DIRECTOR, HR, PRINCIPAL, VIEWER
from planner.hr.cuts import cut_headline
from planner.store.errors import Unreachable
from planner.words.errors import DatasetError
from planner.words.wording import Words
from ui.app.workspace import VisiblePlan
from ui.screen import page_state
from ui.screen.choosing import choice
from ui.screen.escape_markdown import escape_markdown
from ui.screen.pages import START, PageSpec, pages_for
from ui.screen.prefetch import read_ahead
from ui.screen.sign_in_roles import Unknown, shared
from ui.screen.style import css
from ui.screen.views import compare, start

ICON = str(Path(__file__).parent / "pictures" / "icon.png")
AGAIN = 3.0
"""Seconds until a page asks a store again that did not answer."""
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
    page_state.forget_students()
    page_state.remember()
    specs = pages_for(looking)
    pages = {address: _page(spec) for address, spec in specs.items()}
    st.session_state["pages"] = pages
    shown: dict[str, list[st.Page]] = {}
    for address, spec in specs.items():
        shown.setdefault(spec.group, []).append(pages[address])
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
    except Unreachable:
        raise
    except DatasetError as error:
        for fault in error.faults:
            st.error(escape_markdown(str(fault)))
    except Denied as error:
        st.error(escape_markdown(str(error)))
    dataset, plans = page_state.dataset(), page_state.plans_here()
    if dataset:
        at = page_state.kept(page_state.PLAN)
        read_ahead(dataset, (*((int(at),) if at.isdigit() else ()), *compare.usual(plans)))


def _page(spec: PageSpec) -> st.Page:
    """A page as Streamlit takes it."""
    icon = f":material/{spec.icon}:"
    if spec.address == START:
        return st.Page(spec.show, title=spec.title, icon=icon, default=True)
    show = _with_plan(spec.show) if spec.needs_plan else spec.show
    return st.Page(show, title=spec.title, icon=icon, url_path=spec.address)


def _with_plan(show: Callable[[VisiblePlan], None]) -> Callable[[], None]:
    """A page about the plan that is open; where there is none, it says how to get one."""

    def page() -> None:
        opened = page_state.opened()
        if opened is None:
            start.no_plan()
        else:
            name = page_state.display_name(opened.saved, opened.words)
            st.caption(f"{escape_markdown(opened.saved.name)}: {escape_markdown(name)}")
            if cut := cut_headline(opened.problem, opened.plan):
                st.error(escape_markdown(cut))
            show(opened)

    page.__name__ = show.__module__.rpartition(".")[2]
    return page


def _choose() -> None:
    """The dataset and the plan that all pages are about."""
    datasets = [saved.name for saved in page_state.desk().datasets()]
    if not datasets:
        return
    name = page_state.kept(page_state.DATASET)
    if name not in datasets:
        if name:
            st.toast(f"There is no dataset {escape_markdown(name)} here.")
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
                plan, dataset = escape_markdown(number), escape_markdown(name)
                st.toast(f"There is no plan {plan} of {dataset} that you see.")
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
            format_func=lambda one: page_state.display_name(plans[one], words),
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


def _away() -> None:
    """Where the store does not answer: the page comes back with it, by itself."""
    st.error("The database does not answer. What was saved is safe. This page tries again.")
    sleep(AGAIN)
    st.rerun()


try:
    main()
except Unreachable:
    _away()
