"""Know which workers live: each says so now and then, and says when it ends."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from planner.store.clock import moment
from planner.store.store import Store
from planner.store.tables import WorkerRecord
from planner.store.worker import PATIENCE, Worker, is_lost


def beat(store: Store, worker: Worker) -> None:
    """Say that a worker lives. Those that died without a word are forgotten."""
    with store.touching() as session:
        at = moment(session)
        tell(session, worker, at)
        for row in session.scalars(select(WorkerRecord)).all():
            found = Worker(row.host, row.pid)
            if found != worker and is_lost(found, row.heartbeat, at, PATIENCE):
                _forget(session, found, at)


def tell(session: Session, worker: Worker, at: datetime) -> None:
    """The same in somebody's transaction.

    Only the worker itself writes its row, so that nobody else inserts it between the two steps.
    """
    mine = update(WorkerRecord).where(
        WorkerRecord.host == worker.host, WorkerRecord.pid == worker.pid
    )
    told = session.execute(mine.values(heartbeat=at).returning(WorkerRecord.pid)).first()
    if told is None:
        session.add(WorkerRecord(host=worker.host, pid=worker.pid, heartbeat=at))


def part(store: Store, worker: Worker) -> None:
    """Say that a worker ends."""
    with store.touching() as session:
        _forget(session, worker, moment(session))


def _forget(session: Session, worker: Worker, at: datetime) -> None:
    """Without a worker that has said nothing since a moment."""
    session.execute(
        delete(WorkerRecord).where(
            WorkerRecord.host == worker.host,
            WorkerRecord.pid == worker.pid,
            WorkerRecord.heartbeat <= at,
        )
    )


def living(store: Store) -> tuple[Worker, ...]:
    """The workers that live, as far as is known here."""
    with store.reading() as session:
        at = moment(session)
        rows = session.scalars(select(WorkerRecord).order_by(WorkerRecord.host, WorkerRecord.pid))
        return tuple(
            Worker(row.host, row.pid)
            for row in rows
            if not is_lost(Worker(row.host, row.pid), row.heartbeat, at, PATIENCE)
        )
