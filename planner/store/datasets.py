"""Keep datasets: what one says is kept once, under the hash of its content.

A name has versions of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from planner.facts.cell_formats import nearest
from planner.facts.sheets import Dataset
from planner.sheets.dataset import dataset_hash, parse, tables_of
from planner.sheets.raw_table import RawSheet
from planner.store.audit import LONGEST_NAME, person, plain, record
from planner.store.columns import now
from planner.store.documents import Json, packed, text_in
from planner.store.errors import NotThere
from planner.store.store import Store
from planner.store.tables import DatasetVersion, DocumentRecord, StoredDataset

FIRST_ROW = 2
"""Where rows begin under their headings."""
KEPT = 8
"""Datasets that a process keeps as it read them last."""


@dataclass(frozen=True)
class SavedDataset:
    """A version of a dataset. `hash` names its content; since `purged_at` that is without its
    students.
    """

    name: str
    version: int
    hash: str
    saved_at: datetime
    saved_by: str
    schools: tuple[str, ...]
    people: int
    groups: int
    students: int
    purged_at: datetime | None


def save(store: Store, dataset: Dataset, name: str, *, by: str) -> SavedDataset:
    """Keep a dataset under a name; where it is the name's newest version already, nothing changes.

    Raises StoreError where the name cannot be kept.
    """
    name = plain(name, "the name of the dataset", LONGEST_NAME)
    key, document = dataset_hash(dataset), packed(as_document(tables_of(dataset)))
    with store.writing() as session:
        last = session.scalar(_newest(name))
        kept = session.get(StoredDataset, key)
        if kept and not kept.purged_at and last and last.dataset_id == key:
            return _saved(last, kept)
        kept, here = _held(session, dataset, key, document)
        version = DatasetVersion(
            name=name,
            number=last.number + 1 if last else 1,
            dataset_id=key,
            saved_at=now(),
            saved_by=person(by),
        )
        session.flush()
        session.add(version)
        record(
            session,
            by,
            "saved",
            f"dataset {name}",
            schools=kept.schools,
            version=version.number,
            digests={f"dataset {key}": here.digest},
        )
        return _saved(version, kept)


def hold(store: Store, dataset: Dataset, *, by: str) -> str:
    """Keep a dataset that no name has: one that a scenario made, to be solved. Its hash."""
    key, document = dataset_hash(dataset), packed(as_document(tables_of(dataset)))
    with store.writing() as session:
        kept = session.get(StoredDataset, key)
        if kept is None or kept.purged_at:
            kept, here = _held(session, dataset, key, document)
            session.flush()
            record(
                session,
                by,
                "held",
                f"dataset {key[:12]}",
                schools=kept.schools,
                digests={f"dataset {key}": here.digest},
            )
    return key


def _held(
    session: Session, dataset: Dataset, key: str, document: DocumentRecord
) -> tuple[StoredDataset, DocumentRecord]:
    """A dataset with its content; where its students were purged, they are there again."""
    kept = session.get(StoredDataset, key)
    if kept is None:
        kept = _stored(dataset, key)
        session.add(document)
        session.flush()
        kept.document_id = document.id
        session.add(kept)
    here = session.get_one(DocumentRecord, kept.document_id)
    if kept.purged_at:
        kept.purged_at = None
        here.digest, here.content = document.digest, document.content
    return kept, here


def as_document(tables: Mapping[str, RawSheet]) -> Json:
    """The sheets of a dataset as they are stored."""
    return {
        sheet: {"headings": list(table.headings), "rows": [dict(cells) for _, cells in table.rows]}
        for sheet, table in tables.items()
    }


def tables_in(document: Json) -> dict[str, RawSheet]:
    """The sheets of a stored dataset."""
    return {
        sheet: RawSheet(
            tuple(kept["headings"]),
            list(enumerate(kept["rows"], start=FIRST_ROW)),
            file=f"{sheet}.csv",
        )
        for sheet, kept in document.items()
    }


def load(store: Store, key: str) -> Dataset:
    """The dataset with a hash, also one whose funds a scenario cut below what is filled.

    Raises NotThere, and StoreError where it is damaged.
    """
    return read(content(store, key))


def content(store: Store, key: str) -> str:
    """The stored text of the dataset with a hash. Raises as `load` does."""
    with store.reading() as session:
        return text_in(_document(session, key))


@lru_cache(maxsize=KEPT)
def read(text: str) -> Dataset:
    """The dataset in a stored text."""
    return parse(tables_in(json.loads(text)))


def name_of(store: Store, key: str) -> str:
    """The name under which the dataset with a hash was saved last. Raises NotThere."""
    with store.reading() as session:
        last = (
            select(DatasetVersion.name)
            .where(DatasetVersion.dataset_id == key)
            .order_by(DatasetVersion.id.desc())
            .limit(1)
        )
        found = session.scalar(last)
    if found is None:
        raise _not_there(key)
    return found


def newest(store: Store, name: str) -> SavedDataset:
    """The newest version under a name. Raises NotThere."""
    with store.reading() as session:
        version = session.scalar(_newest(name))
        if version is None:
            names = session.scalars(select(DatasetVersion.name).distinct()).all()
            raise NotThere(
                name, "there is no dataset of that name in the store.", nearest(name, names)
            )
        return _saved(version, session.get_one(StoredDataset, version.dataset_id))


def saved(store: Store) -> tuple[SavedDataset, ...]:
    """Every version of every dataset, by name, the newest first."""
    found = (
        select(DatasetVersion, StoredDataset)
        .join(StoredDataset, DatasetVersion.dataset_id == StoredDataset.id)
        .order_by(DatasetVersion.name, DatasetVersion.number.desc())
    )
    with store.reading() as session:
        return tuple(_saved(version, kept) for version, kept in session.execute(found))


def schools_of(session: Session, key: str) -> list[Any]:
    """The ids of a dataset's schools."""
    return session.get_one(StoredDataset, key).schools


def _newest(name: str) -> Select[DatasetVersion]:
    last = (
        select(func.max(DatasetVersion.number)).where(DatasetVersion.name == name).scalar_subquery()
    )
    return select(DatasetVersion).where(DatasetVersion.name == name, DatasetVersion.number == last)


def _document(session: Session, key: str) -> DocumentRecord:
    kept = session.get(StoredDataset, key)
    if kept is None:
        raise _not_there(key)
    return session.get_one(DocumentRecord, kept.document_id)


def _not_there(key: str) -> NotThere:
    return NotThere(
        key,
        "there is no dataset with that hash in the store.",
        "Save it first (planner store save).",
    )


def _stored(dataset: Dataset, key: str) -> StoredDataset:
    return StoredDataset(
        id=key,
        schools=[school.school for school in dataset.schools],
        people=len(dataset.staff),
        groups=len(dataset.groups),
        students=len({member.student for member in dataset.members}),
    )


def _saved(version: DatasetVersion, kept: StoredDataset) -> SavedDataset:
    return SavedDataset(
        version.name,
        version.number,
        kept.id,
        version.saved_at,
        version.saved_by,
        tuple(kept.schools),
        kept.people,
        kept.groups,
        kept.students,
        kept.purged_at,
    )
