"""Claim a run, beat while it is worked at, keep the best plan so far, and finish.

Claims are numbered: where a run was taken for orphaned and taken up by another worker, the first
one is told (NotOurs) with its next word, and what it brings is not kept. Without the number, a
laptop that slept would end a run that somebody else is solving. Beats, progress and best plans so
far are not in the audit trail, which would drown in them; that a run was claimed, was taken up and
how it ended is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.store.clock import moment
from planner.store.documents import Json, packed, unpacked
from planner.store.errors import NotOurs
from planner.store.plans import dataset_of, figures
from planner.store.runs import State, end, found, tell
from planner.store.store import Store
from planner.store.tables import DocumentRecord, RunEvent, RunRecord
from planner.store.worker import Worker
from planner.store.workers import tell as tell_of_worker


@dataclass(frozen=True)
class Claim:
    """A run that is this worker's (`best_left` gets the plan to begin with)."""

    run: int
    attempt: int
    worker: Worker
    name: str
    dataset_hash: str
    scenario: str
    settings: Mapping[str, Any]


def claim_next(store: Store, worker: Worker) -> Claim | None:
    """Take the run that waits longest; None where none waits.

    The oldest first, and no run before another for its size: who asks at nine has an answer before
    who asks at ten.
    """
    return _claim(store, worker, State.QUEUED, None)


def take_up(store: Store, worker: Worker, run: int | None = None) -> Claim | None:
    """Take an orphaned run up again, the oldest or the one that is named; None where there is
    none.
    """
    return _claim(store, worker, State.ORPHANED, run)


def _claim(store: Store, worker: Worker, state: State, number: int | None) -> Claim | None:
    """Claim a run in some state. Two workers never get the same: SQLite lets one write at a time,
    PostgreSQL skips rows that another has locked.

    Skipped and not waited for: a worker that waited would find that run taken, and get none
    although others wait.
    """
    waiting = (
        select(RunRecord)
        .where(RunRecord.state == state)
        .order_by(RunRecord.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if number is not None:
        waiting = waiting.where(RunRecord.id == number)
    with store.writing() as session:
        run = session.scalar(waiting)
        if run is None:
            return None
        run.state, run.attempt, run.host, run.pid = (
            State.RUNNING,
            run.attempt + 1,
            worker.host,
            worker.pid,
        )
        at = moment(session)
        run.started_at, run.heartbeat = run.started_at or at, at
        tell_of_worker(session, worker, at)
        tell(
            session,
            run,
            str(worker),
            "taken" if state is State.QUEUED else "taken up again",
            attempt=run.attempt,
        )
        return Claim(
            run.id,
            run.attempt,
            worker,
            run.name,
            run.dataset_id,
            run.scenario,
            dict(run.settings),
        )


def best_left(store: Store, claim: Claim) -> Json | None:
    """The plan that an earlier worker left; None where there is none. Not read when the run is
    claimed: where it is damaged, that is this run's fault and not the queue's.

    Raises NotOurs, and StoreError where it is damaged.
    """
    with store.touching() as session:
        run = _ours(session, claim)
        return unpacked(session.get_one(DocumentRecord, run.best_id)) if run.best_id else None


def beat(store: Store, claim: Claim) -> bool:
    """Say that the worker lives; whether somebody asked that the run stops. Raises NotOurs."""
    with store.touching() as session:
        run = _ours(session, claim)
        run.heartbeat = moment(session)
        tell_of_worker(session, claim.worker, run.heartbeat)
        return bool(run.cancel_asked_by)


def tell_progress(store: Store, claim: Claim, event: Mapping[str, Any]) -> None:
    """Add an event to what a run tells of its progress; also a heartbeat.

    Raises:
        NotOurs: The run has ended or is another worker's.
    """
    with store.touching() as session:
        run = _ours(session, claim)
        run.heartbeat = at = moment(session)
        last = (
            session.scalar(select(func.max(RunEvent.number)).where(RunEvent.run_id == run.id)) or 0
        )
        session.add(RunEvent(run_id=run.id, number=last + 1, at=at, event=dict(event)))


def keep_best(store: Store, claim: Claim, document: Json) -> None:
    """Keep the best plan so far, in place of the one before; also a heartbeat. Its dataset (the
    run's, or what the run's scenario makes of that) must be in the store.

    Raises NotOurs, and StoreError where it is no plan or its dataset is not there.
    """
    fresh = packed(document)
    with store.touching() as session:
        run = _ours(session, claim)
        dataset_of(session, document)
        figures(document)
        run.heartbeat = moment(session)
        if run.best_id:
            before = session.get_one(DocumentRecord, run.best_id)
            before.digest, before.content = fresh.digest, fresh.content
        else:
            session.add(fresh)
            session.flush()
            run.best_id = fresh.id


def finish(store: Store, claim: Claim, document: Json, run_document: Json) -> int:
    """End a run with its plan; the plan's number.

    Plan, run and trail change in one transaction: a worker that is killed in the middle leaves a
    run that is still running, which is found orphaned and taken up again, and never a run that is
    done without a plan.

    Raises:
        NotOurs: The run has ended or is another worker's.
        StoreError: The document is no plan.
    """
    with store.writing() as session:
        plan = end(
            session,
            _ours(session, claim),
            State.DONE,
            "",
            str(claim.worker),
            (document, run_document),
        )
    assert plan is not None, "what a run made becomes a plan"
    return plan


def stop(store: Store, claim: Claim, *, message: str = "", failed: bool = False) -> int | None:
    """End a run that was cancelled or failed. Its best plan so far becomes a plan; its number, None
    where there is none.

    Raises NotOurs.
    """
    with store.writing() as session:
        run = _ours(session, claim)
        state = State.FAILED if failed else State.CANCELLED
        return end(
            session, run, state, message or f"cancelled by {run.cancel_asked_by}", str(claim.worker)
        )


def hand_on(store: Store, claim: Claim) -> None:
    """Leave a run to the next worker, at once and with its best plan so far. Raises NotOurs."""
    with store.writing() as session:
        run = _ours(session, claim)
        run.state = State.ORPHANED
        tell(session, run, str(claim.worker), "handed on")


def _ours(session: Session, claim: Claim) -> RunRecord:
    """The claimed run, locked. A worker that was taken for dead (its machine slept) and that nobody
    replaced goes on.

    Raises NotOurs where the run has ended or is another worker's.
    """
    run = found(session, claim.run)
    if run.attempt == claim.attempt and run.state in (State.RUNNING, State.ORPHANED):
        run.state = State.RUNNING
        return run
    holder = (
        f"{Worker(run.host, run.pid)} has it now"
        if run.attempt != claim.attempt
        else f"it is {run.state}"
    )
    raise NotOurs(f"run {run.id}", f"is no longer this worker's: {holder}.")
