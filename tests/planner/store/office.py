"""A small office for tests of the store: two datasets, and plans of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.facts.sheets import Dataset
from planner.sheets.dataset import dataset_hash, load
from planner.store.errors import StoreError

SCENARIOS = Path(__file__).parent.parent.parent.parent / "scenarios"


@cache
def first_steps() -> Dataset:
    return load(SCENARIOS / "first-steps" / "dataset")


@cache
def short_staffed() -> Dataset:
    return load(SCENARIOS / "short-staffed" / "dataset")


def plan(dataset: Dataset, minutes: int = 300, **more: Any) -> dict[str, Any]:
    """A plan of a dataset as far as the store looks at one."""
    return {
        "dataset_hash": dataset_hash(dataset),
        "scenario": "autumn",
        "solver": {"status": "feasible"},
        "sessions": [
            {"service": "g", "day": "Mon", "start": "09:00", "end": "09:30", "staff": ["P1"]}
        ],
        "positions": [{"position": "P-1", "total": "100.25"}, {"position": "P-2", "total": "0.50"}],
        "unserved": [],
        "findings": [],
        "measures": {
            "minutes": {
                "all": {"owed": 600, "delivered": minutes},
                "tier": {"2": {"owed": 600, "delivered": minutes}},
            },
        },
    } | more


@contextmanager
def refused(error: type[StoreError], said: str) -> Iterator[None]:
    """That the store refuses, in exactly these words."""
    with pytest.raises(error) as caught:
        yield
    (fault,) = caught.value.faults
    assert (f"{fault.file}: {fault.what}" if fault.file else fault.what) == said
