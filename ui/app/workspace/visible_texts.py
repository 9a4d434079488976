"""What the store says in sentences, as somebody may read it: messages, events and settings of runs,
faults of a dataset.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

from planner.access import Level, User, seen
from planner.access.dataset_view import Seen
from planner.access.texts import Texts
from planner.facts.who import HR, PRINCIPAL
from planner.store import datasets
from planner.store.errors import StoreError
from planner.store.runs import RunState
from planner.store.store import Store
from planner.words.errors import DatasetError

KEPT = 16
"""Datasets, each as somebody sees it, whose names a process keeps: a page that follows a run asks
every second.
"""
Json = dict[str, Any]


@lru_cache(maxsize=KEPT)
def texts_of(store: Store, viewer: User, key: str) -> Texts:
    """What may be said to somebody of the dataset with a hash. Raises NotThere."""
    return Texts(Seen(viewer, datasets.load(store, key)))


@contextmanager
def faults_told(store: Store, viewer: User, key: str) -> Iterator[None]:
    """Raises DatasetError with the faults of the block as somebody may read them. What the store
    itself refuses names nothing of a dataset.
    """
    try:
        yield
    except StoreError:
        raise
    except DatasetError as error:
        texts = texts_of(store, viewer, key)
        raise DatasetError(map(texts.fault, error.faults)) from None


def visible_run(store: Store, viewer: User, run: RunState) -> RunState:
    """A run as somebody may see it."""
    message = run.message
    if message and run.dataset_hash:
        message = texts_of(store, viewer, run.dataset_hash).cut(message)
    settings = dict(run.settings)
    if "changes" in settings:
        settings["changes"] = [
            change for change in settings["changes"] if _may_see_change(viewer, change)
        ]
    return replace(run, message=message, settings=settings)


def _may_see_change(viewer: User, change: Mapping[str, Any]) -> bool:
    """Whether somebody reads a scenario's change in the list of runs. Its words may hold any cell
    of the row, so that they are HR's, of sheets that HR sees; plans tell them to others.
    """
    sheet = change.get("sheet")
    return HR in viewer.roles and (sheet != "members" or bool(seen(viewer, "members.student")))


def visible_event(viewer: User, event: Mapping[str, Any]) -> Json:
    """What a run told of its progress, as somebody may see it; a key that is not named here is
    shown to nobody.

    A goal's value is the whole district's while a run goes on: who sees their own schools alone
    gets it with the plan.
    """
    goals = [
        goal for goal in event.get("goals", ()) if seen(viewer, f"goal:{goal['goal']}") is Level.ALL
    ]
    current = event.get("now")
    shown: Json = {
        "goals": goals,
        "now": current if not current or seen(viewer, f"goal:{current}") else None,
        "where": event.get("where", "") if viewer.roles != {PRINCIPAL} else "",
    }
    return shown | {name: event[name] for name in ("limit", "seconds") if name in event}
