"""What the pages to come will show, read while somebody still looks at this one."""

from contextlib import suppress
from threading import Lock, Thread

import streamlit as st

from planner.access import User
from planner.store.datasets import SavedDataset
from planner.words.errors import DatasetError
from ui.screen import page_state

ONE_BY_ONE = Lock()
"""Pages that are asked for come first: no more than one reads ahead."""


def read_ahead(dataset: SavedDataset, plans: tuple[int, ...]) -> None:
    """Read a dataset and some plans of it, once for all who see the same. Whoever is faster than
    this waits as without it.
    """
    _reader(dataset, plans, page_state.viewer(), page_state.epoch())


@st.cache_resource(
    max_entries=80,
    show_spinner=False,
    hash_funcs=page_state.BY_EYES | {SavedDataset: lambda saved: saved.hash},
)
def _reader(dataset: SavedDataset, plans: tuple[int, ...], looking: User, epoch: int) -> Thread:
    reader = Thread(target=_read, args=(dataset, plans, looking), daemon=True)
    reader.start()
    return reader


def _read(dataset: SavedDataset, plans: tuple[int, ...], looking: User) -> None:
    with ONE_BY_ONE, suppress(DatasetError):  # the page that shows it will say so
        page_state.tables_for(dataset.hash, looking)
        page_state.facts_for(dataset.hash, looking)
        for number in plans:
            opened = page_state.opened_for(number, looking)
            for part in ("measures", "hr", "accounts", "money", "document"):
                getattr(opened, part)
