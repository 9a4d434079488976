"""Which store a command is about, and who uses it."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.store.place import place_of
from planner.store.store import Store, open_store


@contextmanager
def chosen_store(*, make: bool = False) -> Iterator[Store]:
    """The store that the environment names (planner.store.place), open while the block runs. Raises
    DatasetError.
    """
    store = open_store(place_of(os.environ), make=make)
    try:
        yield store
    finally:
        store.close()


def is_there() -> bool:
    """Whether the environment names a store that may be opened: a file that is there, or a
    database. Raises StoreError where its address is none.
    """
    url = place_of(os.environ)
    return url.drivername != "sqlite" or Path(url.database or "").exists()


def who(named: str | None) -> str:
    """Who does it: whoever is named, else the user of this machine."""
    if named is not None:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a number without a name
        return f"user {os.getuid()}"
