"""The tables of the store.

What they are called and what they mean holds for years: a change comes with a migration.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from planner.store.columns import Moment, SmallJson

SCHEMA = "0002"
"""The newest migration: what an open store has."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraints have names, so that a later migration can change them."""


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment, dict[str, Any]: SmallJson, list[Any]: SmallJson}


class DocumentRecord(Base):
    """A whole dataset, plan or run: its JSON, compressed, and the SHA-256 of that JSON."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class StoredDataset(Base):
    """What a dataset says, once, under the hash of its content. `purged_at`: since then without its
    students.
    """

    __tablename__ = "datasets"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    schools: Mapped[list[Any]]
    people: Mapped[int]
    groups: Mapped[int]
    students: Mapped[int]
    purged_at: Mapped[datetime | None]


class DatasetVersion(Base):
    """A dataset under a name: the first version, the second, …"""

    __tablename__ = "dataset_versions"
    __table_args__ = (UniqueConstraint("name", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    number: Mapped[int]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(Text)


class ScenarioRecord(Base):
    """A scenario's name and its newest version; who saves must have seen that one."""

    __tablename__ = "scenarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class ScenarioVersion(Base):
    """A scenario as it was saved at one time."""

    __tablename__ = "scenario_versions"
    __table_args__ = (UniqueConstraint("scenario_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenarios.id"))
    number: Mapped[int]
    base: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(Text)


class RunRecord(Base):
    """A solve that somebody asked for. `attempt` rises with every worker that takes it, so that an
    earlier one is told.
    """

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"))
    scenario: Mapped[str] = mapped_column(Text)
    settings: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(Text)
    cancel_asked_by: Mapped[str] = mapped_column(Text)
    attempt: Mapped[int]
    host: Mapped[str] = mapped_column(Text)
    pid: Mapped[int]
    started_at: Mapped[datetime | None]
    heartbeat: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    message: Mapped[str] = mapped_column(Text)
    best_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))


class WorkerRecord(Base):
    """A worker's last word: who does not say that they end may be dead."""

    __tablename__ = "workers"

    host: Mapped[str] = mapped_column(Text, primary_key=True)
    pid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    heartbeat: Mapped[datetime]


class RunEvent(Base):
    """How far a run had come at one time; only ever added."""

    __tablename__ = "run_events"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    event: Mapped[dict[str, Any]]


class StoredPlan(Base):
    """A plan: its documents, and the few figures that a list of plans shows. `cost` is exact
    decimal text, blank without pay.
    """

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, index=True)
    scenario: Mapped[str] = mapped_column(Text)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    run_document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    tiers: Mapped[dict[str, Any]]
    owed: Mapped[int]
    delivered: Mapped[int]
    sessions: Mapped[int]
    unserved: Mapped[int]
    findings: Mapped[int]
    cost: Mapped[str] = mapped_column(Text)


class StoredAdoption(Base):
    """This was our plan, from then until another replaced it."""

    __tablename__ = "adoptions"
    __table_args__ = (
        Index(
            "one_current",
            "name",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    adopted_at: Mapped[datetime]
    adopted_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None]


class AuditRecord(Base):
    """Who did what when. `hash` is of `previous` and the entry itself; `schools` and `detail` are
    JSON, byte for byte.
    """

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    schools: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """How many entries the trail has and the hash of the last, apart from them: a cut tail shows.
    One row, always.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
