"""The way in: an example, a workbook of one's own, or what is here already."""

from pathlib import Path

import streamlit as st

from planner.access import may, remarks_for
from planner.facts.sheets import Dataset
from planner.facts.who import PRINCIPAL
from planner.sheets.dataset import load
from planner.sheets.examples import example_names, example_path
from planner.store.datasets import SavedDataset
from planner.words.errors import DatasetError
from planner.words.wording import Words
from ui.app.uploads import Upload, read_upload
from ui.screen import page_state
from ui.screen.faults import fault_table, remark_table
from ui.screen.picking import picked_in
from ui.screen.table import Head, HtmlCell, HtmlRow, table
from ui.screen.worker_notice import warn_without_workers

LARGEST = 50
"""Megabytes of a workbook that is sent."""
FAULTY = "faulty"
SENT = "sent"
LOOKED_AT = "looked at"
ABOUT = {
    "first-steps": "One small school, small enough to solve by hand",
    "tacoma-mtss": "Six schools of a district in Washington, with money",
    "lausd-region": "Twelve schools and three other places of a region: shared people, coaching "
    "cycles, categorical funds",
    "new-bridge": "A trust on a ten-day cycle, in pounds",
    "short-staffed": "Too few adults: what is proved then",
    "cannot-be": "Facts that contradict each other",
    "misspelt": "Faults on purpose: what is said of them",
}


def show() -> None:
    """The page."""
    st.write(
        "Plan who serves which students where and when, see what it costs, and hold one plan "
        "against another."
    )
    if may(page_state.viewer(), "solve"):
        warn_without_workers()
    _continue()
    if not may(page_state.viewer(), "edit_dataset"):
        if not page_state.desk().datasets():
            st.info("Nobody has put a dataset here yet. A director or HR can.")
        return
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        _example()
    with right, st.container(border=True):
        _upload()
    _faulty()


def no_dataset() -> None:
    """What a page says that is about a dataset, where none is chosen."""
    how = (
        " Start with an example or with a workbook of yours."
        if may(page_state.viewer(), "edit_dataset")
        else ""
    )
    st.info(f"Nothing is open yet.{how}")
    st.page_link(st.session_state["pages"]["start"], label="To the start", icon=":material/home:")


def no_plan() -> None:
    """What a page says that shows a plan, where there is none."""
    if page_state.dataset() is None:
        no_dataset()
    else:
        st.info("This page shows a plan, and there is none of this dataset yet.")
        if may(page_state.viewer(), "solve"):
            st.page_link(
                st.session_state["pages"]["solve"],
                label="Make a plan",
                icon=":material/play_circle:",
            )


def _continue() -> None:
    desk = page_state.desk()
    found = desk.datasets()
    if not found:
        return
    st.header("Continue")
    plans = desk.plans()
    rows: list[HtmlRow] = []
    for saved in found:
        words = Words()
        mine = [plan for plan in plans if plan.name == saved.name]
        people, groups = _counted(saved)
        rows.append(
            [
                HtmlCell(saved.name, key=saved.name),
                words.number(len(saved.schools)),
                words.number(people),
                words.number(groups),
                words.number(len(mine)),
                next((f"plan {plan.number}" for plan in mine if plan.adopted), "–"),
                words.day(saved.saved_at.date()),
            ]
        )
    heads = (
        Head("Dataset"),
        *(Head(name, figures=True) for name in ("Schools", "People", "Groups", "Plans")),
        Head("Adopted"),
        Head("Saved"),
    )
    if chosen := picked_in(table(heads, rows, caption="Datasets that are here"), "datasets"):
        _go(chosen, "timetable" if any(plan.name == chosen for plan in plans) else "solve")


def _counted(saved: SavedDataset) -> tuple[int, int]:
    """The people and groups of a dataset that are seen. Those of the whole are kept beside it, and
    need no reading; beside one school's figures they would be read as that school's.
    """
    if page_state.viewer().roles != {PRINCIPAL}:
        return saved.people, saved.groups
    facts = page_state.facts(saved)
    return len(facts.staff), len(facts.groups)


