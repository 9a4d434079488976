"""Downloads of a plan: the workbook, the printed weeks, the calendars.

Each holds what its viewer may see.
"""

from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from planner.private_files import passing
from planner.render.export import Wanted, after, calendars_in, exported
from planner.render.formats import CSV, ICAL, PAGES, PDF
from planner.render.workbook.plan_workbook import write_plan_workbook
from ui.app.workspace import VisiblePlan, Workspace
from ui.screen.page_state import desk

KINDS = (
    (PDF, "Weeks to print (.pdf)", "timetables.pdf"),
    (ICAL, "Calendars (.zip)", "calendars.zip"),
    (CSV, "Tables (.zip)", "tables.zip"),
)


def take_along(opened: VisiblePlan) -> None:
    """The downloads; each is made when it is asked for."""
    here = desk()  # now: a download is made where no page is drawn, and nobody is known
    with st.container(key="take_along"):
        st.divider()
        st.header("Take it along")
        places = st.columns(4)
        places[0].download_button(
            "Workbook (.xlsx)",
            lambda: workbook(opened),
            "plan.xlsx",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )
        for place, (kind, label, name) in zip(places[1:], KINDS, strict=True):
            place.download_button(
                label,
                partial(files, here, opened, kind),
                name,
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
            )


def workbook(opened: VisiblePlan) -> bytes:
    """The plan's workbook."""
    with passing() as folder:
        path = folder / "plan.xlsx"
        write_plan_workbook(path, opened.problem, opened.view.result, opened.document, opened.shown)
        return path.read_bytes()


def files(here: Workspace, opened: VisiblePlan, kind: str) -> bytes:
    """What can be exported of one kind: a file, or several in an archive. Calendars cancel what
    the plan held by which people worked before.
    """
    wanted = _wanted(here, opened, kind)
    found = list(exported(opened.problem, opened.problem, opened.plan, wanted))
    earlier = here.adopted_before(opened.number) if kind == ICAL else None
    if earlier is not None:
        before = _wanted(here, earlier, kind)
        told = exported(earlier.problem, earlier.problem, earlier.plan, before)
        found = after(found, calendars_in(told), opened.problem, wanted)
    if len(found) == 1 and kind not in (ICAL, CSV, PAGES):
        return found[0].content
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as sheets:
        for file in found:
            sheets.writestr(file.path, file.content)
    return archive.getvalue()


def _wanted(here: Workspace, opened: VisiblePlan, kind: str) -> Wanted:
    """Dated when the plan was saved or, where that is later, adopted: a plan that is adopted after
    a newer one replaces what calendars hold of that.
    """
    adopted = (one.adopted_at for one in here.adoptions() if one.plan == opened.number)
    zone = opened.problem.data.district.timezone
    return Wanted(
        (kind,), max((opened.saved.saved_at, *adopted)), zone=zone, with_pay=opened.sees_pay
    )
