"""Runs: who works at them, what becomes of one whose process died, and that nothing that was found
is lost.
"""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from planner.store import datasets, plans, runs, work
from planner.store.audit import entries
from planner.store.errors import NotOurs, NotThere, StoreError
from planner.store.runs import State
from planner.store.store import Store
from planner.store.verify import verify
from planner.store.worker import Worker, is_gone, this_worker
from tests.planner.store.office import first_steps, plan, refused, short_staffed

FAR = Worker("another-machine", 1)
AT_ONCE = timedelta(0)


@pytest.fixture
def key(store: Store) -> str:
    return datasets.save(store, first_steps(), "ours", by="ann").hash


def ask(store: Store, key: str) -> int:
    return runs.ask(store, "ours", key, settings={"seconds": 60}, by="ann").number


def state(store: Store, number: int) -> runs.RunState:
    return next(run for run in runs.runs(store) if run.number == number)


def dead() -> Worker:
    """A process of this machine that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return Worker(this_worker().host, process.pid)


def test_a_run_from_the_queue_to_its_plan(store: Store, key: str):
    asked = runs.ask(
        store, "ours", key, scenario="cut", settings={"seconds": 60, "goals": ["a"]}, by="ann"
    )
    assert (asked.state, asked.asked_by, asked.worker, asked.plan) == (
        State.QUEUED,
        "ann",
        None,
        None,
    )
    claim = work.claim_next(store, this_worker())
    assert (claim.run, claim.dataset_hash, claim.scenario) == (1, key, "cut")
    assert work.best_left(store, claim) is None
    assert claim.settings == {"seconds": 60, "goals": ["a"]}
    assert work.claim_next(store, this_worker()) is None
    work.tell_progress(store, claim, {"goal": "tier_3_minutes", "value": 120})
    work.tell_progress(store, claim, {"goal": "tier_3_minutes", "value": 150})
    work.keep_best(store, claim, plan(first_steps(), 120))
    work.keep_best(store, claim, plan(first_steps(), 150))
    assert runs.best(store, 1) == plan(first_steps(), 150)
    assert work.beat(store, claim) is False
    now = state(store, 1)
    assert (now.state, now.worker, now.has_best) == (State.RUNNING, this_worker(), True)
    assert now.started_at <= now.heartbeat
    number = work.finish(store, claim, plan(first_steps(), 300), {"seconds": 2})
    kept, document, run = plans.load(store, number)
    assert (kept.run, document["measures"]["minutes"]["all"]["delivered"], run) == (
        1,
        300,
        {"seconds": 2},
    )
    done = state(store, 1)
    assert (done.state, done.plan, done.has_best) == (State.DONE, number, False)
    assert [(number, event["value"]) for number, _, event in runs.events(store, 1)] == [
        (1, 120),
        (2, 150),
    ]
    assert [event["value"] for _, _, event in runs.events(store, 1, after=1)] == [150]
    me = str(this_worker())
    assert [(e.by, e.action, e.subject) for e in entries(store)[1:]] == [
        ("ann", "asked for", "run 1"),
        (me, "taken", "run 1"),
        (me, "kept", "plan 1"),
        (me, "done", "run 1"),
    ]
    assert verify(store).fault == ""


def test_the_queue_is_served_in_its_order(store: Store, key: str):
    numbers = [ask(store, key) for _ in range(3)]
    assert [work.claim_next(store, FAR).run for _ in range(3)] == numbers


def test_a_run_needs_its_dataset(store: Store):
    said = (
        "'0123': there is no dataset with that hash in the store. Save it first (planner "
        "store save)."
    )
    with refused(NotThere, said):
        runs.ask(store, "ours", "0123", settings={}, by="ann")
    with refused(NotThere, "'run 4': is not in the store. planner store lists what is."):
        runs.ask_cancel(store, 4, by="ann")


def test_a_run_whose_process_died_is_orphaned_and_taken_up(store: Store, key: str):
    ask(store, key)
    lost = work.claim_next(store, dead())
    work.keep_best(store, lost, plan(first_steps(), 150))
    (orphan,) = runs.mark_orphans(store, by="ann")
    assert (orphan.number, orphan.state, orphan.has_best) == (1, State.ORPHANED, True)
    assert runs.mark_orphans(store, by="ann") == ()
    assert work.claim_next(store, FAR) is None
    claim = work.take_up(store, FAR)
    assert (claim.run, claim.attempt) == (1, 2)
    assert work.best_left(store, claim) == plan(first_steps(), 150)
    assert work.take_up(store, FAR) is None
    for word in (
        lambda: work.beat(store, lost),
        lambda: work.keep_best(store, lost, plan(first_steps(), 160)),
        lambda: work.tell_progress(store, lost, {}),
        lambda: work.finish(store, lost, plan(first_steps(), 160), {}),
        lambda: work.stop(store, lost),
    ):
        with refused(
            NotOurs, "'run 1': is no longer this worker's: worker 1 on another-machine has it now."
        ):
            word()
    assert runs.best(store, 1) == plan(first_steps(), 150)
    work.finish(store, claim, plan(first_steps(), 300), {})
    with refused(NotOurs, "'run 1': is no longer this worker's: it is done."):
        work.beat(store, claim)
    assert [e.action for e in entries(store)][1:] == [
        "asked for",
        "taken",
        "found orphaned",
        "taken up again",
        "kept",
        "done",
    ]


def test_only_an_old_heartbeat_tells_of_another_machine(store: Store, key: str):
    ask(store, key)
    claim = work.claim_next(store, FAR)
    assert runs.mark_orphans(store, by="ann") == ()
    assert [run.number for run in runs.mark_orphans(store, by="ann", patience=AT_ONCE)] == [1]
    assert state(store, 1).worker == FAR
    assert work.beat(store, claim) is False, "its machine slept, and nobody took it up meanwhile"
    assert state(store, 1).state is State.RUNNING


def test_a_living_process_of_this_machine_is_no_orphan(store: Store, key: str):
    ask(store, key)
    work.claim_next(store, this_worker())
    assert runs.mark_orphans(store, by="ann") == ()
    assert not is_gone(Worker(this_worker().host, os.getppid()))


def test_a_named_orphan_is_taken_up(store: Store, key: str):
    for _ in range(2):
        ask(store, key)
        work.claim_next(store, FAR)
    runs.mark_orphans(store, by="ann", patience=AT_ONCE)
    assert work.take_up(store, FAR, 2).run == 2
    assert work.take_up(store, FAR, 2) is None


def test_a_queued_run_is_cancelled_at_once(store: Store, key: str):
    ask(store, key)
    cancelled = runs.ask_cancel(store, 1, by="ben")
    assert (cancelled.state, cancelled.message, cancelled.plan) == (
        State.CANCELLED,
        "cancelled by ben",
        None,
    )
    assert work.claim_next(store, FAR) is None
    with refused(StoreError, "'run 1': has ended: it is cancelled."):
        runs.ask_cancel(store, 1, by="ben")


def test_a_running_one_hears_of_it_and_keeps_its_best_plan(store: Store, key: str):
    ask(store, key)
    claim = work.claim_next(store, FAR)
    work.keep_best(store, claim, plan(first_steps(), 150))
    assert runs.ask_cancel(store, 1, by="ben").state is State.RUNNING
    assert runs.ask_cancel(store, 1, by="cleo").cancel_asked_by == "ben"
    assert work.beat(store, claim) is True
    number = work.stop(store, claim)
    ended = state(store, 1)
    assert (ended.state, ended.message, ended.plan, ended.has_best) == (
        State.CANCELLED,
        "cancelled by ben",
        number,
        False,
    )
    assert plans.load(store, number)[1] == plan(first_steps(), 150)


def test_one_that_was_asked_to_stop_and_died_is_cancelled(store: Store, key: str):
    ask(store, key)
    work.keep_best(store, work.claim_next(store, dead()), plan(first_steps(), 150))
    runs.ask_cancel(store, 1, by="ben")
    (ended,) = runs.mark_orphans(store, by="ann")
    assert (ended.state, ended.message, ended.plan) == (State.CANCELLED, "cancelled by ben", 1)
    assert work.take_up(store, FAR) is None
    assert [e.action for e in entries(store)][-4:] == [
        "asked to stop",
        "found orphaned",
        "kept",
        "cancelled",
    ]


def test_an_orphan_that_is_cancelled_keeps_its_best_plan(store: Store, key: str):
    ask(store, key)
    work.keep_best(store, work.claim_next(store, dead()), plan(first_steps(), 150))
    runs.mark_orphans(store, by="ann")
    number = runs.ask_cancel(store, 1, by="ben").plan
    assert plans.load(store, number)[1] == plan(first_steps(), 150)
    assert verify(store).fault == ""


def test_a_run_that_failed_says_why(store: Store, key: str):
    ask(store, key)
    claim = work.claim_next(store, FAR)
    assert work.stop(store, claim, message="no memory", failed=True) is None
    assert (state(store, 1).state, state(store, 1).message) == (State.FAILED, "no memory")


def test_a_plan_needs_its_dataset_in_the_store(store: Store, key: str):
    ask(store, key)
    claim = work.claim_next(store, FAR)
    for word in (work.keep_best, lambda *told: work.finish(*told, {})):
        with pytest.raises(NotThere, match="the dataset of this plan is not in the store"):
            word(store, claim, plan(short_staffed()))
    with refused(StoreError, "the document is no plan: it holds no sessions or no dataset_hash."):
        work.keep_best(store, claim, {"dataset_hash": key})
    assert state(store, 1).state is State.RUNNING
    changed = datasets.save(store, short_staffed(), "ours with a cut", by="ann")
    work.keep_best(store, claim, plan(short_staffed()))
    number = work.finish(store, claim, plan(short_staffed()), {})
    assert plans.load(store, number)[0].dataset_hash == changed.hash