def _example() -> None:
    st.header("Look at an example")
    names = [name for name in ABOUT if name in example_names()] + [
        name for name in example_names() if name not in ABOUT
    ]
    name = st.selectbox("Example", names)
    st.caption(f"{ABOUT[name]}." if name in ABOUT else "")
    if name and st.button("Open the example", type="primary"):
        st.session_state.pop(FAULTY, None)
        try:
            with st.spinner("Reading the example …"):
                dataset = load(example_path(name))
        except DatasetError as error:
            st.session_state[FAULTY] = (error.faults, None)
            return
        page_state.desk().save(dataset, name)
        _go(name, "solve")


def _upload() -> None:
    st.header("Bring your own workbook")
    sent = st.file_uploader(
        "Workbook (.xlsx)",
        type=["xlsx"],
        max_upload_size=LARGEST,
        help="planner init writes an empty one with notes.",
    )
    if sent is None:
        st.session_state.pop(SENT, None)
        if st.session_state.get(FAULTY, ((), None))[1] is not None:
            del st.session_state[FAULTY]
        st.caption("It stays on this machine. Students are counts or keys, never names.")
        return
    with st.spinner("Reading the workbook …"):
        upload = _read_once(sent.file_id, sent.name, sent.getbuffer())
    dataset = upload.dataset
    if dataset is None:
        st.session_state[FAULTY] = (upload.faults, upload.marked)
        st.error("The workbook cannot be used yet. What to mend stands below.")
        return
    st.session_state.pop(FAULTY, None)
    words = Words()
    counts = (
        words.count(len(dataset.schools), "school"),
        len(dataset.staff),
        words.count(len(dataset.groups), "group"),
    )
    st.success("The workbook is in order: {}, {} people, {}.".format(*counts))
    _remarks(sent.file_id, dataset)
    name = st.text_input("Call it", value=Path(sent.name).stem[:80], max_chars=80)
    if st.button("Use this workbook", type="primary", disabled=not name.strip()):
        saved = page_state.desk().save(dataset, name)
        _go(saved.name, "solve")


def _read_once(file: str, name: str, content: memoryview) -> Upload:
    """What came of the file that was sent: it is read when it comes, and not after every key that
    is typed into the form.
    """
    known: str
    upload: Upload | None
    known, upload = st.session_state.get(SENT, ("", None))
    if upload is None or known != file:
        upload = read_upload(content, name)
        st.session_state[SENT] = (file, upload)
    return upload


def _remarks(file: str, dataset: Dataset) -> None:
    """What planner validate warns of in a workbook that is in order; looked for once a file."""
    known, remarks = st.session_state.get(LOOKED_AT, ("", ()))
    if known != file:
        remarks = remarks_for(page_state.viewer(), dataset)
        st.session_state[LOOKED_AT] = (file, remarks)
    if remarks:
        st.warning(f"Allowed, but look at it: {Words().count(len(remarks), 'place')}.")
        st.html(str(remark_table(remarks)))


def _faulty() -> None:
    """What must be mended in the workbook that was sent, or in an example that shows faults."""
    faults, marked = st.session_state.get(FAULTY, ((), None))
    if not faults:
        return
    st.error(f"Nothing was saved: {Words().count(len(faults), 'place')} must be mended.")
    if marked:
        st.download_button(
            "Download the workbook with these cells marked",
            marked,
            "marked.xlsx",
            on_click="ignore",
        )
    st.html(str(fault_table(faults)))


def _go(dataset: str, page: str) -> None:
    page_state.keep(page_state.DATASET, dataset)
    page_state.keep(page_state.PLAN, "")
    st.switch_page(st.session_state["pages"][page], query_params={page_state.DATASET: dataset})
