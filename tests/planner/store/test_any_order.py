"""Whatever is done in whatever order: the trail holds, every change is in it, and what was refused
left no trace.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.store import adoption, datasets, plans, runs, scenarios, work
from planner.store.audit import entries
from planner.store.backup import back_up
from planner.store.errors import StoreError
from planner.store.purge import purge_students
from planner.store.restore import restore
from planner.store.store import Store
from planner.store.verify import verify
from planner.store.worker import this_worker
from tests.planner.store.office import first_steps, plan, short_staffed

DATASETS = (first_steps, short_staffed)
Act = Callable[[Store, Path, int], object]


def claimed(store: Store) -> work.Claim:
    """A run of this worker's; refused where none waits."""
    claim = work.claim_next(store, this_worker())
    if claim is None:
        raise StoreError("", "no run waits.")
    return claim


def ask(store: Store, _folder: Path, n: int) -> object:
    return runs.ask(
        store, "ours", datasets.newest(store, "ours").hash, settings={"seed": n}, by="ann"
    )


def finish(store: Store, _folder: Path, n: int) -> object:
    claim = claimed(store)
    document = plan(first_steps(), n) | {"dataset_hash": claim.dataset_hash}
    work.keep_best(store, claim, document)
    return (
        work.finish(store, claim, document, {})
        if n % 2
        else work.stop(store, claim, message="no memory", failed=True)
    )


def lose(store: Store, _folder: Path, n: int) -> object:
    claimed(store)
    return runs.mark_orphans(store, by="ann", patience=timedelta(0))


def restored(store: Store, folder: Path, n: int) -> object:
    back_up(store, folder / "office.zip", replace=True, by="ann")
    return restore(store, folder / "office.zip", replace=True, by="ann")


ACTS: dict[str, Act] = {
    "save": lambda s, _, n: datasets.save(s, DATASETS[n % 2](), "ours", by="ann"),
    "scenario": lambda s, _, n: scenarios.save(
        s, f"cut {n % 2}", "ours", f"name: {n}", seen=n % 3, by="ben"
    ),
    "keep": lambda s, _, n: plans.keep(s, plan(DATASETS[n % 2](), n), {"n": n}, "ours", by="cleo"),
    "adopt": lambda s, _, n: adoption.adopt(s, n % 4, note="so be it", by="dora"),
    "ask": ask,
    "cancel": lambda s, _, n: runs.ask_cancel(s, n % 4, by="ann"),
    "finish": finish,
    "lose": lose,
    "take up": lambda s, _, n: work.take_up(s, this_worker()),
    "purge": lambda s, _, n: purge_students(s, by="hr"),
    "back up and restore": restored,
}


@pytest.mark.slow
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 7)), min_size=1, max_size=14)
)
def test_the_trail_holds_in_any_order(store: Store, tmp_path: Path, acts: list[tuple[str, int]]):
    datasets.save(store, first_steps(), "ours", by="ann")
    for name, n in acts:
        before = entries(store)
        try:
            ACTS[name](store, tmp_path, n)
        except StoreError:
            assert len(entries(store)) - len(before) <= (2 if name in ("finish", "lose") else 0), (
                name
            )
        after = entries(store)
        assert after[: len(before)] == before, "what was told stays told"
        assert verify(store).fault == "", name
