"""Say on a page that nobody works at what is asked for."""

import streamlit as st

from planner.store.errors import Unreachable
from ui.screen import page_state

NOBODY = (
    "No worker is running, so what is asked for waits. Whoever runs this server starts one with "
    "`planner worker`, or starts `planner ui` with `--workers 1`."
)


def warn_without_workers() -> None:
    """A warning where no worker lives."""
    try:
        works = page_state.desk().has_workers()
    except Unreachable:
        st.rerun()  # the whole page waits for the database
    if not works:
        st.warning(NOBODY)
