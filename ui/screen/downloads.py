"""Downloads of a plan: the workbook, the printed weeks, the calendars.

Each holds what its viewer may see.
"""

import tempfile
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from planner.render.export import Wanted, exported
from planner.render.formats import CSV, ICAL, PAGES, PDF
from planner.render.workbook.plan_workbook import write_plan_workbook
from ui.app.workspace import VisiblePlan

KINDS = (
    (PDF, "Weeks to print (.pdf)", "timetables.pdf"),
    (ICAL, "Calendars (.zip)", "calendars.zip"),
    (CSV, "Tables (.zip)", "tables.zip"),
)


def take_along(opened: VisiblePlan) -> None:
    """The downloads; each is made when it is asked for."""
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
                partial(files, opened, kind),
                name,
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
            )


def workbook(opened: VisiblePlan) -> bytes:
    """The plan's workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_plan_workbook(path, opened.problem, opened.view.result, opened.document, opened.shown)
        return path.read_bytes()


def files(opened: VisiblePlan, kind: str) -> bytes:
    """What can be exported of one kind: a file, or several in an archive."""
    wanted = Wanted((kind,), opened.saved.saved_at, with_pay=opened.sees_pay)
    found = list(exported(opened.problem, opened.problem, opened.plan, wanted))
    if len(found) == 1 and kind not in (ICAL, CSV, PAGES):
        return found[0].content
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as sheets:
        for file in found:
            sheets.writestr(file.path, file.content)
    return archive.getvalue()
