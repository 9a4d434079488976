"""Keep the runs: solves that somebody asked for, their states, and how far they have come.

A run is queued, then running, and in the end done, failed or cancelled. One whose process died
without a word is orphaned: its best plan so far is kept, and a worker can take it up again
(planner.store.work).

The queue is a table of the store and no broker beside it: a school office runs one program and one
file, and what is asked for is then saved, backed up and told in the trail with all the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from planner.store.audit import LONGEST_NAME, person, plain, record
from planner.store.clock import moment
from planner.store.datasets import schools_of
from planner.store.documents import Json, packed, unpacked
from planner.store.errors import NotThere, StoreError
from planner.store.plans import add, dataset_of, figures, kept
from planner.store.store import Store
from planner.store.tables import (
    AuditRecord,
    DocumentRecord,
    RunEvent,
    RunRecord,
    StoredDataset,
    StoredPlan,
)
from planner.store.worker import PATIENCE, Worker, is_lost

MOST_DEATHS = 3
"""So many workers may die at a run before it fails: what ends one process after the other (a
dataset for which the memory is too small) would else keep all other runs waiting for ever.
"""
DIED = (
    "This run was begun {deaths} times, and each time the program that solved it was ended from "
    "outside. Perhaps the machine has too little memory for it. Ask for it again, or ask whoever "
    "runs the workers."
)
LOST = "The best plan so far could not be read and was not kept."
ORPHANED = "found orphaned"
"""What the audit trail says of a run whose worker died."""


class State(StrEnum):
    """What a run is doing."""

    QUEUED = "queued"
    RUNNING = "running"
    ORPHANED = "orphaned"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class RunState:
    """A run as a list shows it. `plan` is what became of it, `has_best` whether a best plan so far
    is kept.
    """

    number: int
    name: str
    dataset_hash: str
    scenario: str
    settings: Mapping[str, Any]
    state: State
    asked_at: datetime
    asked_by: str
    cancel_asked_by: str
    worker: Worker | None
    started_at: datetime | None
    heartbeat: datetime | None
    ended_at: datetime | None
    message: str
    has_best: bool
    plan: int | None


def ask(
    store: Store,
    name: str,
    dataset_hash: str,
    *,
    scenario: str = "",
    settings: Mapping[str, Any],
    by: str,
) -> RunState:
    """Put a run into the queue. Raises NotThere where its dataset is not in the store."""
    name = plain(name, "the name of the dataset", LONGEST_NAME)
    with store.writing() as session:
        if session.get(StoredDataset, dataset_hash) is None:
            raise NotThere(
                dataset_hash,
                "there is no dataset with that hash in the store.",
                "Save it first (planner store save).",
            )
        run = RunRecord(
            name=name,
            dataset_id=dataset_hash,
            scenario=scenario,
            settings=dict(settings),
            state=State.QUEUED,
            asked_at=moment(session),
            asked_by=person(by),
            cancel_asked_by="",
            attempt=0,
            host="",
            pid=0,
            message="",
        )
        session.add(run)
        session.flush()
        tell(session, run, by, "asked for", dataset=name, scenario=scenario)
        return state_of(run, None)


def ask_cancel(store: Store, number: int, *, by: str) -> RunState:
    """Ask that a run stops: one that nobody works at is cancelled at once, and its best plan so far
    becomes a plan; one that is running hears of it with its next heartbeat. Raises NotThere, and
    StoreError where it has ended.
    """
    with store.writing() as session:
        run = found(session, number)
        if run.state in (State.QUEUED, State.ORPHANED):
            plan = end(session, run, State.CANCELLED, f"cancelled by {by}", by)
            return state_of(run, plan)
        if run.state != State.RUNNING:
            raise StoreError(f"run {number}", f"has ended: it is {run.state}.")
        if not run.cancel_asked_by:
            run.cancel_asked_by = person(by)
            tell(session, run, by, "asked to stop")
        return state_of(run, None)


def mark_orphans(
    store: Store, *, by: str, patience: timedelta | None = PATIENCE
) -> tuple[RunState, ...]:
    """Find the running runs whose process died: on this machine its id is gone, or its heartbeat is
    older than `patience` (None: silence says nothing yet).

    Of these, one that somebody had asked to stop is cancelled, and one at which workers died again
    and again fails; the others are orphaned from now on.
    """
    # Looked at first without writing: every idle worker asks again and again, and mostly there is
    # none. Then looked at again, locked: a worker may have beaten in between.
    with store.reading() as session:
        at = moment(session)
        lost = [
            run.id for run in session.scalars(_in(State.RUNNING)) if _is_lost(run, at, patience)
        ]
    if not lost:
        return ()
    with store.writing() as session:
        runs = session.scalars(
            _in(State.RUNNING).where(RunRecord.id.in_(lost)).with_for_update()
        ).all()
        at = moment(session)
        gone = [run for run in runs if _is_lost(run, at, patience)]
        return tuple(state_of(run, _orphan(session, run, by)) for run in gone)


def _orphan(session: Session, run: RunRecord, by: str) -> int | None:
    """Says of a run that its process died; the plan that becomes of it, where it ends with that."""
    tell(session, run, by, ORPHANED, worker=str(Worker(run.host, run.pid)))
    if run.cancel_asked_by:
        return end(session, run, State.CANCELLED, f"cancelled by {run.cancel_asked_by}", by)
    deaths = _deaths(session, run)
    if deaths >= MOST_DEATHS:
        return end(session, run, State.FAILED, DIED.format(deaths=deaths), by)
    run.state = State.ORPHANED
    return None


def _deaths(session: Session, run: RunRecord) -> int:
    """How often a worker died at a run, as the audit trail tells.

    Not `attempt`: a worker that is told to end hands its run on, and that is no death.
    """
    told = select(func.count()).where(
        AuditRecord.subject == f"run {run.id}", AuditRecord.action == ORPHANED
    )
    return session.scalar(told) or 0


def _is_lost(run: RunRecord, at: datetime, patience: timedelta | None) -> bool:
    return is_lost(Worker(run.host, run.pid), run.heartbeat, at, patience)


def runs(store: Store) -> tuple[RunState, ...]:
    """Every run, the newest first."""
    with store.reading() as session:
        made = select(StoredPlan.run_id, StoredPlan.id).where(StoredPlan.run_id.is_not(None))
        plans = {run: plan for run, plan in session.execute(made)}
        return tuple(
            state_of(run, plans.get(run.id))
            for run in session.scalars(select(RunRecord).order_by(RunRecord.id.desc()))
        )


def best(store: Store, number: int) -> Json | None:
    """The best plan so far of a run, as a `plan.json`; None where it has none. Raises NotThere."""
    with store.reading() as session:
        run = found(session, number)
        return unpacked(session.get_one(DocumentRecord, run.best_id)) if run.best_id else None


def events(
    store: Store, number: int, after: int = 0
) -> tuple[tuple[int, datetime, Mapping[str, Any]], ...]:
    """What a run told of its progress, after the event with that number: number, moment, event."""
    with store.reading() as session:
        rows = (
            select(RunEvent)
            .where(RunEvent.run_id == number, RunEvent.number > after)
            .order_by(RunEvent.number)
        )
        return tuple((row.number, row.at, row.event) for row in session.scalars(rows))


def found(session: Session, number: int) -> RunRecord:
    """The run with a number, locked until the transaction ends. Raises NotThere."""
    run = session.get(RunRecord, number, with_for_update=True)
    if run is None:
        raise NotThere(f"run {number}", "is not in the store.", "planner store lists what is.")
    return run


def end(
    session: Session,
    run: RunRecord,
    state: State,
    message: str,
    by: str,
    made: tuple[Json, Json] | None = None,
) -> int | None:
    """End a run, in somebody's transaction. What it made (`plan.json` and `run.json`), else its
    best plan so far, becomes a plan: its number, None where there is none.
    """
    best_row = session.get(DocumentRecord, run.best_id) if run.best_id else None
    if made is None and best_row is not None:
        made = _best_in(session, best_row)
        message = message if made else f"{message} {LOST}".lstrip()
    run.state, run.message, run.ended_at = state, message, moment(session)
    plan = None
    if made is not None:
        document, run_document = packed(made[0]), packed(made[1])
        row = add(session, made[0], document, run_document, run.name, run.id, run.asked_by)
        kept(session, row, document, run_document, by)
        plan = row.id
    if best_row is not None:
        run.best_id = None
        session.flush()
        session.delete(best_row)
    # Why it failed may name students, whom a purge takes out of the run and cannot take out of the
    # trail.
    told = "" if state is State.FAILED else message
    tell(session, run, by, f"{state}", message=told, plan=plan)
    return plan


def _best_in(session: Session, row: DocumentRecord) -> tuple[Json, Json] | None:
    """The best plan so far as what a run made; None where it is damaged. The run ends all the same:
    it would else be taken up, and end its worker, for ever.
    """
    try:
        document = unpacked(row)
        dataset_of(session, document)
        figures(document)
    except StoreError:
        return None
    return document, {}


def tell(session: Session, run: RunRecord, by: str, action: str, **detail: Any) -> None:
    """Tell the audit trail of a run."""
    record(
        session, by, action, f"run {run.id}", schools=schools_of(session, run.dataset_id), **detail
    )


def _in(state: State) -> Select[RunRecord]:
    return select(RunRecord).where(RunRecord.state == state).order_by(RunRecord.id)


def state_of(run: RunRecord, plan: int | None) -> RunState:
    """A run as a list shows it."""
    return RunState(
        run.id,
        run.name,
        run.dataset_id,
        run.scenario,
        dict(run.settings),
        State(run.state),
        run.asked_at,
        run.asked_by,
        run.cancel_asked_by,
        Worker(run.host, run.pid) if run.host else None,
        run.started_at,
        run.heartbeat,
        run.ended_at,
        run.message,
        run.best_id is not None,
        plan,
    )
